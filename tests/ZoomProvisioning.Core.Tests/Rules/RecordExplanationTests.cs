using System;
using System.Linq;
using Xunit;
using ZoomProvisioning.Rules;
using static ZoomProvisioning.Tests.Rules.RuleTrees;

namespace ZoomProvisioning.Tests.Rules;

/// <summary>What somebody is told who wonders what a rule makes of one record.</summary>
public class RecordExplanationTests
{
    private static RecordExplanation Explain(ProvisioningRule rule, params (string, string)[] cells) => SourceReader.Explain(rule, FakeRecord.Csv(cells));

    /// <summary>The rows, as <c>Title | property 'Job' | Chief | Chief</c>: name, source, what the record holds, what Zoom is to have.</summary>
    private static string[] Rows(RecordExplanation explanation) => [.. explanation.Attributes.Select(
        a => $"{a.Name} | {a.Source} | {a.RawValue ?? "-"} | {(a.Value is null ? "-" : ZoomAttribute.Display(a.Value))}")];

    [Fact]
    public void Every_attribute_has_a_row_that_the_record_or_the_rule_speaks_of()
    {
        var rule = Read(Rule(("attributes", T(
            ("Title", "Job"), ("Department", null), ("Organization", T(("apply", "onCreate"))), ("pronouns", "Says"), ("License", "Plan")))));
        Assert.Equal(
            [
                "UserName | property 'Email' (preset) | ada@example.com | ada@example.com",
                "Email | property 'Email' (preset) | ada@example.com | ada@example.com",
                "UserType | License | - | Licensed",
                "Title | property 'Job' | Chief | Chief",
                "Department | nothing | - | -",
                "Organization | the preset | - | -",
                "pronouns | property 'Says' | she | she",
                "zoomWhiteboard | License | - | true",
                "License | property 'Plan' | Licensed; Whiteboard | Licensed; zoomWhiteboard",
            ],
            Rows(Explain(rule, ("Email", "ada@example.com"), ("Job", "Chief"), ("Says", "she"), ("Plan", "Licensed; Whiteboard"))));
    }

    [Fact]
    public void Of_the_one_address_the_other_name_is_told_where_it_comes_from()
    {
        var rule = Read(Rule(("preset", "none"), ("attributes", T(("UserName", "Mail")))));
        Assert.Equal(
            ["UserName | property 'Mail' | ada@example.com | ada@example.com", "Email | the other of UserName and Email | - | ada@example.com"],
            Rows(Explain(rule, ("Mail", "ada@example.com"))));
    }

    [Theory]
    [InlineData("ada@example.com", "", "")]
    [InlineData("no address", "Licensed", "Licensed")]
    public void A_licence_comes_to_nothing_where_there_is_none_or_nobody_to_have_it(string mail, string plan, string raw)
    {
        var rule = Read(Rule(("preset", "none"), ("attributes", T(("UserName", "Mail"), ("License", "Plan")))));
        Assert.Equal(
            new AttributeExplanation("License", "property 'Plan'", raw, null, ApplyWhen.Always, false),
            Assert.Single(Explain(rule, ("Mail", mail), ("Plan", plan)).Attributes, a => a.Name == "License"));
    }

    [Fact]
    public void What_was_not_read_any_more_of_a_record_that_cannot_be_used_is_told_with_where_it_would_come_from()
    {
        var rule = Read(Rule(("preset", "none"), ("attributes", T(("UserName", "Mail"), ("Active", "May"), ("Title", "Job"), ("pronouns", "Says")))));
        var explanation = Explain(rule, ("Mail", "ada@example.com"), ("May", "perhaps"), ("Job", "Chief"), ("Says", "she"));
        Assert.Equal(
            [
                "Active | property 'May' | perhaps | -",
                "Title | property 'Job' | - | -",
                "UserName | property 'Mail' | ada@example.com | -",
                "pronouns | property 'Says' | - | -",
            ],
            Rows(explanation).OrderBy(r => r, StringComparer.Ordinal));
    }

    [Fact]
    public void Who_a_record_is_about_is_told_though_it_cannot_be_used()
    {
        var explanation = Explain(Read(Rule()), ("Email", "ada@example.com"), ("FirstName", "Ada"), ("LastName", "Byron"), ("Active", "perhaps"));
        Assert.Null(explanation.Desired);
        Assert.Equal(("ada@example.com", "Ada Byron", "the record"), (explanation.UserName, explanation.FullName, explanation.Label));
        Assert.Equal("Ada Byron <ada@example.com>", explanation.Called);
    }

    [Theory]
    [InlineData("Ada", "Byron", "Ada Byron|Byron, Ada")]
    [InlineData("Ada", "", "")]
    [InlineData("", "Byron", "")]
    public void A_name_is_whole_with_both_its_parts(string given, string family, string names) => Assert.Equal(
        names,
        string.Join("|", Explain(Read(Rule()), ("Email", "ada@example.com"), ("FirstName", given), ("LastName", family)).FullNames));

    [Fact]
    public void What_was_doubted_while_reading_is_told()
    {
        var explanation = SourceReader.Explain(Read(Rule()), FakeRecord.Ad(("UserPrincipalName", "ada@example.com")));
        Assert.StartsWith("The records carry no EmailAddress, so UserPrincipalName is used", Assert.Single(explanation.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Dept eq 'Legal'", false, "Dept is 'Sales'")]
    [InlineData("Team pr and Dept eq 'Sales'", false, "Team has no value")]
    [InlineData("Dept eq 'Sales' or Team pr", true, "")]
    public void Who_is_out_of_scope_learns_by_what(string scope, bool isIn, string by)
    {
        var explanation = Explain(Read(Rule(("scope", scope))), ("Email", "ada@example.com"), ("Dept", "Sales"));
        Assert.Equal((isIn, by), (explanation.InScope, string.Join("; ", explanation.OutOfScopeBy)));
    }
}
