using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;
using ZoomProvisioning.Runs;

namespace ZoomProvisioning.Engine.Tests.AgainstSimulator.Provisioning;

/// <summary>A run is Done only when everybody is as the source says; who is not is told in groups.</summary>
public class RuleAttentionTests
{
    private static DesiredUser Person(int number, Action<ScimUser>? more = null) => RuleTenant.Person($"person{number:000}", more);

    [Fact]
    public async Task Sixty_who_may_not_be_changed_are_one_line_and_no_success()
    {
        using var tenant = new RuleTenant();
        await tenant.RunAsync(RuleTenant.Source([.. Enumerable.Range(0, 60).Select(n => Person(n))]));
        tenant.Rule = new ProvisioningRule("rule") { AllowUpdate = false };
        var source = RuleTenant.Source([.. Enumerable.Range(0, 60).Select(n => Person(n, u => u.Department = "Sales"))]);
        var run = await tenant.RunAsync(source);
        Assert.Equal(RunOutcome.Attention, run.Outcome);
        var group = Assert.Single(run.Attention);
        Assert.Equal((AttentionKind.Blocked, 60, 5), (group.Kind, group.Count, group.Names.Count));
        Assert.Contains("and 55 more", group.ToString(), StringComparison.Ordinal);
        Assert.Equal(RunOutcome.Attention, ProvisioningRun.Planned(await tenant.PlanAsync(source), tenant.Rule, source).Outcome);
    }

    [Fact]
    public async Task Whom_the_rule_protects_does_not_count_and_whom_Zoom_protects_does()
    {
        using var tenant = new RuleTenant(new ProvisioningRule("rule") { Protected = new ProtectedUsers(["person001@example.com"]) }, seed: 3);
        var owner = new DesiredUser(new ScimUser { UserName = "owner@example.com", Department = "Board" }) { Label = "owner@example.com", Anchor = "owner" };
        var run = await tenant.RunAsync(RuleTenant.Source(Person(1)));
        Assert.Equal((RunOutcome.Done, 0), (run.Outcome, run.NeedAttention));
        run = await tenant.RunAsync(RuleTenant.Source(Person(1), owner));
        Assert.Equal(RunOutcome.Attention, run.Outcome);
        Assert.Equal(AttentionKind.ProtectedByZoom, Assert.Single(run.Attention).Kind);
    }

    [Fact]
    public async Task What_Zoom_keeps_in_vain_is_no_success_in_the_next_run_either()
    {
        using var tenant = new RuleTenant(null, """{"put_names":"only-if-empty"}""");
        await tenant.RunAsync(RuleTenant.Source(Person(1)));
        var moved = RuleTenant.Source(Person(1, u => u.FamilyName = "Wed"));
        foreach (var round in Enumerable.Range(0, 2))
        {
            var run = await tenant.RunAsync(moved);
            Assert.True(run.Outcome == RunOutcome.Attention, $"round {round}: {run.Outcome}");
            Assert.Equal(AttentionKind.NotApplied, Assert.Single(run.Attention).Kind);
        }
    }

    [Fact]
    public async Task What_Zoom_once_did_not_take_is_sent_again_when_Zoom_has_changed_since()
    {
        using var tenant = new RuleTenant(null, """{"put_names":"only-if-empty"}""");
        await tenant.RunAsync(RuleTenant.Source(Person(1)));
        var moved = RuleTenant.Source(Person(1, u => u.FamilyName = "Wed"));
        await tenant.RunAsync(moved);
        tenant.Zoom.PatchBehaviour("""{"put_names":"always"}""");
        async Task ByHand(string name) => await tenant.Users.UpdateAsync(
            tenant.Id("person001"), new ScimObject { ["name"] = new ScimObject { ["familyName"] = name } }, Contracts.ScimCall.None);

        await ByHand("Wed");
        Assert.Equal(RunOutcome.Done, (await tenant.RunAsync(moved)).Outcome);
        await ByHand("Jones");
        Assert.Equal(RunOutcome.Done, (await tenant.RunAsync(moved)).Outcome);
        Assert.Equal("Wed", tenant.State("person001")!["name"]!["familyName"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_exception_that_is_past_says_so()
    {
        using var tenant = new RuleTenant(null, """{"put_names":"only-if-empty"}""");
        await tenant.RunAsync(RuleTenant.Source(Person(1)));
        var yesterday = tenant.Clock.UtcNow.UtcDateTime.Date.AddDays(-1);
        tenant.Rule = new ProvisioningRule("rule") { AllowUpdate = false, Exceptions = [new ExceptedUser("person001@example.com", "on leave", yesterday)] };
        var run = await tenant.RunAsync(RuleTenant.Source(Person(1, u => u.Department = "Sales")));
        Assert.Equal(RunOutcome.Attention, run.Outcome);
        Assert.Contains("(on leave); that day is past.", Assert.Single(Assert.Single(run.Plan.Changes).Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_time_somebody_takes_to_say_yes_is_not_the_runs()
    {
        using var tenant = new RuleTenant();
        var hour = TimeSpan.FromHours(1);
        tenant.Confirm = _ =>
        {
            tenant.Clock.Advance(hour);
            return Task.FromResult(true);
        };
        Assert.InRange((await tenant.RunAsync(RuleTenant.Source(Person(1)))).Duration, TimeSpan.Zero, hour - TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_display_name_that_nobody_wished_for_is_not_missed()
    {
        using var tenant = new RuleTenant(null, """{"put_displayName":"ignored"}""");
        await tenant.RunAsync(RuleTenant.Source(Person(1)));
        Assert.Equal(RunOutcome.Done, (await tenant.RunAsync(RuleTenant.Source(Person(1, u => u.FamilyName = "Wed")))).Outcome);
    }

    [Fact]
    public async Task A_manager_who_is_nobody_and_a_seat_that_is_gone_are_no_success()
    {
        using var tenant = new RuleTenant();
        var run = await tenant.RunAsync(RuleTenant.Source(Person(1, u => u.Manager = "nobody@example.com")));
        Assert.Equal((RunOutcome.Attention, AttentionKind.NotApplied), (run.Outcome, Assert.Single(run.Attention).Kind));
        Assert.NotNull(tenant.State("person001"));
    }

    [Fact]
    public async Task Who_is_deactivated_as_wanted_is_right_whatever_else_differs()
    {
        using var tenant = new RuleTenant();
        await tenant.RunAsync(RuleTenant.Source(Person(1)));
        var gone = RuleTenant.Source(Person(1, u => { u.Active = false; u.Department = "Away"; }));
        await tenant.RunAsync(gone);
        Assert.Equal(RunOutcome.Done, (await tenant.RunAsync(RuleTenant.Source(Person(1, u => { u.Active = false; u.Department = "Elsewhere"; })))).Outcome);
    }
}
