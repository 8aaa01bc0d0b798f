using System;
using System.Linq;
using Xunit;
using ZoomProvisioning.Input;

namespace ZoomProvisioning.Tests.Input;

/// <summary>Licences, extension attributes, managers and employee numbers in source records.</summary>
public class WholeRecordTests
{
    private static ScimUser Read(params (string Name, string Value)[] cells) =>
        Wishes.Reader().Read(FakeRecord.Csv([("Email", "jill@example.com"), .. cells])).Values;

    [Fact]
    public void A_licence_column_holds_user_types_plans_and_add_ons()
    {
        var user = Read(("License", "Pro; BusinessPlus-UK ;Whiteboard;zoomOneEdu=576460752303423488"));
        Assert.Equal("Licensed", user.UserType);
        Assert.Equal("32", user.GetExtension("zoomOneBizPlus"));
        Assert.Equal(true, user.GetExtension("zoomWhiteboard"));
        Assert.Equal("576460752303423488", user.GetExtension("zoomOneEdu"));
    }

    [Theory]
    [InlineData("License")]
    [InlineData("licences")]
    [InlineData("Licence Type")]
    [InlineData("LicenseType")]
    public void A_licence_column_has_many_spellings(string column) => Assert.Equal("Licensed", Read((column, "Licensed")).UserType);

    [Fact]
    public void A_licence_nobody_knows_is_an_error_that_names_record_and_column()
    {
        var error = Assert.Throws<ScimRecordException>(() => Read(("Licence", "Gold")));
        Assert.Equal("Zoom.Record.UnknownLicense", error.ErrorId);
        Assert.Contains("jill@example.com", error.Message, StringComparison.Ordinal);
        Assert.Contains("'Licence'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'Gold'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_licence_cell_takes_nothing_away() =>
        Assert.Equal(["Email", "UserName"], Read(("License", ""), ("pronouns", ""), ("Manager", "")).ChangedAttributes.OrderBy(n => n, StringComparer.Ordinal));

    [Fact]
    public void An_old_name_is_remarked_once_for_a_whole_file()
    {
        var reader = Wishes.Reader();
        var warnings = Enumerable.Range(0, 3)
            .SelectMany(n => reader.Read(FakeRecord.Csv(("Email", $"u{n}@example.com"), ("License", "Pro"))).Warnings)
            .ToList();
        Assert.Contains("older name", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_named_like_an_extension_attribute_sets_it_in_its_kind()
    {
        var user = Read(("pronouns", "she/her"), ("zoomScheduler", "yes"), ("zoomOneBizPlus", "16"), ("ZoomPhoneExtNumber", "0"));
        Assert.Equal("she/her", user.GetExtension("pronouns"));
        Assert.Equal(true, user.GetExtension("zoomScheduler"));
        Assert.Equal("16", user.GetExtension("zoomOneBizPlus"));
        Assert.Equal("0", user.GetExtension("zoomPhoneExtNumber"));
    }

    [Fact]
    public void A_flag_that_is_neither_true_nor_false_is_an_error() =>
        Assert.Equal("Zoom.Record.InvalidValue", Assert.Throws<ScimRecordException>(() => Read(("zoomScheduler", "perhaps"))).ErrorId);

    [Theory]
    [InlineData("Extension.planOfTomorrow", "planOfTomorrow")]
    [InlineData("extension.planOfTomorrow", "planOfTomorrow")]
    [InlineData("Extension.pronouns", "pronouns")]
    [InlineData("pronouns", "pronouns")]
    public void A_mapping_may_name_any_extension_attribute(string target, string attribute)
    {
        var user = Wishes.Reader(mapping: (target, AttributeSource.FromProperty("Column9"))).Read(FakeRecord.Csv(
            ("Email", "jill@example.com"), ("Column9", "x"))).Values;
        Assert.Equal("x", user.GetExtension(attribute));
        Assert.Contains(attribute, user.ChangedAttributes);
    }

    [Theory]
    [InlineData("planOfTomorrow")]
    [InlineData("Extension.")]
    [InlineData("Departement")]
    public void A_mapping_to_a_name_nobody_knows_is_still_an_error(string target)
    {
        var error = Assert.Throws<ScimRecordException>(() => Wishes.Reader(mapping: (target, AttributeSource.FromProperty("Column9"))));
        Assert.Equal("Zoom.Mapping.UnknownAttribute", error.ErrorId);
        Assert.Contains("Extension.name", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_records_with_one_employee_number_are_refused_naming_both()
    {
        var reader = Wishes.Reader();
        reader.Read(FakeRecord.Csv(("Email", "jill@example.com"), ("EmployeeId", "123")));
        var error = Assert.Throws<ScimRecordException>(() => reader.Read(FakeRecord.Csv(("Email", "joe@example.com"), ("EmployeeId", "123"))));
        Assert.Equal("Zoom.Record.DuplicateEmployeeNumber", error.ErrorId);
        Assert.Contains("jill@example.com", error.Message, StringComparison.Ordinal);
        Assert.Contains("joe@example.com", error.Message, StringComparison.Ordinal);
        Assert.Contains("'123'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_person_twice_and_people_without_a_number_are_no_duplicates()
    {
        var reader = Wishes.Reader();
        reader.Read(FakeRecord.Csv(("Email", "jill@example.com"), ("EmployeeId", "123")));
        reader.Read(FakeRecord.Csv(("Email", "JILL@example.com"), ("EmployeeId", "123")));
        reader.Read(FakeRecord.Csv(("Email", "a@example.com"), ("EmployeeId", "")));
        reader.Read(FakeRecord.Csv(("Email", "b@example.com"), ("EmployeeId", "")));
    }

    [Fact]
    public void A_manager_who_is_a_distinguished_name_is_left_out_and_said_once()
    {
        var source = ZoomProvisioning.Rules.SourceReader
            .Read(new ZoomProvisioning.Rules.ProvisioningRule("r"), Enumerable.Range(0, 3).Select(n => FakeRecord.Ad(
            ("EmailAddress", $"u{n}@example.com"), ("Department", "Sales"), ("Manager", "CN=Boss,OU=Sales,DC=example,DC=com"))));

        Assert.All(source.People, w => Assert.Null(w.Values.Manager));
        Assert.All(source.People, w => Assert.DoesNotContain("Manager", w.Values.ChangedAttributes));
        Assert.All(source.People, w => Assert.Equal("Sales", w.Values.Department));
        Assert.Contains(
            "3 records (u0@example.com, u1@example.com, u2@example.com): the manager",
            Assert.Single(source.Warnings, w => w.Contains("manager")),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CN=Boss,OU=Sales,DC=example,DC=com")]
    [InlineData("cn=boss, ou=sales, dc=example, dc=com")]
    [InlineData("{6F3E1B1A-0000-0000-0000-000000000001}")]
    [InlineData("4711")]
    [InlineData("The Boss")]
    [InlineData("Boss, The")]
    [InlineData("The Boss (4711)")]
    [InlineData("tboss")]
    public void A_manager_is_found_in_the_source_by_whatever_the_source_calls_people(string manager)
    {
        FakeRecord[] records =
        [
            FakeRecord.Ad(("DistinguishedName", "CN=Jill,DC=example,DC=com"), ("EmailAddress", "jill@example.com"), ("Manager", manager)),
            FakeRecord.Ad(("DistinguishedName", "CN=Boss,OU=Sales,DC=example,DC=com"), (
                "EmailAddress", "boss@example.com"), ("GivenName", "The"), ("Surname", "Boss"), ("SamAccountName", "tboss"),
                ("ObjectGUID", new Guid("6f3e1b1a-0000-0000-0000-000000000001")), ("EmployeeID", "4711"), ("Manager", null)),
        ];

        var source = ZoomProvisioning.Rules.SourceReader.Read(new ZoomProvisioning.Rules.ProvisioningRule("r"), records);

        Assert.Equal("boss@example.com", source.People[0].Values.Manager);
        Assert.DoesNotContain(source.Warnings, w => w.Contains("manager"));
    }

    [Fact]
    public void A_name_that_two_people_have_is_no_managers()
    {
        var records = new[]
        {
            "a",
            "b",
            "c",
        }.Select(n => FakeRecord.Csv(("Email", $"{n}@example.com"), ("Display Name", n == "c" ? "Jill" : "The Boss"), ("Manager", n == "c" ? "The Boss" : "")));

        Assert.Null(ZoomProvisioning.Rules.SourceReader.Read(new ZoomProvisioning.Rules.ProvisioningRule("r"), records).People[2].Values.Manager);
    }

    [Fact]
    public void A_manager_who_is_resolved_by_a_mapping_is_taken()
    {
        var reader = Wishes.Reader(mapping: ("Manager", AttributeSource.FromScript(_ => "boss@example.com")));
        Assert.Equal(
            "boss@example.com",
            reader.Read(FakeRecord.Ad(("EmailAddress", "jill@example.com"), ("Manager", "CN=Boss,DC=example,DC=com"))).Values.Manager);
    }
}
