using System;
using System.Collections;
using System.Linq;
using Xunit;
using ZoomProvisioning.Input;

namespace ZoomProvisioning.Tests.Input;

/// <summary>Users of Active Directory and Entra ID, read.</summary>
public class DirectoryRecordTests
{
    private static ScimUser Read(FakeRecord record, RecordUse use = RecordUse.Create) => Wishes.Reader(use).Read(record).Values;

    private static FakeRecord AdUser(params (string Name, object? Value)[] more) => FakeRecord.Ad(
    [
        ("DistinguishedName", "CN=Jill Chill,OU=Sales,DC=example,DC=com"),
        ("Enabled", true),
        ("GivenName", "Jill"),
        ("Name", "Jill Chill"),
        ("ObjectClass", "user"),
        ("ObjectGUID", Guid.NewGuid()),
        ("SamAccountName", "jchill"),
        ("SID", "S-1-5-21-1"),
        ("Surname", "Chill"),
        ("UserPrincipalName", "jchill@corp.example.com"),
        .. more,
    ]);

    // ---- Active Directory

    [Fact]
    public void An_AD_user_asked_for_all_properties_is_read_whole()
    {
        var user = Read(AdUser(
            ("EmailAddress", "jill.chill@example.com"), ("DisplayName", "Jill Chill (Sales)"), ("Title", "Manager"), ("Department", "Sales"),
            ("Company", "Example"), ("Office", "San Jose"), ("OfficePhone", "+1 (512) 555-0123"), ("Manager", "CN=Boss,OU=Sales,DC=example,DC=com")));

        Assert.Equal("jill.chill@example.com", user.UserName);
        Assert.Equal("jill.chill@example.com", user.Email);
        Assert.Equal("Jill", user.GivenName);
        Assert.Equal("Chill", user.FamilyName);
        Assert.Equal("Jill Chill (Sales)", user.DisplayName);
        Assert.True(user.Active);
        Assert.Equal("Manager", user.Title);
        Assert.Equal("Sales", user.Department);
        Assert.Equal("Example", user.Organization);
        Assert.Equal("San Jose", user.Locale);
        Assert.Equal("+1 5125550123", user.Phone);
        // The manager of an AD user is a distinguished name, which means nothing to Zoom.
        Assert.False(user.Attributes.Has("manager"));
        Assert.False(user.Attributes.Complex(ScimSchemas.EnterpriseUser)!.Has("manager"));
    }

    [Fact]
    public void Reading_creates_no_property_on_the_record()
    {
        var record = AdUser();
        var names = record.Names.ToList();
        var reader = Wishes.Reader(RecordUse.Create, null, ("Department", AttributeSource.FromProperty("extensionAttribute1")));

        reader.Read(record);

        Assert.Empty(record.CreatedByReading);
        Assert.Equal(names, record.Names);
    }

    [Fact]
    public void A_null_in_AD_means_not_given()
    {
        var user = Read(AdUser(("EmailAddress", null), ("Department", null), ("OfficePhone", null)));

        Assert.Equal("jchill@corp.example.com", user.UserName);
        Assert.DoesNotContain("Department", user.ChangedAttributes);
        Assert.DoesNotContain("Phone", user.ChangedAttributes);

        var withoutEnabled = FakeRecord.Ad(("UserPrincipalName", "a@example.com"), ("Enabled", null));
        Assert.DoesNotContain("Active", Read(withoutEnabled).ChangedAttributes);
    }

    [Fact]
    public void A_disabled_AD_user_is_wanted_inactive() =>
        Assert.False(Read(FakeRecord.Ad(("UserPrincipalName", "a@example.com"), ("Enabled", false))).Active);

    [Fact]
    public void Collections_of_none_and_one_are_plain_values_and_of_two_an_error_that_shows_them()
    {
        Assert.DoesNotContain("Department", Read(AdUser(("Department", new ArrayList()))).ChangedAttributes);
        Assert.Equal("Sales", Read(AdUser(("Department", new ArrayList { "Sales" }))).Department);

        var exception = Assert.Throws<ScimRecordException>(() => Read(AdUser(("Department", new object[] { "Sales", "Research" }))));
        Assert.Equal("Zoom.Record.InvalidValue", exception.ErrorId);
        Assert.Contains("jchill@corp.example.com", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Department", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Sales, Research", exception.Message, StringComparison.Ordinal);
        Assert.Contains("-Mapping", exception.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_in_place_of_a_value_is_an_error() =>
        Assert.Throws<ScimRecordException>(() => Read(AdUser(("Department", new Hashtable { ["a"] = 1 }))));

    [Fact]
    public void A_getter_that_throws_is_that_records_error_and_the_next_record_is_read()
    {
        var reader = Wishes.Reader();

        var exception = Assert.Throws<ScimRecordException>(() => reader.Read(AdUser(("Department", new InvalidOperationException("the server is gone")))));
        Assert.Equal("Zoom.Record.InvalidValue", exception.ErrorId);
        Assert.Contains("the server is gone", exception.Message, StringComparison.Ordinal);
        Assert.Contains("'Department'", exception.Message, StringComparison.Ordinal);
        Assert.NotNull(exception.InnerException);

        Assert.Equal("jchill@corp.example.com", reader.Read(AdUser()).Values.UserName);
    }

    [Fact]
    public void A_getter_of_the_address_that_throws_names_the_record_by_its_number()
    {
        var reader = Wishes.Reader();
        reader.Read(AdUser());

        var exception = Assert.Throws<ScimRecordException>(() => reader.Read(FakeRecord.Ad(("EmailAddress", new InvalidOperationException("no")))));

        Assert.Contains("record 2", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_deserialized_AD_user_and_one_known_by_its_properties_only_are_AD_users()
    {
        Assert.Equal(RecordShape.ActiveDirectory, RecordShapes.Detect(new FakeRecord("Deserialized.Microsoft.ActiveDirectory.Management.ADUser")));
        Assert.Equal(RecordShape.ActiveDirectory, RecordShapes.Detect(new FakeRecord("PSOpenAD.OpenADUser")));
        Assert.Equal(RecordShape.ActiveDirectory, RecordShapes.Detect(FakeRecord.Csv(("distinguishedName", "x"), ("samAccountName", "y"))));
        Assert.Equal(RecordShape.EntraId, RecordShapes.Detect(FakeRecord.Csv(("userPrincipalName", "x"), ("accountEnabled", "True"))));
        Assert.Equal(
            RecordShape.EntraId,
            RecordShapes.Detect(new FakeRecord("Microsoft.Azure.PowerShell.Cmdlets.Resources.MSGraph.Models.ApiV10.MicrosoftGraphUser")));
        Assert.Equal(RecordShape.Generic, RecordShapes.Detect(FakeRecord.Csv(("UserPrincipalName", "x"), ("Department", "y"))));
        Assert.Equal(RecordShape.Zoom, RecordShapes.Detect(new FakeRecord("Deserialized.ZoomProvisioning.ScimUser")));
        Assert.Equal(RecordShape.Zoom, RecordShapes.Detect(new FakeRecord("ZoomProvisioning.Plans.ChangeResult")));
    }

    [Fact]
    public void Records_without_a_mail_address_fall_back_to_the_UPN_and_say_so_once()
    {
        var reader = Wishes.Reader();

        var first = reader.Read(AdUser());
        var second = reader.Read(AdUser());

        var warning = Assert.Single(first.Warnings);
        Assert.Contains("UserPrincipalName", warning, StringComparison.Ordinal);
        Assert.Contains("-Properties EmailAddress", warning, StringComparison.Ordinal);
        Assert.Empty(second.Warnings);
    }

    [Fact]
    public void No_fallback_is_told_where_the_mail_was_used_or_mapped()
    {
        Assert.Empty(Wishes.Reader().Read(AdUser(("EmailAddress", "jill@example.com"))).Warnings);
        Assert.Empty(Wishes.Reader().Read(FakeRecord.Csv(("UserPrincipalName", "jill@example.com"))).Warnings);
    }

    [Fact]
    public void Properties_missing_on_every_record_give_one_warning_that_says_what_to_ask_for()
    {
        var reader = Wishes.Reader();
        reader.Read(AdUser());
        reader.Read(AdUser(("Department", "Sales")));

        var warning = reader.Summary() is [var first, ..] ? first : null;

        Assert.Contains("Get-ADUser -Properties", warning, StringComparison.Ordinal);
        foreach (var name in new[] { "DisplayName", "Title", "Company", "Office", "OfficePhone" })
        {
            Assert.Contains(name, warning, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("Department", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("GivenName", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Properties_that_were_asked_for_and_are_empty_everywhere_give_no_warning()
    {
        var reader = Wishes.Reader();
        for (var i = 0; i < 3; i++)
        {
            reader.Read(AdUser(
                ("EmailAddress", "jill@example.com"), ("DisplayName", null), ("Title", null), ("Department", null), ("Company", null),
                ("Office", null), ("OfficePhone", null), ("MobilePhone", null), ("HomePhone", null), ("Fax", null), ("EmployeeID", null), ("Manager", null)));
        }

        Assert.Empty(reader.Summary());
    }

    // ---- Entra ID

    [Fact]
    public void An_Entra_user_is_read_whole()
    {
        var user = Read(FakeRecord.Entra(
            ("Id", "6f3e1b1a-0000-0000-0000-000000000000"), ("UserPrincipalName", "jchill@example.onmicrosoft.com"), ("Mail", "jill.chill@example.com"),
            ("GivenName", "Jill"), ("Surname", "Chill"), ("DisplayName", "Jill Chill"), ("AccountEnabled", true), ("JobTitle", "Manager"),
            ("Department", "Sales"), ("CompanyName", "Example"), ("OfficeLocation", "San Jose"),
            ("BusinessPhones", new[] { "+44 20 7946 0018", "+1 512 555 0123" })));

        Assert.Equal("jill.chill@example.com", user.UserName);
        Assert.Equal("+44 2079460018", user.Phone);
        Assert.Equal("Manager", user.Title);
        Assert.Equal("Example", user.Organization);
        Assert.Equal("San Jose", user.Locale);
        Assert.Equal("Chill", user.FamilyName);
        Assert.True(user.Active);
    }

    [Fact]
    public void An_Entra_users_id_is_not_taken_for_a_Zoom_id() =>
        Assert.Null(Wishes.Reader(RecordUse.Change).Read(FakeRecord.Entra(("Id", "6f3e"), ("Mail", "a@example.com"))).ZoomId);

    [Fact]
    public void What_Entra_was_not_asked_for_is_null_and_neither_clears_nor_disables()
    {
        var reader = Wishes.Reader();
        var wish = reader.Read(FakeRecord.Entra(
            ("UserPrincipalName", "jill@example.com"), ("Mail", null), ("AccountEnabled", null), ("Department", null),
            ("BusinessPhones", Array.Empty<string>()), ("GivenName", "Jill")));
        reader.Read(FakeRecord.Entra(("UserPrincipalName", "jack@example.com"), ("Mail", null), ("GivenName", "Jack"), ("BusinessPhones", null)));

        Assert.Equal(["Email", "GivenName", "UserName"], wish.Values.ChangedAttributes.OrderBy(n => n, StringComparer.Ordinal));
        var warning = reader.Summary() is [var first, ..] ? first : null;
        Assert.Contains("Get-MgUser -Property", warning, StringComparison.Ordinal);
        Assert.Contains("AccountEnabled", warning, StringComparison.Ordinal);
        Assert.Contains("BusinessPhones", warning, StringComparison.Ordinal);
    }
}
