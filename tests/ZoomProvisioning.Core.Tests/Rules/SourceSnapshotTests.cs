using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Xunit;
using ZoomProvisioning.Input;
using ZoomProvisioning.Input.Tables;
using ZoomProvisioning.Rules;
using static ZoomProvisioning.Tests.Rules.RuleTrees;

namespace ZoomProvisioning.Tests.Rules;

/// <summary>What comes of a source as a whole: that it is whole, who is whose manager, what is missing from it, and who is meant by what is wrong.</summary>
public class SourceSnapshotTests
{
    private const string Object = "System.Management.Automation.PSCustomObject";

    private static readonly ProvisioningRule Plain = Read(Rule());
    private static readonly ProvisioningRule Marked = Read(Rule(("source", T(("endMarker", "END")))));

    private static FakeRecord Of(params (string, object?)[] values) => new(Object, values) { Source = new object() };

    private static SourceTable Table(string text) => SourceTable.Open(new MemoryStream(Encoding.UTF8.GetBytes(text)), "people.csv");

    private static IEnumerable<string?> ManagersIn(ProvisioningRule rule, IEnumerable<ISourceRecord> records) =>
        SourceReader.Read(rule, records).People.Select(p => p.Values.Manager);

    [Theory]
    [InlineData("UserName,FirstName\nada@example.com,Ada\n", false)]
    [InlineData("UserName,FirstName\nada@example.com,Ada\nben@exa", true)]
    public void A_text_that_breaks_off_is_unfinished_and_not_whole(string text, bool isUnfinished)
    {
        var found = SourceReader.Read(Plain, Table(text));
        Assert.Equal(isUnfinished, found.IsUnfinished);
        Assert.Equal(isUnfinished, found.Incomplete is not null);
        Assert.Equal(isUnfinished, found.Warnings.Any(w => w.StartsWith("The source ends in the middle of a line", StringComparison.Ordinal)));
    }

    [Fact]
    public void That_the_end_marker_is_missing_says_more_than_that_a_line_breaks_off() => Assert.Equal(
        "The end marker 'END' is not its last record (source.endMarker), so it was not written to its end.",
        SourceReader.Read(Marked, Table("UserName,FirstName\nada@example.com,Ada\nben@exa")).Incomplete);

    [Fact]
    public void A_record_that_cannot_be_read_is_no_end_marker_and_who_stops_the_run_stops_it()
    {
        FakeRecord Throwing(Exception exception) => new("Person", ("UserName", "ada@example.com"), ("Note", exception));
        var found = SourceReader.Read(Marked, [Throwing(new InvalidOperationException("no"))]);
        Assert.Equal((1, "ada@example.com"), (found.RecordCount, Assert.Single(found.People).Label));
        Assert.NotNull(found.Incomplete);
        Assert.Throws<OperationCanceledException>(() => SourceReader.Read(Marked, [Throwing(new OperationCanceledException())]));
    }

    [Theory]
    [InlineData("Title eq 'Chief'")]
    [InlineData("Title eq 'Nobody'")]
    public void A_broken_record_that_the_scope_leaves_out_is_told_by_its_number(string scope)
    {
        FakeRecord Person(int i, string? last) => Of(("UserName", $"p{i}@example.com"), ("Title", i == 1 ? "Chief" : "Clerk"), ("Department", last));
        var found = SourceReader.Read(Read(Rule(("scope", scope))), [.. Enumerable.Range(1, 9).Select(i => Person(i, "x")), Person(10, null)]);
        var problem = Assert.Single(found.Problems);
        Assert.Equal(("record 10", "Zoom.Record.Cut"), (problem.Label, problem.Error.ErrorId));
        Assert.Equal(scope.Contains("Chief") ? 1 : 0, found.People.Count);
    }

    private sealed class Typeless : ISourceRecord
    {
        public object? Source => null;

        public IReadOnlyList<string> TypeNames => [];

        public IReadOnlyList<string> Names => ["UserName", "Department"];

        public object? Read(string name) => name == "UserName" ? "ada@example.com" : null;
    }

    [Fact]
    public void A_record_without_a_type_is_read_as_any_other() =>
        Assert.Equal("ada@example.com", Assert.Single(SourceReader.Read(Plain, [new Typeless()]).People).Label);

    [Fact]
    public void People_who_are_each_others_managers_are_found() => Assert.Equal(
        ["ben@example.com", "ada@example.com"],
        ManagersIn(Plain, Table("UserName,FirstName,LastName,Manager\nada@example.com,Ada,Ay,Ben Bee\nben@example.com,Ben,Bee,Ada Ay\n")));

    [Fact]
    public void A_boss_whose_entry_names_no_manager_is_found()
    {
        Assert.Equal(
            ["boss@example.com", null],
            ManagersIn(Plain, [
                Of(("UserName", "ada@example.com"), ("Manager", "The Boss")), Of(("UserName", "boss@example.com"), ("DisplayName", "The Boss"))]));
        Assert.Equal(
            ["boss@example.com", null],
            ManagersIn(Plain, Table("dn: cn=ada,dc=x\nmail: ada@example.com\nmanager: cn=boss,dc=x\n\ndn: cn=boss,dc=x\nmail: boss@example.com\n")));
    }

    [Fact]
    public void A_manager_in_a_column_of_its_own_name_is_found_where_the_rule_names_it() => Assert.Equal(
        ["boss@example.com", null],
        ManagersIn(
            Read(Rule(("attributes", T(("Manager", "Reports"))))),
            Table("UserName,DisplayName,Reports\nada@example.com,Ada,The Boss\nboss@example.com,The Boss,\n")));

    [Fact]
    public void What_is_known_so_far_can_be_asked_for_again()
    {
        var reader = new SourceReader(Plain);
        reader.Add(Of(("UserName", "ada@example.com"), ("Manager", "Nobody")));
        var first = reader.Complete();
        Assert.Equal(first.Warnings, reader.Complete().Warnings);
        reader.Add(Of(("UserName", "ben@example.com"), ("Manager", "Nobody")));
        Assert.NotEqual(first.Warnings, reader.Complete().Warnings);
    }

    [Fact]
    public void Who_has_a_Zoom_id_is_known_by_it_though_the_record_cannot_be_used()
    {
        var found = SourceReader.Read(Plain, [
            Of(("UserName", "ada@example.com"), ("ZoomId", "z1"), ("Active", "perhaps")),
            Of(("UserName", "ben@example.com"), ("ZoomId", "z2"), ("EmployeeNumber", "7")),
            Of(("UserName", "cyd@example.com"), ("ZoomId", "z3"), ("EmployeeNumber", "7"))]);
        Assert.Equal(
            ["ada@example.com z1 Zoom.Record.InvalidValue", "ben@example.com z2 Zoom.Record.DuplicateEmployeeNumber",
                "cyd@example.com z3 Zoom.Record.DuplicateEmployeeNumber"],
            found.Problems.Select(p => $"{p.UserName} {p.ZoomId} {p.Error.ErrorId}"));
    }

    [Fact]
    public void Two_people_without_an_employee_number_share_none() => Assert.Equal(
        2, SourceReader.Read(Plain, Table("UserName,EmployeeNumber\nada@example.com,\nben@example.com,\n")).People.Count);

    [Theory]
    [InlineData("Enabled eq true", "userAccountControl", null)]
    [InlineData("AccountEnabled eq true", "userAccountControl", null)]
    [InlineData("Enabled eq true", "Department", "Enabled")]
    [InlineData("Departmnt pr", "userAccountControl", "Departmnt")]
    public void Whether_an_account_is_enabled_is_asked_for_in_its_flags(string scope, string column, string? missing)
    {
        var warnings = SourceReader.Read(Read(Rule(("scope", scope))), [FakeRecord.Ad(("EmailAddress", "ada@example.com"), (column, "512"))]).Warnings;
        Assert.Equal(
            missing is null ? [] : [$"None of the 1 record(s) has the property {missing}"],
            warnings.Where(w => w.Contains("has the property")).Select(w => w.Split(',')[0]));
    }

    [Fact]
    public void What_groups_ask_for_is_missed_as_well()
    {
        var rule = Read(Rule(("groups", L("All", T(("name", "A"), ("when", "Teem pr"))))));
        Assert.Contains(
            SourceReader.Read(rule, [Of(("UserName", "ada@example.com"))]).Warnings,
            w => w.StartsWith("None of the 1 record(s) has the property Teem,", StringComparison.Ordinal));
    }

    public static TheoryData<string, object?, bool> Questions => new()
    {
        { "scope", "UserName pr", false },
        { "scope", "UserName ne 'Squad'", false },
        { "scope", "UserName ne 'Squad' and Squad pr", true },
        { "scope", Script("$_.Squad -or $true"), true },
        { "scope", Script("$_.Team -or $true"), false },
        { "groups", L(T(("name", "A"), ("when", Script("$_.squad")))), true },
        { "groups", Script("$_.Squad"), true },
        { "groups", Script("Squad of $_"), true },
        { "groups", Script("$_.Team"), false },
        { "anchor", "Squad", true },
    };

    [Theory]
    [MemberData(nameof(Questions))]
    public void A_column_is_read_where_a_filter_asks_for_it_or_a_scriptblock_speaks_of_it(string setting, object? value, bool isRead)
    {
        var warnings = SourceReader.Read(Read(Rule((setting, value))), [Of(("UserName", "ada@example.com"), ("Squad", "x"))]).Warnings;
        Assert.Equal(isRead ? 0 : 1, warnings.Count(w => w.StartsWith("The column 'Squad' is not read", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_value_that_is_no_text_is_told_as_what_it_is()
    {
        var bytes = new byte[] { 0xFF, 0xFE };
        var rule = Read(Rule(("scope", "Note eq 'x'")));
        var error = Assert.Single(SourceReader.Read(rule, [Of(("UserName", "ada@example.com"), ("Note", bytes))]).Problems).Error;
        Assert.Equal("Zoom.Record.DamagedText", error.ErrorId);
        Assert.Equal("record 1: the scope Note eq 'x' cannot be decided: its 2 bytes are no text in UTF-8.", error.Message);
    }

    [Fact]
    public void A_property_that_cannot_be_read_is_there_and_filled_and_who_stops_the_run_stops_it()
    {
        NamedProperties Seen(Exception exception)
        {
            var named = new NamedProperties(Read(Rule(("anchor", "Key"))));
            named.See(new FakeRecord("Person", ("Key", exception)));
            return named;
        }

        var found = Assert.Single(Seen(new InvalidOperationException("no")).Found);
        Assert.Equal((true, true), (found.IsPresent, found.IsFilled));
        Assert.Throws<OperationCanceledException>(() => Seen(new OperationCanceledException()));
    }
}
