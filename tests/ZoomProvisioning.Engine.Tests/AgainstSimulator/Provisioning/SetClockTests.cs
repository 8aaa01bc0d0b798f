using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;
using ZoomProvisioning.Runs;

namespace ZoomProvisioning.Engine.Tests.AgainstSimulator.Provisioning;

/// <summary>Somebody, or something, sets the clock of the machine that rules run on.</summary>
public class SetClockTests
{
    private const int Year = 8760;

    /// <summary>The people from one number on to another.</summary>
    private static DesiredUser[] People(int from, int to) => [.. Enumerable.Range(from, to - from).Select(i => RuleTenant.Person($"person{i:00}"))];

    private static RuleTenant Tenant(ProvisioningRule rule, bool tellsTime)
    {
        var tenant = new RuleTenant(rule);
        if (!tellsTime)
        {
            tenant.Instead = async (request, send) =>
            {
                var reply = await send(request);
                reply.Headers.Date = null;
                return reply;
            };
        }

        return tenant;
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(-24)]
    [InlineData(-Year)]
    [InlineData(2)]
    [InlineData(Year)]
    public async Task By_a_clock_that_is_not_Zooms_nobody_gets_or_loses_anything_until_it_is_right(int hours)
    {
        using var tenant = Tenant(new ProvisioningRule("rule"), tellsTime: true);
        Assert.Equal(RunOutcome.Done, (await tenant.RunAsync(RuleTenant.Source(People(0, 20)), null)).Outcome);
        tenant.Clock.Turn(TimeSpan.FromHours(hours));
        for (var i = 0; i < 2; i++)
        {
            tenant.Forget();
            var run = await tenant.RunAsync(RuleTenant.Source(People(1, 21)), null);
            Assert.Equal((RunOutcome.Held, 2), (run.Outcome, run.Held));
            Assert.Contains(run.Plan.Guard, f => f.Check == GuardCheck.WrongClock);
            Assert.Empty(tenant.Writes);
        }

        tenant.Clock.Turn(TimeSpan.FromHours(-hours));
        var right = await tenant.RunAsync(RuleTenant.Source(People(1, 21)), null);
        Assert.Equal((RunOutcome.Done, 1, 1), (right.Outcome, right.Created, right.Disabled));
    }

    [Theory]
    [InlineData(-2, 24)]
    // A day later the clock says again what it said before; perhaps it was set right, and no time has passed.
    [InlineData(-24, 48)]
    [InlineData(-Year, 24)]
    public async Task What_a_day_may_have_is_not_had_twice_and_goes_on_a_day_later(int hours, int wait)
    {
        using var tenant = Tenant(Rule(new GuardLimit { Max = 2, PerDay = 2 }), tellsTime: false);
        await tenant.RunAsync(RuleTenant.Source(People(0, 30)), null);
        Assert.Equal(2, (await tenant.RunAsync(RuleTenant.Source(People(2, 30)), null)).Disabled);
        tenant.Clock.Turn(TimeSpan.FromHours(hours));
        for (var i = 0; i < 3; i++)
        {
            var run = await tenant.RunAsync(RuleTenant.Source(People(4, 30)), null);
            Assert.Equal((0, 2), (run.Disabled, run.Held));
            // It is told once.
            Assert.Equal(i == 0, run.Plan.Guard.Any(f => f.Check == GuardCheck.ClockSetBack));
        }

        tenant.Clock.Advance(TimeSpan.FromHours(wait - 1));
        Assert.Equal(2, (await tenant.RunAsync(RuleTenant.Source(People(4, 30)), null)).Disabled);
    }

    [Theory]
    [InlineData(-24)]
    [InlineData(-Year)]
    public async Task Whoever_is_missed_for_days_is_not_removed_earlier_when_the_clock_is_right_again(int hours)
    {
        var rule = new ProvisioningRule("rule") { Leavers = new LeaverSettings { MissingDays = 2 } };
        using var tenant = Tenant(rule, tellsTime: false);
        await tenant.RunAsync(RuleTenant.Source(People(0, 20)), null);
        tenant.Clock.Turn(TimeSpan.FromHours(hours));
        Assert.Equal(0, (await tenant.RunAsync(RuleTenant.Source(People(1, 20)), null)).Disabled);
        tenant.Clock.Turn(TimeSpan.FromHours(-hours));
        for (var hour = 0; hour < 3; hour++)
        {
            Assert.Equal(0, (await tenant.RunAsync(RuleTenant.Source(People(1, 20)), null)).Disabled);
            tenant.Clock.Advance(TimeSpan.FromHours(14));
        }

        tenant.Clock.Advance(TimeSpan.FromHours(8));
        Assert.Equal(1, (await tenant.RunAsync(RuleTenant.Source(People(1, 20)), null)).Disabled);
    }

    [Fact]
    public async Task An_approval_is_not_for_a_clock_that_was_set_back_behind_it()
    {
        using var tenant = Tenant(Rule(new GuardLimit { Max = 0 }), tellsTime: false);
        await tenant.RunAsync(RuleTenant.Source(People(0, 20)), null);
        var held = await tenant.RunAsync(RuleTenant.Source(People(1, 20)), null);
        tenant.Clock.Turn(TimeSpan.FromDays(-2));
        var refused = await Assert.ThrowsAsync<ScimStateException>(() => tenant.RunAsync(RuleTenant.Source(People(1, 20)), held.Plan.ShortId));
        Assert.Equal("Zoom.Approval.Expired", refused.ErrorId);
        tenant.Clock.Turn(TimeSpan.FromDays(2));
        Assert.Equal(1, (await tenant.RunAsync(RuleTenant.Source(People(1, 20)), held.Plan.ShortId)).Disabled);
    }

    private static ProvisioningRule Rule(GuardLimit disable) =>
        new("rule") { Guard = new GuardLimits { [GuardKind.Disable] = disable, QuarantineAfterRuns = 0 } };
}
