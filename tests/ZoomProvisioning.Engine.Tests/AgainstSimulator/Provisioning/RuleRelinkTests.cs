using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Rules;
using ZoomProvisioning.Runs;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Engine.Tests.AgainstSimulator.Provisioning;

/// <summary>
/// What waits for an approval, what comes of it, and that it stays so: anchors that
/// changed, doors shut by hand, people of two rules, one person on demand.
/// </summary>
public class RuleRelinkTests
{
    private static readonly GuardLimits Wide = new() { MaxDisable = 100, MaxDisablePercent = 100, MaxSourceShrinkPercent = 100 };
    private static readonly ProvisioningRule Anchored = new("rule") { Anchor = "Id", Guard = Wide };

    [Theory]
    [InlineData("C-77", "E90001")]
    [InlineData("000012", "12")]
    public async Task A_changed_anchor_is_taken_over_once_it_is_approved_and_nothing_is_written(string before, string now)
    {
        using var tenant = new RuleTenant(Anchored);
        await tenant.RunAsync(RuleTenant.Source(RuleTenant.Person("ada", null, before), RuleTenant.Person("ben")));
        tenant.Forget();
        var source = RuleTenant.Source(RuleTenant.Person("ada", u => u.Department = "Sales", now), RuleTenant.Person("ben"));
        for (var round = 0; round < 2; round++)
        {
            var held = await tenant.RunAsync(source, approve: null);
            Assert.Equal((1, 0, RunOutcome.Held), (held.Held, held.Disabled, held.Outcome));
            Assert.Empty(tenant.Writes);
        }

        Assert.Equal(1, (await tenant.RunAsync(source, approve: (await tenant.PlanAsync(source, null)).Id)).Relinked);
        Assert.Empty(tenant.Writes);
        tenant.Restart();
        Assert.Equal(now, tenant.Ledger.Find(tenant.Id("ada"))!.Anchor);
        Assert.Equal(1, (await tenant.RunAsync(source, approve: null)).Updated);
        tenant.Forget();
        Assert.Equal(2, (await tenant.RunAsync(source, approve: null)).Unchanged);
        Assert.Empty(tenant.Writes);
    }

    /// <summary>Hired again under a new number: the approval says who it is, and the run is no success before they can sign in.</summary>
    [Fact]
    public async Task A_relink_of_somebody_who_is_not_as_the_source_says_is_no_success_yet()
    {
        using var tenant = new RuleTenant(new ProvisioningRule("rule") { Anchor = "EmpId" });
        await tenant.RunAsync(RuleTenant.Source(RuleTenant.Person("ada", anchor: "1"), RuleTenant.Person("ben", anchor: "2")));
        await tenant.RunAsync(RuleTenant.Source(RuleTenant.Person("ada", anchor: "1"), RuleTenant.Person("ben", u => u.Active = false, anchor: "2")));
        var source = RuleTenant.Source(RuleTenant.Person("ada", anchor: "1"), RuleTenant.Person("ben", u => u.Active = true, anchor: "3"));
        var held = await tenant.RunAsync(source, null);
        Assert.Equal(RunOutcome.Held, held.Outcome);
        var relinked = await tenant.RunAsync(source, held.Plan.Id[..12]);
        Assert.Equal((1, RunOutcome.Attention), (relinked.Relinked, relinked.Outcome));
        Assert.Contains(relinked.Attention, g => g.Reason.Contains("until the next run", StringComparison.Ordinal));
        Assert.Equal(RunOutcome.Done, (await tenant.RunAsync(source, null)).Outcome);
        Assert.True(tenant.State("ben")!["active"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Somebody_deactivated_by_hand_stays_so_until_it_is_approved_and_then_has_the_licence_of_before()
    {
        using var tenant = new RuleTenant(Anchored);
        var source = RuleTenant.Source(RuleTenant.Person("ada", u => u.Active = true), RuleTenant.Person("ben", u => u.Active = true));
        await tenant.RunAsync(source);
        await tenant.Users.UpdateAsync(tenant.Id("ada"), new ScimObject { ["userType"] = "Licensed" }, ScimCall.None);
        await tenant.RunAsync(source);
        await tenant.Users.SetActiveAsync(tenant.Id("ada"), false, ScimCall.None);
        tenant.Forget();
        for (var round = 0; round < 3; round++)
        {
            Assert.Equal(1, (await tenant.RunAsync(source, approve: null)).Held);
        }

        Assert.Empty(tenant.Writes);
        Assert.Equal(1, (await tenant.RunAsync(source, approve: (await tenant.PlanAsync(source, null)).Id)).Reactivated);
        Assert.Equal((true, "Licensed"), (tenant.State("ada")!["active"]!.GetValue<bool>(), tenant.State("ada")!["userType"]!.GetValue<string>()));
        tenant.Forget();
        Assert.Equal(2, (await tenant.RunAsync(source, approve: null)).Unchanged);
        Assert.Empty(tenant.Writes);
    }

    [Fact]
    public async Task A_door_shut_by_hand_is_not_opened_by_a_gap_in_the_source_either()
    {
        using var tenant = new RuleTenant(Anchored);
        var (ada, ben) = (RuleTenant.Person("ada", u => u.Active = true), RuleTenant.Person("ben"));
        await tenant.RunAsync(RuleTenant.Source(ada, ben));
        await tenant.Users.SetActiveAsync(tenant.Id("ada"), false, ScimCall.None);
        await tenant.RunAsync(RuleTenant.Source(ben));
        await tenant.RunAsync(RuleTenant.Source(RuleTenant.Person("ada", u => u.Active = false), ben));
        Assert.Equal(1, (await tenant.RunAsync(RuleTenant.Source(ada, ben), approve: null)).Held);
        Assert.False(tenant.State("ada")!["active"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("Licensed")]
    [InlineData(null)]
    public async Task Back_from_leave_with_a_licence_that_is_set_on_creation_only(string? inSource)
    {
        var rule = new ProvisioningRule("rule")
        {
            Guard = Wide,
            Attributes = new System.Collections.Generic.Dictionary<string, AttributeRule>(StringComparer.OrdinalIgnoreCase)
            {
                ["UserType"] = new(Input.AttributeSource.FromProperty("UserType")) { Apply = ApplyWhen.OnCreate },
            },
        };
        using var tenant = new RuleTenant(rule);
        DesiredUser Ada(bool active) => RuleTenant.Person("ada", u =>
        {
            u.Active = active;
            u.UserType = inSource ?? "Basic";
        });
        await tenant.RunAsync(RuleTenant.Source(Ada(true), RuleTenant.Person("ben")));
        await tenant.Users.UpdateAsync(tenant.Id("ada"), new ScimObject { ["userType"] = "Licensed" }, ScimCall.None);
        await tenant.RunAsync(RuleTenant.Source(Ada(true), RuleTenant.Person("ben")));
        await tenant.RunAsync(RuleTenant.Source(Ada(false), RuleTenant.Person("ben")));
        Assert.Equal(1, (await tenant.RunAsync(RuleTenant.Source(Ada(true), RuleTenant.Person("ben")), approve: null)).Reactivated);
        Assert.Equal("Licensed", tenant.State("ada")!["userType"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(-1, "contractors", 0)]
    [InlineData(1, "rule", 1)]
    public async Task Of_two_rules_over_one_person_the_first_ones_values_count(int days, string owner, int writes)
    {
        using var tenant = new RuleTenant(Anchored);
        var source = RuleTenant.Source(RuleTenant.Person("ada", u => u.Department = "Sales"));
        await tenant.RunAsync(source);
        var other = new Ledger("account", "contractors");
        other.Put(new LedgerEntry(tenant.Id("ada"), "ada@example.com", LedgerOrigin.Adopted, tenant.Ledger.Entries.Single().LinkedAt.AddDays(days)));
        tenant.OtherLedgers.Add(other);
        await tenant.Users.UpdateAsync(
            tenant.Id("ada"),
            new ScimObject { [ScimSchemas.EnterpriseUser] = new ScimObject { ["department"] = "Research" } },
            ScimCall.None);
        tenant.Forget();
        for (var round = 0; round < 3; round++)
        {
            var run = await tenant.RunAsync(source);
            var finding = Assert.Single(run.Plan.Guard, f => f.Check == GuardCheck.SharedPeople).Message;
            Assert.Contains(owner == "rule" ? "this rule had them first" : "and had them first", finding, StringComparison.Ordinal);
            var change = Assert.Single(run.Plan.Changes);
            if (owner != "rule")
            {
                Assert.Equal("Owned elsewhere: the rule 'contractors' had this user first, so its values count and Department stays different", change.Reason);
            }
        }

        Assert.Equal(writes, tenant.Writes.Count);
    }

    [Fact]
    public async Task One_person_on_demand_needs_no_other_record_and_takes_nobody_for_a_leaver()
    {
        using var tenant = await TenAsync();
        tenant.Only = new Selection(["PERSON3@example.com"]);
        var run = await tenant.RunAsync(RuleTenant.Source(RuleTenant.Person("person3", u => u.Department = "Sales")), approve: null);
        Assert.Equal((1, 1, RunOutcome.Done), (run.Plan.Changes.Count, run.Updated, run.Outcome));
        Assert.Single(tenant.Writes);
        tenant.Only = null;
        Assert.Equal(10, (await tenant.RunAsync(Ten(u => u.Department = "Sales"), approve: null)).Updated + 1);
    }

    [Fact]
    public async Task Of_a_whole_source_a_leaver_on_demand_goes_alone()
    {
        using var tenant = await TenAsync();
        var source = Ten() with { People = [.. Ten().People.Skip(2)] };
        tenant.Only = new Selection(["person0"]);
        var run = await tenant.RunAsync(source, approve: null);
        Assert.Equal((1, 1), (run.Plan.Changes.Count, run.Disabled));
        Assert.True(tenant.State("person1")!["active"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("person9@example.com", "Only a whole source can say")]
    [InlineData("nobody@example.com", "Nobody is called 'nobody@example.com'")]
    public async Task Whoever_is_not_found_on_demand_is_an_error_and_nobody_is_touched(string who, string words)
    {
        using var tenant = await TenAsync(new ProvisioningRule("rule") { Anchor = "Id" });
        tenant.Only = new Selection(["person3@example.com", who]);
        var error = await Assert.ThrowsAsync<ScimRecordException>(
            () => tenant.RunAsync(RuleTenant.Source(RuleTenant.Person("person3", u => u.Department = "Sales")), approve: null));
        Assert.Equal("Zoom.Source.NobodyFound", error.ErrorId);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.Empty(tenant.Writes);
    }

    [Fact]
    public async Task On_demand_people_are_found_by_anchor_and_by_Zoom_id_as_well()
    {
        using var tenant = await TenAsync();
        tenant.Only = new Selection(["person3", tenant.Id("person4")]);
        var run = await tenant.RunAsync(Ten(u => u.Department = "Sales"), approve: null);
        Assert.Equal(["person3@example.com", "person4@example.com"], run.Results.Select(r => r.UserName));
        Assert.Equal(2, run.Updated);
    }

    private static SourceSnapshot Ten(Action<ScimUser>? more = null) =>
        RuleTenant.Source([.. Enumerable.Range(0, 10).Select(i => RuleTenant.Person($"person{i}", more))]);

    private static async Task<RuleTenant> TenAsync(ProvisioningRule? rule = null)
    {
        var tenant = new RuleTenant(rule ?? Anchored);
        await tenant.RunAsync(Ten());
        tenant.Forget();
        return tenant;
    }
}
