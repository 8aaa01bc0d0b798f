using System.Collections.Generic;
using System.Linq;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Tests.Reconcile;

/// <summary>Who comes into a group and who goes: what is wanted, what Zoom has, what the rule itself has done.</summary>
public class GroupPlannerTests
{
    private readonly List<string> _remarks = [];

    private static ScimGroup Group(string? id, string? name) => new(new ScimObject { ["id"] = id, ["displayName"] = name });

    private string Plan(string[] wanted, LedgerEntry? entry = null, bool creates = false, params ScimGroup[] groups)
    {
        var account = new AccountSnapshot([], isComplete: true) { Groups = groups };
        var planner = new GroupPlanner(new ProvisioningRule("rule") { CreateGroups = creates }, account);
        return string.Join(" ", planner.For(new DesiredUser(new ScimUser()) { Groups = wanted }, entry, _remarks).Select(c => $"{c}({c.GroupId})"));
    }

    private static LedgerEntry Member(params (string Id, string Name, bool IsCertain)[] groups)
    {
        var entry = new LedgerEntry("1", "ada@example.com", LedgerOrigin.Created, default);
        foreach (var (id, name, isCertain) in groups)
        {
            entry.Groups[id] = new LedgerGroup(name, isCertain);
        }

        return entry;
    }

    [Fact]
    public void Whoever_wants_none_and_has_none_by_the_rules_doing_changes_nothing()
    {
        Assert.Equal("", Plan([], null, false, Group("g1", "Sales")));
        Assert.Equal("", Plan([], Member(), false, Group("g1", "Sales")));
    }

    [Fact]
    public void A_joiner_comes_in_once_whatever_the_spelling_in_the_order_of_the_names() =>
        Assert.Equal("+Art(g2) +Sales(g1)", Plan(["SALES", "art", "sales"], null, false, Group("g1", "Sales"), Group("g2", "Art")));

    [Theory]
    [InlineData(true, "")]
    [InlineData(false, "+Sales(g1)")]
    public void A_member_by_the_ledgers_word_stays_unless_nobody_knows_what_became_of_it(bool isCertain, string expected) =>
        Assert.Equal(expected, Plan(["Sales"], Member(("g1", "Sales", isCertain)), false, Group("g1", "Sales")));

    [Fact]
    public void Only_whom_the_rule_put_in_goes_and_only_out_of_a_group_that_is_there()
    {
        var entry = Member(("g3", "Sales", true), ("g1", "Zoo", true), ("g2", "zoo", false), ("gone", "Old", true));
        ScimGroup[] groups = [Group("g1", "Zoo"), Group("g2", "zoo"), Group("g3", "Sales"), Group("g4", "Never")];
        Assert.Equal("-Sales(g3) -Zoo(g1) -zoo(g2)", Plan([], entry, false, groups));
        Assert.Equal("-Zoo(g1) -zoo(g2)", Plan(["Sales"], entry, false, groups));
    }

    [Fact]
    public void A_group_that_was_renamed_in_Zoom_is_known_by_its_id() =>
        Assert.Equal("", Plan(["Vertrieb"], Member(("g1", "Sales", true)), false, Group("g1", "Vertrieb")));

    [Fact]
    public void A_group_there_is_not_is_remarked_or_created()
    {
        Assert.Equal("", Plan(["Sales"]));
        Assert.Equal("There is no Zoom group 'Sales', so nobody is put into it; create it, or let the rule do so (createGroups).", Assert.Single(_remarks));
        Assert.Equal("+Sales()", Plan(["Sales"], null, creates: true));
        Assert.Single(_remarks);
    }

    [Fact]
    public void Of_two_groups_of_one_name_the_first_by_id_is_taken_and_what_has_no_name_is_none() =>
        Assert.Equal("+Sales(g1)", Plan(["sales"], null, false, Group("g2", "SALES"), Group("g1", "Sales"), Group(null, "sales"), Group("g0", null)));

    [Fact]
    public void Where_groups_were_not_listed_nobody_is_put_anywhere()
    {
        var planner = new GroupPlanner(new ProvisioningRule("rule"), new AccountSnapshot([], isComplete: true));
        Assert.Empty(planner.For(new DesiredUser(new ScimUser()) { Groups = ["Sales"] }, Member(("g1", "Old", true)), _remarks));
        Assert.Single(_remarks);
    }
}
