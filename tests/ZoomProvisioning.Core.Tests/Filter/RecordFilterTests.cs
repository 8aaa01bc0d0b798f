using System;
using System.Linq;
using Xunit;
using ZoomProvisioning.Filter;

namespace ZoomProvisioning.Tests.Filter;

public class RecordFilterTests
{
    private static readonly FakeRecord Jill = new(
        "System.Object",
        ("First Name", "Jill"),
        ("department", "Sales "),
        ("Enabled", true),
        ("Active", "yes"),
        ("Level", 7),
        ("Grade", "12"),
        ("memberOf", new object?[] { "CN=Zoom,DC=example", "CN=Staff,DC=example", null }),
        ("Empty", "  "),
        ("None", null),
        ("Nothing", Array.Empty<string>()),
        ("Hired", new DateTime(2024, 3, 1, 0, 0, 0, DateTimeKind.Utc)),
        ("Left", "2024-06-30"),
        ("City", "Zu\u0308rich"),
        ("Table", new System.Collections.Hashtable { ["a"] = 1 }));

    [Theory]
    // Texts, without regard to case and to the blanks around them; names as headings are compared.
    [InlineData("Department eq \"sales\"", true)]
    [InlineData("DEPARTMENT EQ 'SALES'", true)]
    [InlineData("firstName eq \"jill\"", true)]
    [InlineData("first_name eq \"Jack\"", false)]
    [InlineData("department ne \"Sales\"", false)]
    [InlineData("department co \"ALE\"", true)]
    [InlineData("department sw \"sa\"", true)]
    [InlineData("department ew \"es\"", true)]
    [InlineData("department ew \"sa\"", false)]
    [InlineData("City eq \"Zürich\"", true)]
    // Flags, in whatever word.
    [InlineData("Enabled eq true", true)]
    [InlineData("Enabled ne false", true)]
    [InlineData("Active eq true", true)]
    [InlineData("Active eq TRUE", true)]
    [InlineData("department eq true", false)]
    [InlineData("Enabled eq \"True\"", true)]
    // Numbers.
    [InlineData("Level eq 7", true)]
    [InlineData("Level gt 6.5", true)]
    [InlineData("Level ge 7", true)]
    [InlineData("Level lt 7", false)]
    [InlineData("Grade gt 9", true)]
    [InlineData("Grade gt \"9\"", false)]
    [InlineData("Enabled eq 1", false)]
    [InlineData("Grade co 2", true)]
    // Dates.
    [InlineData("Hired ge \"2024-01-01T00:00:00Z\"", true)]
    [InlineData("Hired lt \"2024-01-01T00:00:00Z\"", false)]
    [InlineData("Hired eq \"2024-03-01T01:00:00+01:00\"", true)]
    [InlineData("Left lt \"2024-07-01\"", true)]
    // Several values: one that fits is enough, and 'ne' is the opposite of 'eq'.
    [InlineData("memberOf sw \"CN=Zoom,\"", true)]
    [InlineData("memberOf eq \"cn=staff,dc=example\"", true)]
    [InlineData("memberOf ne \"cn=staff,dc=example\"", false)]
    // No value.
    [InlineData("Missing pr", false)]
    [InlineData("Empty pr", false)]
    [InlineData("None pr", false)]
    [InlineData("Nothing pr", false)]
    [InlineData("Table pr", true)]
    [InlineData("department pr", true)]
    [InlineData("Missing eq null", true)]
    [InlineData("department eq null", false)]
    [InlineData("department ne null", true)]
    [InlineData("Missing eq \"\"", false)]
    [InlineData("Missing ne \"x\"", true)]
    [InlineData("Missing lt \"x\"", false)]
    // Joined.
    [InlineData("Missing pr or department pr and Enabled eq true", true)]
    [InlineData("department pr or Missing pr and Missing pr", true)]
    [InlineData("(department pr or Missing pr) and Missing pr", false)]
    [InlineData("not (Missing pr) and NOT(Empty pr)", true)]
    [InlineData("not (Level gt 6 and (Grade gt 9 or Enabled eq false))", false)]
    // Escapes.
    [InlineData("department eq \"S\\u0061les\"", true)]
    [InlineData("department eq 'it''s'", false)]
    public void Filters(string filter, bool fits) => Assert.Equal(fits, RecordFilter.Parse(filter).Matches(Jill));

    [Theory]
    [InlineData("department gt 1", "'Sales' cannot be ordered against the number 1")]
    [InlineData("department lt \"2026-06-01\"", "the date 2026-06-01; write dates as 2026-06-01, or name their form in the rule (dateFormat)")]
    [InlineData("German ge \"2026-06-01\"", "'31.12.2025'")]
    [InlineData("Hired gt \"Sales\"", "against the text Sales")]
    public void What_cannot_be_ordered_says_so(string filter, string says)
    {
        var record = new FakeRecord("x", ("department", "Sales"), ("German", "31.12.2025"), ("Hired", new DateTime(2024, 3, 1, 0, 0, 0, DateTimeKind.Utc)));

        Assert.Contains(says, Assert.Throws<FilterValueException>(() => RecordFilter.Parse(filter).Matches(record)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Ends gt \"2026-06-01\"", "dd.MM.yyyy", "31.12.2025", false)]
    [InlineData("Ends gt \"01.06.2026\"", "dd.MM.yyyy", "31.12.2026", true)]
    [InlineData("Ends gt \"2026-06-01\"", "M/d/yyyy h:mm:ss tt", "12/31/2026 12:00:00 AM", true)]
    [InlineData("accountExpires gt \"2026-06-01\"", null, "134000000000000000", false)]
    [InlineData("accountExpires gt \"2026-06-01\"", null, "9223372036854775807", true)]
    [InlineData("accountExpires gt \"2026-06-01\"", null, "0", true)]
    [InlineData("AccountExpirationDate lt \"2026-06-01\"", null, "134000000000000000", true)]
    public void Dates_are_read_in_the_form_a_rule_names_and_as_file_times(string filter, string? format, string value, bool fits) =>
        Assert.Equal(fits, RecordFilter.Parse(filter, format)
            .Matches(FakeRecord.Csv((filter.StartsWith("Ends", StringComparison.Ordinal) ? "Ends" : "accountExpires", value))));

    [Theory]
    [InlineData("EmailAddress pr")]
    [InlineData("Surname eq \"Chill\"")]
    [InlineData("Office sw \"San\"")]
    [InlineData("OfficePhone pr")]
    [InlineData("Enabled eq false")]
    [InlineData("memberOf eq \"CN=Zoom,DC=example\"")]
    [InlineData("givenName eq \"Jürgen\"")]
    public void Microsofts_names_find_the_properties_of_a_csvde_file(string filter) => Assert.True(RecordFilter.Parse(filter).Matches(FakeRecord.Csv(
        ("DN", "CN=Jill,DC=example"), ("mail", "jill@example.com"), ("sn", "Chill"), ("physicalDeliveryOfficeName", "San Jose"),
        ("telephoneNumber", "+1 5125550123"),
        ("userAccountControl", "514"), ("memberOf", "CN=Staff,DC=example;CN=Zoom,DC=example"), ("givenName", "X'4ac3bc7267656e'"))));

    [Theory]
    [InlineData("", 0, "the filter is empty")]
    [InlineData("   ", 3, "the filter is empty")]
    [InlineData("Department", 0, "after 'Department' a comparison is expected")]
    [InlineData("Department =", 11, "(did you mean eq?)")]
    [InlineData("Department -like \"x\"", 11, "(did you mean co, sw or ew?)")]
    [InlineData("Department eqq \"x\"", 11, "(did you mean 'eq'?)")]
    [InlineData("Department eq", 13, "a value is expected")]
    [InlineData("Department eq Sales", 14, "eq \"Sales\"")]
    [InlineData("Department eq \"Sales", 14, "no closing \"")]
    [InlineData("Department eq \"a\\d\"", 16, "single quotes")]
    [InlineData("Department gt true", 14, "'eq' and 'ne'")]
    [InlineData("Hired gt \"01.06.2026\"", 9, "\"2026-06-01\"")]
    [InlineData("a eq 1 and", 10, "the filter ends")]
    [InlineData("a eq 1 b eq 2", 7, "only 'and' or 'or'")]
    [InlineData("(a eq 1", 0, "has no ')'")]
    [InlineData("(a eq 1 b", 8, "'and', 'or' or ')'")]
    [InlineData("a eq 1)", 6, "without its '('")]
    [InlineData("not a eq 1", 0, "in parentheses")]
    [InlineData("\"Department\" eq 1", 0, "without quotes")]
    [InlineData("eq \"Sales\"", 0, "a property's name is missing")]
    [InlineData("emails[type eq \"work\"]", 6, "in brackets")]
    [InlineData("$_ -eq 1", 0, "property's name")]
    [InlineData("--", 0, "property's name")]
    [InlineData("()", 1, "property's name")]
    public void Mistakes_are_told_with_their_place(string filter, int position, string says)
    {
        var mistake = Assert.Throws<FilterSyntaxException>(() => RecordFilter.Parse(filter));

        Assert.Contains(says, mistake.Message, StringComparison.Ordinal);
        Assert.Equal(position, mistake.Position);
    }

    [Fact]
    public void Parentheses_nested_without_end_are_refused_not_followed() =>
        Assert.Contains("nested", Assert.Throws<FilterSyntaxException>(() => RecordFilter.Parse(new string('(', 100_000))).Message, StringComparison.Ordinal);

    [Fact]
    public void Nothing_is_read_that_the_record_does_not_have()
    {
        RecordFilter.Parse("Missing pr or Gone eq \"x\"").Matches(Jill);

        Assert.Empty(Jill.CreatedByReading);
    }

    [Fact]
    public void What_a_property_throws_comes_out() =>
        Assert.Throws<InvalidOperationException>(() => RecordFilter.Parse("a pr").Matches(new FakeRecord("x", ("a", new InvalidOperationException()))));

    [Fact]
    public void The_properties_asked_for_are_known() =>
        Assert.Equal(["a", "b.c", "urn:x:d"], RecordFilter.Parse("a pr and (not (b.c eq 1) or urn:x:d pr) and a eq 2").Properties.ToArray());
}
