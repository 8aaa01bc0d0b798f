using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Rules;
using ZoomProvisioning.Runs;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Engine.Tests.AgainstSimulator.Provisioning;

/// <summary>A rule whose runs are held back or fail one after the other only plans, until somebody says that it goes on.</summary>
public class RuleQuarantineTests
{
    private static readonly ProvisioningRule Rule = new("rule") { Guard = new GuardLimits { MaxDisable = 1, MaxSourceShrinkPercent = 100 } };

    private static DesiredUser[] People(int number) => [.. Enumerable.Range(0, number).Select(i => RuleTenant.Person($"person{i:00}"))];

    private static SourceSnapshot Leavers(params string[] joiners) => RuleTenant.Source([.. People(15), .. joiners.Select(j => RuleTenant.Person(j))]);

    /// <summary>Twenty people, and runs in which five of them would leave.</summary>
    private static async Task<RuleTenant> HeldAsync(int runs, ProvisioningRule? rule = null)
    {
        var tenant = new RuleTenant(rule ?? Rule);
        await tenant.RunAsync(RuleTenant.Source(People(20)));
        for (var run = 0; run < runs; run++)
        {
            Assert.Equal(RunOutcome.Held, (await tenant.RunAsync(Leavers(), null)).Outcome);
            tenant.Restart();
        }

        tenant.Forget();
        return tenant;
    }

    [Fact]
    public async Task After_three_held_runs_nothing_is_done_and_the_plan_is_shown()
    {
        using var tenant = await HeldAsync(3);
        var run = await tenant.RunAsync(Leavers("joiner"), null);
        Assert.Equal((true, RunOutcome.Held), (run.IsQuarantined, run.Outcome));
        Assert.Equal((1, 6), (run.Plan.Count(PlanAction.Create), run.Plan.Held.Count));
        Assert.Empty(tenant.Writes);
        Assert.Contains("-Resume", Assert.Single(run.Plan.Guard, f => f.Check == GuardCheck.Quarantined).Message, StringComparison.Ordinal);
        Assert.True((await tenant.RunAsync(Leavers("joiner"), null)).IsQuarantined);
    }

    [Fact]
    public async Task Two_are_not_enough_and_a_good_one_between_begins_anew()
    {
        using var tenant = await HeldAsync(2);
        Assert.Equal(RunOutcome.Done, (await tenant.RunAsync(RuleTenant.Source(People(20)), null)).Outcome);
        for (var run = 0; run < 3; run++)
        {
            Assert.Equal(1, (await tenant.RunAsync(Leavers([.. Enumerable.Range(0, run + 1).Select(i => $"joiner{i}")]), null)).Created);
        }

        Assert.True((await tenant.RunAsync(Leavers("last"), null)).IsQuarantined);
    }

    [Fact]
    public async Task Who_says_that_it_goes_on_lets_go_no_more_than_the_guard_does()
    {
        using var tenant = await HeldAsync(4);
        tenant.Resume = true;
        var run = await tenant.RunAsync(Leavers("joiner"), null);
        Assert.Equal((1, 5, false), (run.Created, run.Held, run.IsQuarantined));
        Assert.True(tenant.Memory.Journal.Last(e => e.Kind == JournalKind.RunStarted).Resumes);

        // The counting began anew: the run itself was held, and so are the two next ones.
        tenant.Resume = false;
        for (var night = 0; night < 2; night++)
        {
            Assert.False((await tenant.RunAsync(Leavers("joiner"), null)).IsQuarantined);
        }

        Assert.True((await tenant.RunAsync(Leavers(), null)).IsQuarantined);
    }

    [Fact]
    public async Task Who_approves_the_plan_that_was_shown_ends_it()
    {
        using var tenant = await HeldAsync(3);
        var shown = (await tenant.RunAsync(Leavers("joiner"), null)).Plan;
        var run = await tenant.RunAsync(Leavers("joiner"), shown.Id[..12]);
        Assert.Equal((RunOutcome.Done, 1, 5), (run.Outcome, run.Created, run.Disabled));
        Assert.Equal(0, tenant.Ledger.TroubledRuns);
    }

    [Fact]
    public async Task Looking_does_not_count_and_nothing_to_do_is_no_trouble()
    {
        using var tenant = await HeldAsync(2);
        for (var look = 0; look < 3; look++)
        {
            Assert.False((await tenant.PlanAsync(Leavers("joiner"), null)).IsQuarantined);
        }

        await tenant.RunAsync(Leavers(), null);
        Assert.True((await tenant.PlanAsync(Leavers(), null)).IsQuarantined);
        var run = await tenant.RunAsync(RuleTenant.Source(People(20)), null);
        Assert.Equal((RunOutcome.Done, 0), (run.Outcome, tenant.Ledger.TroubledRuns));
    }

    [Fact]
    public async Task A_saved_plan_waits_too_and_goes_on_when_somebody_says_so()
    {
        using var tenant = await HeldAsync(2);
        var before = await tenant.PlanAsync(Leavers("joiner"), null);
        await tenant.RunAsync(Leavers(), null);
        var during = await tenant.PlanAsync(Leavers("joiner"), null);
        foreach (var plan in new[] { before, during })
        {
            var refused = await Assert.ThrowsAsync<ScimStateException>(() => tenant.ApplyAsync(plan));
            Assert.Equal("Zoom.Rule.Quarantined", refused.ErrorId);
        }

        Assert.Empty(tenant.Writes);
        tenant.Resume = true;
        var run = await tenant.ApplyAsync(during);
        Assert.Equal((1, 5), (run.Created, run.Held));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public async Task The_rule_says_after_how_many(int after, bool isQuarantined)
    {
        using var tenant = await HeldAsync(
            1, Rule with { Guard = new GuardLimits { MaxDisable = 1, MaxSourceShrinkPercent = 100, QuarantineAfterRuns = after } });
        Assert.Equal(isQuarantined, (await tenant.RunAsync(Leavers("joiner"), null)).IsQuarantined);
    }

    [Fact]
    public async Task What_somebody_does_for_a_few_people_neither_waits_nor_counts()
    {
        using var tenant = await HeldAsync(3);
        tenant.Only = new Selection(["joiner@example.com"]);
        Assert.Equal(1, (await tenant.RunAsync(RuleTenant.Source(RuleTenant.Person("joiner")), null)).Created);
        Assert.Equal(3, tenant.Ledger.TroubledRuns);
    }

    [Fact]
    public async Task Where_nobody_at_all_comes_right_the_run_has_failed()
    {
        using var tenant = new RuleTenant();
        tenant.Instead = Refuse(HttpMethod.Post, _ => true);
        for (var run = 0; run < 3; run++)
        {
            Assert.Equal(3, (await tenant.RunAsync(RuleTenant.Source(People(3)), null)).Failed);
        }

        tenant.Instead = null;
        Assert.True((await tenant.RunAsync(RuleTenant.Source(People(3)), null)).IsQuarantined);
    }

    [Fact]
    public async Task One_person_who_always_fails_does_not_stop_the_others()
    {
        using var tenant = new RuleTenant();
        await tenant.RunAsync(RuleTenant.Source(People(3)));
        tenant.Instead = Refuse(HttpMethod.Post, body => body.Contains("odd@", StringComparison.Ordinal));
        for (var run = 0; run < 5; run++)
        {
            var source = RuleTenant.Source([.. People(3), RuleTenant.Person("odd"), .. run == 4 ? [RuleTenant.Person("joiner")] : Array.Empty<DesiredUser>()]);
            Assert.Equal(1, (await tenant.RunAsync(source, null)).Failed);
        }

        Assert.NotNull(tenant.State("joiner"));
    }

    [Fact]
    public async Task Whoever_is_stopped_on_the_way_has_got_on_and_who_is_stopped_at_the_beginning_has_not()
    {
        using var tenant = new RuleTenant();
        var passed = 0;
        tenant.Instead = (request, _) => Task.FromResult(request.Method != HttpMethod.Post || IsToken(request) || passed++ % 12 == 0 ? null : Refused());
        for (var run = 0; run < 4; run++)
        {
            var ended = await tenant.RunAsync(RuleTenant.Source(People(60)), null, concurrency: 1);
            Assert.Equal((RunOutcome.Stopped, true), (ended.Outcome, ended.Created > 0));
        }

        Assert.Equal(0, tenant.Ledger.TroubledRuns);
        tenant.Instead = Refuse(HttpMethod.Post, _ => true);
        for (var run = 0; run < 3; run++)
        {
            Assert.False((await tenant.RunAsync(RuleTenant.Source(People(60)), null)).IsQuarantined);
        }

        Assert.True((await tenant.RunAsync(RuleTenant.Source(People(60)), null)).IsQuarantined);
    }

    private static Func<HttpRequestMessage, Func<HttpRequestMessage, Task<HttpResponseMessage>>, Task<HttpResponseMessage?>> Refuse(
        HttpMethod method, Func<string, bool> what) => async (request, _) =>
            request.Method == method && !IsToken(request) && what(await request.Content!.ReadAsStringAsync(CancellationToken.None)) ? Refused() : null;

    private static bool IsToken(HttpRequestMessage request) =>
        request.RequestUri!.AbsolutePath.Contains("token", StringComparison.Ordinal);

    private static HttpResponseMessage Refused() => new(HttpStatusCode.BadRequest)
    {
        Content = new StringContent("""{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"detail":"No.","status":"400"}"""),
    };
}
