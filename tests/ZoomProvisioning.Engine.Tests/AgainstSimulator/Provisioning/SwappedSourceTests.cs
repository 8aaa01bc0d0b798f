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

/// <summary>Two rules over one account, each of which is given the other one's list for once.</summary>
public sealed class SwappedSourceTests : IDisposable
{
    private readonly string _root = Path.Combine(Path.GetTempPath(), "zoom-swapped-" + Guid.NewGuid().ToString("N"));
    private readonly RuleTenant _tenant = new();

    public void Dispose()
    {
        _tenant.Dispose();
        if (Directory.Exists(_root))
        {
            Directory.Delete(_root, recursive: true);
        }
    }

    public static TheoryData<int, int, string> Sizes
    {
        get
        {
            var sizes = new TheoryData<int, int, string>();
            foreach (var (staff, guests) in new[] { (12, 12), (30, 10), (100, 8), (8, 100), (300, 5) })
            {
                sizes.Add(staff, guests, "staff first");
                sizes.Add(staff, guests, "guests first");
            }

            return sizes;
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task Nobody_is_disabled_let_go_or_taken_over_and_the_right_lists_bring_all_back(int staff, int guests, string order)
    {
        var lists = new Dictionary<string, SourceSnapshot> { ["staff"] = List("staff", staff), ["guests"] = List("guests", guests) };
        var names = order == "staff first" ? new[] { "staff", "guests" } : ["guests", "staff"];
        foreach (var name in names)
        {
            Assert.Equal(RunOutcome.Done, (await RunAsync(name, lists[name])).Outcome);
        }

        _tenant.Forget();
        foreach (var name in names)
        {
            var run = await RunAsync(name, lists[names.Single(n => n != name)]);
            Assert.True(run.Outcome == RunOutcome.Held, string.Join("\n", run.Plan.Guard));
            Assert.Contains(run.Plan.Guard, f => f.Check == GuardCheck.SharedPeople && f.HoldsRemovals);
        }

        foreach (var name in names)
        {
            var run = await RunAsync(name, lists[name]);
            Assert.True(run.Outcome == RunOutcome.Done, string.Join("\n", run.Plan.Guard));
        }

        Assert.Empty(_tenant.Writes);
    }

    /// <summary>Who really moves to another rule is taken over there: nobody of it is missing.</summary>
    [Fact]
    public async Task Whoever_moves_to_a_rule_that_misses_nobody_is_taken_over()
    {
        await RunAsync("staff", List("staff", 20));
        await RunAsync("guests", List("guests", 20));
        var run = await RunAsync("guests", RuleTenant.Source([.. List("guests", 20).People, .. List("staff", 5).People]));
        Assert.Equal((RunOutcome.Done, 5), (run.Outcome, run.Adopted));
    }

    private static SourceSnapshot List(string name, int people) =>
        RuleTenant.Source([.. Enumerable.Range(0, people).Select(i => RuleTenant.Person($"{name}{i}"))]);

    private Task<ProvisioningRun> RunAsync(string name, SourceSnapshot source)
    {
        _tenant.Clock.Advance(TimeSpan.FromHours(1));
        var state = new RuleState(new StateFactory(_tenant.Clock), RuleState.FolderOf(_root, "account", name), "account", name);
        return new RuleSync(_tenant.Connection, new ProvisioningRule(name), state, new RuleSyncOptions { Clock = _tenant.Clock })
            .RunAsync(source, ScimCall.None);
    }
}
