using System;
using System.Collections;
using System.Linq;
using System.Text;
using Xunit;
using ZoomProvisioning.Input;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Tests.Input;

public class RecordReaderTests
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

    // ---- CSV

    [Fact]
    public void Empty_cells_and_cells_of_blanks_are_not_given()
    {
        var user = Read(FakeRecord.Csv(
            ("UserName", "jill@example.com"), ("GivenName", ""), ("FamilyName", "   "), ("Active", ""), ("Phone", ""), ("Roles", ";; "), ("Department", "")));

        Assert.Equal(["Email", "UserName"], user.ChangedAttributes.OrderBy(n => n, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("True", true)]
    [InlineData("FALSE", false)]
    [InlineData(" true ", true)]
    [InlineData("yes", true)]
    [InlineData("No", false)]
    [InlineData("y", true)]
    [InlineData("n", false)]
    [InlineData("1", true)]
    [InlineData("0", false)]
    [InlineData("Active", true)]
    [InlineData("inactive", false)]
    [InlineData("enabled", true)]
    [InlineData("Disabled", false)]
    [InlineData("on", true)]
    [InlineData("off", false)]
    public void A_flag_is_read_in_every_usual_spelling(string cell, bool expected) =>
        Assert.Equal(expected, Read(FakeRecord.Csv(("UserName", "jill@example.com"), ("Active", cell))).Active);

    [Theory]
    [InlineData(1, true)]
    [InlineData(0L, false)]
    [InlineData(1.0, true)]
    [InlineData(false, false)]
    public void A_flag_may_be_a_number_or_a_boolean(object value, bool expected) =>
        Assert.Equal(expected, Read(new FakeRecord("x", ("UserName", "jill@example.com"), ("Active", value))).Active);

    [Theory]
    [InlineData("maybe")]
    [InlineData("2")]
    [InlineData("-1")]
    public void A_flag_that_is_neither_is_an_error_and_never_a_guess(string cell)
    {
        var exception = Assert.Throws<ScimRecordException>(() => Read(FakeRecord.Csv(("UserName", "jill@example.com"), ("Active", cell))));

        Assert.Contains($"'{cell}'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("jill@example.com", exception.Message, StringComparison.Ordinal);
        Assert.Equal("InvalidData", exception.Category);
    }

    [Theory]
    [InlineData("First Name", "GivenName")]
    [InlineData("first_name", "GivenName")]
    [InlineData("FIRSTNAME", "GivenName")]
    [InlineData("givenName", "GivenName")]
    [InlineData("Given-Name", "GivenName")]
    [InlineData("Last Name", "FamilyName")]
    [InlineData("Surname", "FamilyName")]
    [InlineData("sn", "FamilyName")]
    [InlineData("Display Name", "DisplayName")]
    [InlineData("Job Title", "Title")]
    [InlineData("Dept", "Department")]
    [InlineData("Company", "Organization")]
    [InlineData("Organisation", "Organization")]
    [InlineData("Location", "Locale")]
    [InlineData("City", "Locale")]
    public void Headings_are_recognised_however_they_are_written(string heading, string attribute)
    {
        var user = Read(FakeRecord.Csv(("UserName", "jill@example.com"), (heading, "Something")));

        Assert.Equal("Something", ZoomAttributes.Find(attribute)!.Get(user));
    }

    [Theory]
    [InlineData("UserName")]
    [InlineData("User Name")]
    [InlineData("username")]
    [InlineData("E-Mail")]
    [InlineData("email")]
    [InlineData("Email Address")]
    [InlineData("mail")]
    [InlineData("UPN")]
    [InlineData("UserPrincipalName")]
    [InlineData("\uFEFFUserName")]
    [InlineData("Login")]
    [InlineData("PrimarySmtpAddress")]
    public void The_address_is_found_under_every_usual_heading(string heading)
    {
        var user = Read(FakeRecord.Csv((heading, " jill@example.com ")));

        Assert.Equal("jill@example.com", user.UserName);
        Assert.Equal("jill@example.com", user.Email);
    }

    [Fact]
    public void License_and_role_and_phone_columns_are_read()
    {
        var user = Read(FakeRecord.Csv(("Email", "jill@example.com"), ("License", "Pro"), ("Role", "Member; Room Admin"), ("Work Phone", "0044 20 7946 0018")));

        Assert.Equal("Licensed", user.UserType);
        Assert.Equal(["Member", "Room Admin"], user.Roles);
        Assert.Equal("+44 2079460018", user.Phone);
    }

    [Fact]
    public void Two_headings_that_mean_the_same_are_taken_in_the_order_of_the_preset()
    {
        Assert.Equal("Jill", Read(FakeRecord.Csv(("UserName", "a@example.com"), ("FirstName", "Jane"), ("GivenName", "Jill"))).GivenName);
        Assert.Equal("Jane", Read(FakeRecord.Csv(("UserName", "a@example.com"), ("FirstName", "Jane"), ("GivenName", ""))).GivenName);
    }

    [Fact]
    public void An_exported_Zoom_user_that_was_edited_is_a_row_like_any_other()
    {
        // Windows PowerShell's Export-Csv writes the type into the file, and Import-Csv gives it back as CSV:<type>.
        var row = new FakeRecord(
            "CSV:ZoomProvisioning.ScimUser",
            ("Id", "id1"),
            ("UserName", "jill@example.com"),
            ("Email", "jill@example.com"),
            ("Department", "Edited"));

        Assert.Equal("Edited", Wishes.Reader(RecordUse.Change).Read(row).Values.Department);
    }

    // ---- Names

    [Theory]
    [InlineData("O'Brien")]
    [InlineData("Müller-Lüdenscheidt")]
    [InlineData("Nguyễn")]
    [InlineData("Ōta")]
    [InlineData("山田")]
    [InlineData("Иванова")]
    [InlineData("محمد")]
    [InlineData("שרה")]
    [InlineData("สมชาย")]
    [InlineData("김")]
    [InlineData("Þórsdóttir")]
    [InlineData("d'Ângelo y \"Quotes\" <b>")]
    [InlineData("𠮷野")]
    public void Names_of_all_languages_pass_unchanged(string name)
    {
        Assert.Equal(name, Read(FakeRecord.Csv(("UserName", "jill@example.com"), ("LastName", name))).FamilyName);
        var decomposed = name.Normalize(NormalizationForm.FormD);
        // As one letter with its mark or as two, it is the same name, and Zoom gets one of them.
        Assert.Equal(name, Read(FakeRecord.Csv(("UserName", "jill@example.com"), ("LastName", decomposed))).FamilyName);
    }

    [Theory]
    [InlineData("o'brien@example.com")]
    [InlineData("jill+zoom@example.co.uk")]
    [InlineData("jörg@exämple.de")]
    [InlineData("a@b.c")]
    public void Unusual_addresses_are_taken(string address) =>
        Assert.Equal(address, Read(FakeRecord.Csv(("UserName", address))).UserName);

    [Theory]
    [InlineData("jchill")]
    [InlineData("jill@example")]
    [InlineData("@example.com")]
    [InlineData("jill@")]
    [InlineData("jill chill@example.com")]
    [InlineData("jill@@example.com")]
    [InlineData("EXAMPLE\\jchill")]
    public void A_user_name_that_is_no_address_is_refused_with_the_way_out(string name)
    {
        var exception = Assert.Throws<ScimRecordException>(() => Read(FakeRecord.Csv(("UserName", name))));

        Assert.Equal("Zoom.Record.InvalidAddress", exception.ErrorId);
        Assert.Contains(name, exception.Message, StringComparison.Ordinal);
        Assert.Contains("-Mapping", exception.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_without_an_address_is_read_and_called_by_its_number()
    {
        var reader = Wishes.Reader();
        reader.Read(FakeRecord.Csv(("UserName", "a@example.com")));

        var wish = reader.Read(FakeRecord.Csv(("GivenName", "Jill")));

        Assert.Null(wish.Values.UserName);
        Assert.Equal("record 2", wish.Label);
        Assert.Equal(2, reader.Count);
    }

    // ---- One address

    [Fact]
    public void Two_different_addresses_are_refused_and_both_are_named()
    {
        var exception = Assert.Throws<ScimRecordException>(() => Read(FakeRecord.Csv(("UserName", "jill@example.com"), ("Email", "chill@example.com"))));

        Assert.Equal("Zoom.Record.TwoAddresses", exception.ErrorId);
        Assert.Contains("jill@example.com", exception.Message, StringComparison.Ordinal);
        Assert.Contains("chill@example.com", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_spellings_of_one_address_are_one_address() =>
        Assert.Equal("Jill@Example.com", Read(FakeRecord.Csv(("UserName", "Jill@Example.com"), ("Email", "jill@example.COM"))).Email);

    [Fact]
    public void Two_explicit_addresses_are_refused_too()
    {
        var reader = Wishes.Reader(RecordUse.Create, new ScimUser { UserName = "a@example.com", Email = "b@example.com" });

        Assert.Equal("Zoom.Record.TwoAddresses", Assert.Throws<ScimRecordException>(() => reader.ReadExplicit(null, null)).ErrorId);
    }

    // ---- Lengths, phones, user types

    [Theory]
    [InlineData("GivenName", 64)]
    [InlineData("FamilyName", 64)]
    [InlineData("DisplayName", 128)]
    [InlineData("Title", 128)]
    [InlineData("Organization", 255)]
    [InlineData("Locale", 256)]
    public void A_value_longer_than_Zoom_takes_is_refused_with_both_lengths(string attribute, int max)
    {
        Assert.Equal(
            max,
            ((string)ZoomAttributes.Find(attribute)!.Get(Read(FakeRecord.Csv(("UserName", "a@example.com"), (attribute, new string('x', max)))))!).Length);

        var exception = Assert.Throws<ScimRecordException>(() => Read(FakeRecord.Csv(("UserName", "a@example.com"), (attribute, new string('x', max + 1)))));
        Assert.Equal("Zoom.Record.TooLong", exception.ErrorId);
        Assert.Contains($"{max + 1}", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"{max}.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_longer_than_Zoom_takes_is_refused() =>
        Assert.Equal(
            "Zoom.Record.TooLong",
            Assert.Throws<ScimRecordException>(() => Read(FakeRecord.Csv(("UserName", new string('x', 120) + "@example.com")))).ErrorId);

    [Fact]
    public void A_phone_without_a_country_code_is_sent_as_it_is_and_told_where_it_was_sent()
    {
        var wish = Wishes.Reader().Read(FakeRecord.Csv(("UserName", "a@example.com"), ("Phone", "(512) 555-0123")));

        Assert.Equal("(512) 555-0123", wish.Values.Phone);
        // Told of where it was sent, and not where it was read.
        Assert.Empty(wish.Warnings);
        var sent = new ChangeResult("a@example.com", PlanAction.Create, ChangeOutcome.Done, "")
        {
            Changes = [new AttributeChange(ZoomAttributes.Phone, null, wish.Values.Phone, oldIsKnown: true)],
        };
        Assert.Contains(
            "2 records (a@example.com, a@example.com): a phone number without a country code",
            PhoneRemarks.Of([sent, sent]),
            StringComparison.Ordinal);
        Assert.Null(PhoneRemarks.Of([new ChangeResult("a@example.com", PlanAction.NoOp, ChangeOutcome.NoChange, "")]));
    }

    [Theory]
    [InlineData("Basic", "Basic", false)]
    [InlineData("licensed", "Licensed", false)]
    [InlineData("ON-PREM", "On-Prem", false)]
    [InlineData("On Prem", "On-Prem", false)]
    [InlineData("collaboration", "Collaboration", false)]
    [InlineData("Pro", "Licensed", true)]
    [InlineData("corp", "On-Prem", true)]
    [InlineData("Unassigned", "Collaboration", true)]
    [InlineData("Platinum", "Platinum", true)]
    public void User_types_are_brought_to_todays_names(string given, string expected, bool warned)
    {
        var wish = Wishes.Reader().Read(FakeRecord.Csv(("UserName", "a@example.com"), ("UserType", given)));

        Assert.Equal(expected, wish.Values.UserType);
        Assert.Equal(warned, wish.Warnings.Any(w => w.Contains(given)));
    }

    // ---- Zoom users on their way back

    private static ScimUser FromZoom() => new(
        new ScimObject
        {
            ["id"] = "id&1",
            ["userName"] = "jill@example.com",
            ["name"] = new ScimObject { ["givenName"] = "Jill", ["familyName"] = "Chill" },
            ["emails"] = new ArrayList { new ScimObject { ["value"] = "jill@example.com" } },
            ["active"] = true,
            ["userType"] = "Licensed",
            [ScimSchemas.EnterpriseUser] = new ScimObject { ["department"] = "Sales" },
        },
        UserDetail.Read);

    [Fact]
    public void An_unchanged_Zoom_user_names_whom_to_change_and_wants_nothing()
    {
        var wish = Wishes.Reader(RecordUse.Change).Read(FakeRecord.Zoom(FromZoom()));

        Assert.Equal("id&1", wish.ZoomId);
        Assert.Empty(wish.Values.ChangedAttributes);
        Assert.Equal("jill@example.com", wish.Label);
    }

    [Fact]
    public void Only_what_a_script_set_on_a_Zoom_user_is_wanted()
    {
        var user = FromZoom();
        user.Department = "Research";

        var wish = Wishes.Reader(RecordUse.Change).Read(FakeRecord.Zoom(user));

        Assert.Equal(["Department"], wish.Values.ChangedAttributes);
        Assert.Equal("Research", wish.Values.Department);
        Assert.Same(user, wish.Source);
    }

    [Fact]
    public void A_Zoom_user_whose_address_was_set_is_renamed_by_id()
    {
        var user = FromZoom();
        user.Email = "jill.new@example.com";

        var wish = Wishes.Reader(RecordUse.Change).Read(FakeRecord.Zoom(user));

        Assert.Equal("id&1", wish.ZoomId);
        Assert.Equal("jill.new@example.com", wish.Values.UserName);
        Assert.Equal("jill.new@example.com", wish.Values.Email);
    }

    [Fact]
    public void Explicit_values_are_set_on_a_Zoom_user()
    {
        var wish = Wishes.Reader(RecordUse.Change, new ScimUser { Title = "CEO" }).Read(FakeRecord.Zoom(FromZoom()));

        Assert.Equal(["Title"], wish.Values.ChangedAttributes);
    }

    [Fact]
    public void A_Zoom_user_to_be_created_elsewhere_is_read_whole_and_without_its_id()
    {
        var wish = Wishes.Reader(RecordUse.Create).Read(FakeRecord.Zoom(FromZoom()));

        Assert.Null(wish.ZoomId);
        Assert.Equal("jill@example.com", wish.Values.UserName);
        Assert.Equal("Chill", wish.Values.FamilyName);
        Assert.Equal("Licensed", wish.Values.UserType);
        Assert.Equal("Sales", wish.Values.Department);
    }

    [Fact]
    public void A_ChangeResult_names_whom_to_change()
    {
        var record = new FakeRecord("ZoomProvisioning.Plans.ChangeResult", ("UserName", "jill@example.com"), ("Id", null), ("Action", "Create"));

        var wish = Wishes.Reader(RecordUse.Change).Read(record);

        Assert.Null(wish.ZoomId);
        Assert.Equal("jill@example.com", wish.LookupName);
        Assert.Empty(wish.Values.ChangedAttributes);
    }

    [Fact]
    public void A_CSV_row_may_carry_the_Zoom_id() =>
        Assert.Equal("id&1", Wishes.Reader(RecordUse.Change).Read(FakeRecord.Csv(("ZoomId", " id&1 "), ("Department", "Sales"))).ZoomId);
}
