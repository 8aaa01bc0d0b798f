using System;
using System.Linq;
using Xunit;
using ZoomProvisioning.Input;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;
using static ZoomProvisioning.Tests.Rules.RuleTrees;

namespace ZoomProvisioning.Tests.Rules;

/// <summary>A source that is not whole, keys that several people have, and managers who are looked up in it.</summary>
public class SourceBorderTests
{
    private static readonly ProvisioningRule Plain = Read(Rule());
    private static readonly ProvisioningRule Marked = Read(Rule(("source", T(("endMarker", "END")))));

    private static FakeRecord Mail(string name, params (string, string)[] more) => new(
        "System.Management.Automation.PSCustomObject",
        [("Email", $"{name}@example.com"), .. more.Select(m => (m.Item1, (object?)m.Item2))])
    { Source = new object() };

    /// <summary>A record as Import-Csv gives it for a line that breaks off: null where there was nothing.</summary>
    private static FakeRecord Cut(string name, object? last = null, string type = "System.Management.Automation.PSCustomObject") =>
        new(type, [("Email", $"{name}@example.com"), ("Department", last)]) { Source = new object() };

    private static SourceSnapshot People(int number, params ISourceRecord[] more) =>
        SourceReader.Read(Plain, [.. Enumerable.Range(0, number).Select(i => Mail($"p{i}", ("Department", "x"))), .. more]);

    [Theory]
    [InlineData("ada END", null)]
    [InlineData("ada", "The end marker 'END' is not its last record (source.endMarker), so it was not written to its end.")]
    [InlineData("ada END ben", "Records come after the end marker 'END' (source.endMarker), so two exports may have been written into one.")]
    [InlineData("ada END ben END", "Records come after the end marker 'END' (source.endMarker), so two exports may have been written into one.")]
    public void A_source_with_an_end_marker_is_whole_when_that_is_its_last_record(string records, string? incomplete)
    {
        var found = SourceReader.Read(Marked, records.Split(' ').Select(r => r == "END" ? FakeRecord.Csv(("Email", " END "), ("Department", "")) : Mail(r)));
        Assert.Equal(incomplete, found.Incomplete);
        Assert.Equal(records.Split(' ').Count(r => r != "END"), found.RecordCount);
        Assert.Null(SourceReader.Read(Plain, [Mail("ada")]).Incomplete);
    }

    [Fact]
    public void An_end_marker_is_all_there_is_in_its_record()
    {
        bool Ends(params (string, string)[] cells) => SourceReader.Read(Marked, [Mail("ada"), FakeRecord.Csv(cells)]).Incomplete is null;
        Assert.True(Ends(("Email", "END"), ("Department", "END")));
        Assert.False(Ends(("Email", "END"), ("Department", "x")));
        Assert.False(Ends(("Email", "end"), ("Department", "")));
    }

    [Theory]
    [InlineData(9, true)]
    [InlineData(8, false)]
    public void A_last_record_that_alone_lacks_its_last_cells_broke_off_where_there_are_ten_or_more(int before, bool isCut)
    {
        var found = People(before, Cut("last"));
        Assert.Equal(isCut, found.IsUnfinished);
        Assert.Equal(isCut ? before : before + 1, found.People.Count);
        Assert.Equal(isCut ? "It ends in the middle of a line, so it was copied before it was written to its end." : null, found.Incomplete);
        Assert.Equal(isCut ? 1 : 0, found.Warnings.Count(w => w.StartsWith("The source ends in the middle of a line", StringComparison.Ordinal)));
        Assert.Equal(isCut ? ["last@example.com Zoom.Record.Cut"] : [], found.Problems.Select(p => $"{p.Label} {p.Error.ErrorId}"));
    }

    [Fact]
    public void What_others_lack_as_well_or_what_is_no_line_of_a_file_did_not_break_off()
    {
        Assert.False(People(9, Cut("a"), Cut("b")).IsUnfinished);
        Assert.False(People(9, Cut("a"), Mail("b", ("Department", "x"))).IsUnfinished);
        Assert.False(People(9, Cut("a", "x")).IsUnfinished);
        Assert.False(People(9, Cut("a", type: "Microsoft.ActiveDirectory.Management.ADUser")).IsUnfinished);
        Assert.False(People(9, new FakeRecord("System.Management.Automation.PSCustomObject", ("Email", "a@example.com"), ("Level", 7), ("Department", null)))
            .IsUnfinished);
    }

    [Fact]
    public void A_broken_record_that_cannot_be_used_either_is_told_once()
    {
        var last = new FakeRecord("System.Management.Automation.PSCustomObject", ("Email", "no address"), ("Department", null)) { Source = new object() };
        var found = People(9, last);
        Assert.True(found.IsUnfinished);
        Assert.NotEqual("Zoom.Record.Cut", Assert.Single(found.Problems).Error.ErrorId);
    }

    [Fact]
    public void A_number_that_two_people_have_is_the_mistake_of_both_and_one_person_in_two_records_is_none()
    {
        var found = SourceReader.Read(Plain, [
            Mail("c", ("EmployeeNumber", "7")), Mail("a", ("EmployeeNumber", "7")), Mail("b", ("EmployeeNumber", "7")), Mail("free", ("EmployeeNumber", "8")),
            Mail("twin", ("EmployeeNumber", "9")), Mail("TWIN", ("EmployeeNumber", "9")), Mail("none", ("EmployeeNumber", ""))]);
        Assert.Equal(["a@example.com", "b@example.com", "c@example.com"], found.Problems.Select(p => p.UserName!).OrderBy(n => n, StringComparer.Ordinal));
        Assert.Contains("b@example.com", found.Problems.Single(p => p.UserName == "a@example.com").Error.Message, StringComparison.Ordinal);
        Assert.Contains("a@example.com", found.Problems.Single(p => p.UserName == "c@example.com").Error.Message, StringComparison.Ordinal);
        Assert.Equal(4, found.People.Count);
    }

    [Fact]
    public void A_manager_is_found_in_the_source_by_the_key_the_record_names()
    {
        FakeRecord Of(string name, string? manager) => FakeRecord.Ad(
            ("EmailAddress", $"{name}@example.com"), ("DistinguishedName", $"CN={name},OU=Staff,DC=x"), ("Enabled", true), ("Manager", manager));
        var found = SourceReader.Read(Plain, [Of("ada", "CN=boss,OU=Staff,DC=x"), Of("boss", null), Of("cy", "CN=nobody,OU=Staff,DC=x")]);
        Assert.Equal(["boss@example.com", null, null], found.People.Select(p => p.Values.Manager));
        Assert.Contains(found.Warnings, w => w.Contains("manager", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_manager_out_of_scope_is_found_all_the_same()
    {
        var rule = Read(Rule(("scope", "Title eq 'Clerk'")));
        FakeRecord Of(string name, string title, string? manager) => FakeRecord.Ad(
            ("EmailAddress", $"{name}@example.com"), ("DistinguishedName", $"CN={name},DC=x"), ("Enabled", true), ("Title", title), ("Manager", manager));
        var found = SourceReader.Read(rule, [Of("boss", "Boss", null), Of("ada", "Clerk", "CN=boss,DC=x")]);
        Assert.Equal("boss@example.com", Assert.Single(found.People).Values.Manager);
    }

    [Theory]
    [InlineData("Dept eq 'x'", "Dept")]
    [InlineData("Email pr", null)]
    public void A_property_no_record_has_is_named_when_scope_groups_or_anchor_ask_for_it(string scope, string? missing)
    {
        var warnings = SourceReader.Read(Read(Rule(("scope", scope))), [Mail("ada"), Mail("ben")]).Warnings;
        Assert.Equal(
            missing is not null,
            warnings.Any(w => w.StartsWith($"None of the 2 record(s) has the property {missing}, which", StringComparison.Ordinal)));
        Assert.Empty(SourceReader.Read(Read(Rule(("scope", scope))), []).Warnings);
    }

    [Fact]
    public void What_the_rule_names_of_the_source_comes_with_the_snapshot()
    {
        var rule = Read(Rule(("attributes", T(("Department", "Dept")))));
        var found = Assert.Single(SourceReader.Read(rule, [Mail("ada", ("Dept", "x"))]).Properties);
        Assert.Equal(("Dept", true, true), (found.Name, found.IsPresent, found.IsFilled));
    }

    [Fact]
    public void Of_one_record_the_first_mistake_is_told_and_what_could_be_read_all_the_same()
    {
        var rule = Read(Rule(("anchor", "Key"), ("groups", L("All", T(("name", "Sales"), ("when", "Dept eq 'Sales'"))))));
        var good = SourceReader.Explain(rule, Mail("ada", ("Key", "k1"), ("Dept", "Legal")));
        Assert.Equal(("ada@example.com", "everybody", true, "k1", null), (good.Label, good.Scope, good.InScope, good.Anchor, good.Problem));
        Assert.Equal(["All everybody True", "Sales Dept eq 'Sales' False"], good.Groups.Select(g => $"{g.Name} {g.Reason} {g.IsWanted}"));
        Assert.NotNull(good.Desired);

        var bad = SourceReader.Explain(rule, FakeRecord.Csv(("Email", "ada@example.com"), ("Key", "1.2E+15"), ("Active", "perhaps")));
        Assert.Equal(("the record", "Zoom.Record.InvalidAnchor"), (bad.Label, bad.Problem?.ErrorId));
        Assert.Empty(bad.Warnings);
        Assert.Null(bad.Desired);
    }

    [Fact]
    public void Each_attribute_of_one_record_is_explained_with_where_it_comes_from()
    {
        var rule = Read(Rule(("attributes", T(
            ("Title", T(("property", "Job"), ("apply", "onCreate"), ("writeOnly", true))), ("License", T(("property", "Plan"), ("apply", "onUpdate")))))));
        var rows = SourceReader.Explain(rule, Mail("ada", ("Job", "Chief"), ("Plan", "Basic"), ("Department", "Sales"))).Attributes;
        string Row(string name) => rows.Where(r => r.Name == name).Select(r => $"{r.Source}|{r.RawValue}|{r.Value}|{r.Apply}|{r.WriteOnly}").Single();
        Assert.Equal("property 'Job'|Chief|Chief|OnCreate|True", Row("Title"));
        Assert.EndsWith("|Sales|Sales|Always|False", Row("Department"), StringComparison.Ordinal);
        Assert.Equal("property 'Plan'|Basic|Basic|OnUpdate|False", Row("License"));
        Assert.Equal("License||Basic|OnUpdate|False", Row("UserType"));
    }
}
