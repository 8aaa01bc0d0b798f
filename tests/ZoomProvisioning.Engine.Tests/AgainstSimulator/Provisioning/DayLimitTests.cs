using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;
using ZoomProvisioning.Runs;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Engine.Tests.AgainstSimulator.Provisioning;

/// <summary>
/// What a day may have is each rule's own, for its own people, and holds whoever else runs at the same time; what was approved is
/// apart from it.
/// </summary>
public sealed class DayLimitTests : IDisposable
{
    private readonly string _root = Path.Combine(Path.GetTempPath(), "zoom-day-limits-" + Guid.NewGuid().ToString("N"));

    public void Dispose()
    {
        if (Directory.Exists(_root))
        {
            Directory.Delete(_root, recursive: true);
        }
    }

    [Fact]
    public async Task Two_rules_in_two_shells_at_once_keep_each_within_its_own_day()
    {
        const int People = 30;
        const int PerDay = 3;
        using var tenant = new RuleTenant();
        var names = new[] { "staff", "guests" };
        var gone = names.ToDictionary(n => n, _ => new List<DateTimeOffset>());
        await Task.WhenAll(names.Select(n => Task.Run(() => RunAsync(n, People))));
        for (var hour = 0; hour < 60; hour++)
        {
            tenant.Clock.Advance(TimeSpan.FromHours(1));
            var runs = await Task.WhenAll(names.Select(n => Task.Run(() => RunAsync(n, People - 1 - gone[n].Count))));
            for (var i = 0; i < names.Length; i++)
            {
                gone[names[i]].AddRange(runs[i].Results.Where(r => r is { Action: PlanAction.Disable, Outcome: ChangeOutcome.Done })
                    .Select(_ => tenant.Clock.UtcNow));
            }
        }

        foreach (var times in gone.Values)
        {
            Assert.All(times, at => Assert.InRange(times.Count(t => t >= at && t < at.AddHours(24)), 1, PerDay));
            Assert.InRange(times.Count, 2 * PerDay, 3 * PerDay);
        }

        async Task<ProvisioningRun> RunAsync(string name, int people)
        {
            var rule = new ProvisioningRule(name)
            {
                Guard = new GuardLimits
                {
                    [GuardKind.Disable] = new GuardLimit { Max = 2, PerDay = PerDay },
                    MaxSourceShrinkPercent = 100,
                    QuarantineAfterRuns = 0,
                },
            };
            var state = new RuleState(new StateFactory(tenant.Clock), RuleState.FolderOf(_root, "account", name), "account", name);
            var source = RuleTenant.Source([.. Enumerable.Range(0, people).Select(i => RuleTenant.Person($"{name}{i}"))]);
            return await new RuleSync(tenant.Connection, rule, state, new RuleSyncOptions { Clock = tenant.Clock }).RunAsync(source, ScimCall.None);
        }
    }

    /// <summary>Ten are approved: the day's four go on without a look as before, and no fifth.</summary>
    [Fact]
    public async Task An_approval_neither_uses_up_a_day_nor_opens_the_door_for_more()
    {
        using var tenant = await OfAsync(40, new GuardLimit { Max = 2, PerDay = 4 });
        Assert.Equal(2, (await tenant.RunAsync(People(38), null)).Disabled);
        var held = await tenant.RunAsync(People(28), null);
        Assert.Equal((0, 10), (held.Disabled, held.Held));
        Assert.Equal(10, (await tenant.RunAsync(People(28), held.Plan.Id[..12])).Disabled);
        Assert.Equal(2, (await tenant.RunAsync(People(26), null)).Disabled);
        var fifth = await tenant.RunAsync(People(25), null);
        Assert.Equal((0, 1), (fifth.Disabled, fifth.Held));
    }

    /// <summary>Of twenty who are left a fifth is four, although there were forty in the morning.</summary>
    [Fact]
    public async Task Who_left_by_an_approval_is_not_among_those_of_whom_a_share_is_taken()
    {
        using var tenant = await OfAsync(40, new GuardLimit { MaxPercent = 10 });
        var held = await tenant.RunAsync(People(20), null);
        Assert.Equal(20, (await tenant.RunAsync(People(20), held.Plan.Id[..12])).Disabled);
        Assert.Equal(2, (await tenant.RunAsync(People(18), null)).Disabled);
        Assert.Equal(2, (await tenant.RunAsync(People(16), null)).Disabled);
        Assert.Equal(1, (await tenant.RunAsync(People(15), null)).Held);
    }

    private static SourceSnapshot People(int count) => RuleTenant.Source([.. Enumerable.Range(0, count).Select(i => RuleTenant.Person($"person{i}"))]);

    private static async Task<RuleTenant> OfAsync(int count, GuardLimit disable)
    {
        var tenant = new RuleTenant(new ProvisioningRule("rule")
        {
            Guard = new GuardLimits { [GuardKind.Disable] = disable, MaxSourceShrinkPercent = 100, QuarantineAfterRuns = 0 },
        });
        Assert.Equal(RunOutcome.Done, (await tenant.RunAsync(People(count), null)).Outcome);
        return tenant;
    }
}
