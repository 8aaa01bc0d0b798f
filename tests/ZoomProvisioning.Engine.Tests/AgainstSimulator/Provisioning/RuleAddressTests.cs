using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;
using ZoomProvisioning.Runs;

namespace ZoomProvisioning.Engine.Tests.AgainstSimulator.Provisioning;

/// <summary>Addresses that pass from one person to another, which Zoom allows only when the first one has given it up.</summary>
public class RuleAddressTests
{
    private static readonly GuardLimits Wide = new()
    {
        MaxDisable = 100,
        MaxDisablePercent = 100,
        MaxDelete = 100,
        MaxDeletePercent = 100,
        MaxSourceShrinkPercent = 100,
    };
    private static readonly ProvisioningRule Rule = new("rule") { Anchor = "Id", Guard = Wide };

    /// <summary>People named a, b, c and so on, with the anchors 0, 1, 2.</summary>
    private static SourceSnapshot Named(params string[] names) => RuleTenant.Source([.. names.Select((name, i) => RuleTenant.Person(name, null, $"{i}"))]);

    private static async Task<RuleTenant> TenantOf(ProvisioningRule rule, params string[] names)
    {
        var tenant = new RuleTenant(rule);
        await tenant.RunAsync(Named(names));
        tenant.Forget();
        return tenant;
    }

    private static ChangeResult Of(ProvisioningRun run, string name) => Assert.Single(run.Results, r => r.UserName == $"{name}@example.com");

    [Fact]
    public async Task A_chain_of_renames_is_one_run_from_its_free_end()
    {
        using var tenant = await TenantOf(Rule, "a", "b", "c", "other");
        var ids = new[] { tenant.Id("a"), tenant.Id("b"), tenant.Id("c") };
        var run = await tenant.RunAsync(Named("b", "c", "d", "other"), concurrency: 16);
        Assert.Equal((3, RunOutcome.Done), (run.Updated, run.Outcome));
        Assert.Equal(ids, new[] { tenant.Id("b"), tenant.Id("c"), tenant.Id("d") });
        Assert.Equal(Enumerable.Reverse(ids).Select(id => "/scim2/Users/" + Uri.EscapeDataString(id)), tenant.Writes.Select(w => w.Path));
        Assert.Empty((await tenant.PlanAsync(Named("b", "c", "d", "other"))).Pending);
    }

    [Fact]
    public async Task A_chain_in_a_saved_plan_keeps_its_order()
    {
        using var tenant = await TenantOf(Rule, "a", "b", "c");
        var plan = new StateFactory().ReadPlan(new StateFactory().WritePlan(await tenant.PlanAsync(Named("b", "c", "d"))));
        Assert.Equal(3, (await tenant.ApplyAsync(plan)).Updated);
    }

    [Theory]
    [InlineData("b", "a", "other")]
    [InlineData("b", "other", "a")]
    public async Task Addresses_that_go_round_in_a_circle_are_blocked_with_a_way_out(string first, string second, string third)
    {
        using var tenant = await TenantOf(Rule, "a", "b", "other");
        var run = await tenant.RunAsync(Named(first, second, third));
        Assert.Empty(tenant.Writes);
        var blocked = run.Results.Where(r => r.Action == PlanAction.Blocked).ToList();
        Assert.Equal(third == "a" ? 3 : 2, blocked.Count);
        Assert.All(blocked, b => Assert.Contains("circle", b.Reason, StringComparison.Ordinal));
        Assert.All(blocked, b => Assert.Contains("for one run", b.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_waits_for_an_address_of_somebody_who_keeps_it_is_blocked()
    {
        using var tenant = await TenantOf(Rule, "a", "b", "c");
        tenant.Rule = new ProvisioningRule("rule") { Anchor = "Id", Guard = Wide, Protected = new ProtectedUsers([tenant.Id("c")]) };
        var run = await tenant.RunAsync(Named("b", "c", "d"));
        Assert.Empty(tenant.Writes);
        Assert.Equal(PlanAction.Protected, Of(run, "c").Action);
        Assert.Contains("'c@example.com', belongs to another Zoom user", Of(run, "b").Reason, StringComparison.Ordinal);
        Assert.Equal((PlanAction.Blocked, PlanAction.Blocked), (Of(run, "b").Action, Of(run, "a").Action));
    }

    [Fact]
    public async Task When_Zoom_refuses_the_first_rename_the_others_are_not_sent()
    {
        using var tenant = await TenantOf(Rule, "a", "b", "c");
        tenant.Zoom.PatchBehaviour("""{"faults":[{"kind":"status","status":400,"content_type":"application/scim+json","body":"{\"schemas\":["""
            + """\"urn:ietf:params:scim:api:messages:2.0:Error\"],\"detail\":\"Refused.\",\"status\":400}","method":"PUT","path":"/scim2/Users/"""
            + $$"""{{Uri.EscapeDataString(tenant.Id("c"))}}"}]}""");
        var run = await tenant.RunAsync(Named("b", "c", "d"));
        Assert.Single(tenant.Writes);
        Assert.Equal(ChangeOutcome.Failed, Of(run, "c").Outcome);
        Assert.All(new[] { "a", "b" }, name => Assert.Equal(ChangeOutcome.Skipped, Of(run, name).Outcome));
        Assert.Contains("still has", Of(run, "b").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_is_to_be_inactive_is_deactivated_although_the_new_address_is_taken()
    {
        using var tenant = await TenantOf(Rule, "a", "b");
        await tenant.Users.CreateAsync(new ScimUser { UserName = "taken@example.com" }.Attributes, ScimCall.None);
        var run = await tenant.RunAsync(RuleTenant.Source(RuleTenant.Person("taken", u => u.Active = false, "0"), RuleTenant.Person("b", null, "1")));
        Assert.False(tenant.State("a")!["active"]!.GetValue<bool>());
        Assert.Contains(Of(run, "a").Warnings, w => w.Contains("belongs to another Zoom user", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(RemoveAction.Disable)]
    [InlineData(RemoveAction.Delete)]
    public async Task A_joiner_under_a_leavers_address_may_be_the_same_person_so_nobody_is_removed_and_nothing_given(RemoveAction action)
    {
        using var tenant = await TenantOf(new ProvisioningRule("rule") { Anchor = "Id", Guard = Wide, RemoveAction = action }, "a", "b");
        var leaver = tenant.Id("b");
        var source = RuleTenant.Source(RuleTenant.Person("a", null, "0"), RuleTenant.Person("b", u => u.GivenName = "Jack", "new"));
        for (var round = 0; round < 2; round++)
        {
            var run = await tenant.RunAsync(source, approve: null);
            Assert.Equal((1, 0, 0), (run.Held, run.Disabled, run.Deleted));
            Assert.Equal(("new", PlanAction.Relink), (Assert.Single(run.Plan.Held).Anchor, Assert.Single(run.Plan.Held).Action));
            Assert.Equal(("Jill", true), (tenant.State("b")!["name"]!["givenName"]!.GetValue<string>(), tenant.State("b")!["active"]!.GetValue<bool>()));
        }

        Assert.Empty(tenant.Writes);
        await tenant.Users.DeleteAsync(leaver, ScimCall.None);
        Assert.Equal(1, (await tenant.RunAsync(source, approve: null)).Created);
    }

    [Fact]
    public async Task A_joiner_under_the_address_of_somebody_renamed_comes_in_the_next_run()
    {
        using var tenant = await TenantOf(Rule, "a", "b");
        var source = RuleTenant.Source(RuleTenant.Person("a", null, "0"), RuleTenant.Person("b2", null, "1"), RuleTenant.Person("b", null, "new"));
        var first = await tenant.RunAsync(source);
        Assert.Equal((1, 0), (first.Updated, first.Created));
        Assert.Contains("next run", Assert.Single(first.Results, r => r.Action == PlanAction.Blocked).Reason, StringComparison.Ordinal);
        Assert.Equal(1, (await tenant.RunAsync(source)).Created);
    }

    [Fact]
    public async Task Somebody_hired_again_under_a_new_anchor_is_known_by_the_rules_next_key()
    {
        var rule = new ProvisioningRule("rule") { Anchor = "Id", Guard = Wide, Match = [ZoomAttributes.UserName, ZoomAttributes.EmployeeNumber] };
        using var tenant = new RuleTenant(rule);
        DesiredUser Jill(string anchor) => RuleTenant.Person("jill", u => u.EmployeeNumber = "7", anchor);
        await tenant.RunAsync(RuleTenant.Source(Jill("old"), RuleTenant.Person("a")));
        var id = tenant.Id("jill");
        await tenant.RunAsync(RuleTenant.Source(RuleTenant.Person("a")));
        Assert.Equal(1, (await tenant.RunAsync(RuleTenant.Source(Jill("new"), RuleTenant.Person("a")))).Reactivated);
        Assert.Equal(id, tenant.Id("jill"));
    }

    [Fact]
    public async Task Two_records_that_claim_one_user_change_nothing_of_it()
    {
        using var tenant = await TenantOf(Rule, "a", "b");
        var id = tenant.Id("b");
        var second = RuleTenant.Person("other", null, "y");
        var run = await tenant.RunAsync(RuleTenant.Source(
            RuleTenant.Person("a", null, "0"),
            RuleTenant.Person("b", null, "x"),
            new DesiredUser(second.Values) { Label = second.Label, Anchor = "y", ZoomId = id }));
        Assert.Equal(2, run.Results.Count(r => r.Action == PlanAction.Blocked));
        Assert.Empty(tenant.Writes);
        Assert.Equal(("1", "Id"), (tenant.Ledger.Find(id)!.Anchor, tenant.Ledger.AnchorProperty));
    }

    [Fact]
    public async Task A_rule_with_another_anchor_blocks_nobody_while_somebody_is_blocked_under_the_new_one()
    {
        using var tenant = await TenantOf(Rule, "a", "b");
        tenant.Rule = new ProvisioningRule("rule") { Anchor = "Key", Guard = Wide, AllowUpdate = false };
        var source = RuleTenant.Source(RuleTenant.Person("a", null, "x"), RuleTenant.Person("b", u => u.Department = "Sales", "y"));
        for (var round = 0; round < 2; round++)
        {
            Assert.Contains(
                "capabilities.update",
                Assert.Single((await tenant.RunAsync(source)).Results, r => r.Action == PlanAction.Blocked).Reason,
                StringComparison.Ordinal);
        }

        tenant.Rule = new ProvisioningRule("rule") { Anchor = "Key", Guard = Wide };
        Assert.Equal(1, (await tenant.RunAsync(source)).Updated);
        Assert.Equal(("Key", "x", "y"), (tenant.Ledger.AnchorProperty, tenant.Ledger.Find(tenant.Id("a"))!.Anchor, tenant.Ledger.Find(tenant.Id("b"))!.Anchor));
    }

    [Fact]
    public async Task A_rule_with_another_anchor_knows_its_people_by_name_once()
    {
        using var tenant = await TenantOf(Rule, "a", "b");
        tenant.Rule = new ProvisioningRule("rule") { Anchor = "Key", Guard = Wide };
        var source = RuleTenant.Source(RuleTenant.Person("a", null, "x"), RuleTenant.Person("b", null, "y"));
        var run = await tenant.RunAsync(source);
        Assert.Empty(tenant.Writes);
        Assert.Equal(2, run.Unchanged);
        Assert.Equal(["x", "y"], tenant.Ledger.Entries.Select(e => e.Anchor).OrderBy(a => a, StringComparer.Ordinal));
        var renamed = await tenant.RunAsync(RuleTenant.Source(RuleTenant.Person("a2", null, "x"), RuleTenant.Person("b", null, "y")));
        Assert.Equal((1, 0, 0), (renamed.Updated, renamed.Created, renamed.Disabled));
    }
}
