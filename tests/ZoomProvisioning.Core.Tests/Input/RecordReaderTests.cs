using System;
using System.Linq;
using System.Text;
using Xunit;
using ZoomProvisioning.Input;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Tests.Input;

/// <summary>Rows of a CSV file, read: spellings, names, addresses, lengths.</summary>
public class RecordReaderTests
{
    private static ScimUser Read(FakeRecord record, RecordUse use = RecordUse.Create) => Wishes.Reader(use).Read(record).Values;

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
}
