using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Engine.Tests.AgainstSimulator.Provisioning;

/// <summary>A saved plan applies once, in time, and to each person only while nobody has seen that person otherwise since.</summary>
public class SavedPlanTests
{
    private static readonly string[] Names = ["anna", "ben", "carla", "dora", "emil", "fay"];

    private static SourceSnapshot Everybody(Action<ScimUser>? more = null) => RuleTenant.Source([.. Names.Select(n => RuleTenant.Person(n, more))]);

    private static SourceSnapshot Without(params string[] gone) => RuleTenant.Source([.. Names.Except(gone).Select(n => RuleTenant.Person(n))]);

    private static SyncPlan Saved(SyncPlan plan) => new StateFactory().ReadPlan(new StateFactory().WritePlan(plan));

    private static async Task<RuleTenant> BeginAsync(ProvisioningRule? rule = null)
    {
        var tenant = new RuleTenant(rule);
        await tenant.RunAsync(Everybody());
        tenant.Forget();
        return tenant;
    }

    [Fact]
    public async Task Whoever_a_later_run_has_seen_in_the_source_is_not_removed_by_an_old_plan()
    {
        using var tenant = await BeginAsync();
        var plan = Saved(await tenant.PlanAsync(Without("anna", "ben")));
        Assert.Equal(2, plan.Count(PlanAction.Disable));
        await tenant.RunAsync(Everybody());
        var run = await tenant.ApplyAsync(plan);
        Assert.Empty(tenant.Writes);
        Assert.Equal(2, run.Results.Count(r => r.IsStale));
        Assert.Contains("has seen the person", run.Results.First(r => r.IsStale).Reason);
    }

    [Fact]
    public async Task What_the_source_wanted_only_for_a_while_is_not_written_by_an_old_plan()
    {
        using var tenant = await BeginAsync();
        var plan = Saved(await tenant.PlanAsync(Everybody(u => u.Department = "Away")));
        await tenant.RunAsync(Everybody());
        Assert.Equal(Names.Length, (await tenant.ApplyAsync(plan)).Results.Count(r => r.IsStale));
        Assert.Empty(tenant.Writes);
    }

    [Fact]
    public async Task What_later_runs_have_held_as_well_may_still_be_applied()
    {
        using var tenant = await BeginAsync(new ProvisioningRule("rule") { Guard = new GuardLimits { MaxDisable = 1 } });
        var plan = Saved(await tenant.PlanAsync(Without("anna", "ben"), approve: null));
        Assert.Equal(2, plan.Held.Count);
        Assert.Equal(2, (await tenant.RunAsync(Without("anna", "ben"), approve: null)).Held);
        Assert.Equal(2, (await tenant.ApplyAsync(plan, approve: plan.ShortId)).Disabled);
    }

    [Fact]
    public async Task A_plan_applies_once()
    {
        using var tenant = await BeginAsync();
        var plan = Saved(await tenant.PlanAsync(Without("anna")));
        Assert.Equal(1, (await tenant.ApplyAsync(plan)).Disabled);
        await tenant.Users.SetActiveAsync(tenant.Id("anna"), true, ZoomProvisioning.Contracts.ScimCall.None);
        tenant.Restart();
        tenant.Forget();
        var error = await Assert.ThrowsAsync<ScimStateException>(() => tenant.ApplyAsync(plan));
        Assert.Equal("Zoom.Plan.AppliedBefore", error.ErrorId);
        Assert.NotEmpty(error.RecommendedAction);
        Assert.Empty(tenant.Writes);
    }

    [Fact]
    public async Task A_plan_is_applied_within_the_hours_the_rule_gives_it()
    {
        using var tenant = await BeginAsync();
        var plan = Saved(await tenant.PlanAsync(Without("anna")));
        tenant.Clock.Advance(TimeSpan.FromHours(25));
        var error = await Assert.ThrowsAsync<ScimStateException>(() => tenant.ApplyAsync(plan));
        Assert.Equal("Zoom.Plan.TooOld", error.ErrorId);
        Assert.Contains("planMaxAgeHours", error.Message);

        // It was not applied, so a rule that gives it more time takes it.
        tenant.Rule = new ProvisioningRule("rule") { CreateGroups = true, PlanMaxAge = TimeSpan.FromHours(48) };
        Assert.Equal(1, (await tenant.ApplyAsync(plan)).Disabled);
    }

    [Fact]
    public async Task An_entry_holds_only_while_the_ledger_says_of_the_person_what_it_said()
    {
        using var tenant = await BeginAsync();
        var plan = Saved(await tenant.PlanAsync(Everybody(u => u.Department = "Sales")));
        Assert.All(plan.Changes, c => Assert.StartsWith("managed ", c.LedgerState));
        tenant.Memory.Append(new JournalEntry(JournalKind.Unlinked) { ZoomId = tenant.Id("anna"), UserName = "anna@example.com" });
        var run = await tenant.ApplyAsync(plan);
        Assert.Equal("anna@example.com", Assert.Single(run.Results, r => r.IsStale).UserName);
        Assert.Equal(Names.Length - 1, run.Updated);
    }

    [Fact]
    public async Task What_is_left_undone_for_the_same_reason_as_in_the_run_before_is_not_written_again()
    {
        using var tenant = await BeginAsync(new ProvisioningRule("rule") { AllowCreate = false });
        var source = RuleTenant.Source([.. Names.Select(n => RuleTenant.Person("new" + n))]);
        long before = 0;
        for (var night = 0; night < 4; night++)
        {
            before = tenant.Memory.LastEntry;
            await tenant.RunAsync(source);
            tenant.Restart();
            Assert.Equal(night == 0 ? Names.Length : 0, tenant.Memory.ReadJournal(before).Count(e => e.Kind == JournalKind.NotDone));
            Assert.Equal(night == 0 ? null : Names.Length, tenant.Memory.Journal.Last(e => e.Kind == JournalKind.RunEnded).StillUndone);
        }

        // Another reason is written, and what is gone and comes back too.
        before = tenant.Memory.LastEntry;
        await tenant.RunAsync(RuleTenant.Source([.. source.People.Skip(1)]));
        await tenant.RunAsync(source);
        var written = Assert.Single(tenant.Memory.ReadJournal(before), e => e.Kind == JournalKind.NotDone);
        Assert.Equal("newanna@example.com", written.UserName);
    }
}
