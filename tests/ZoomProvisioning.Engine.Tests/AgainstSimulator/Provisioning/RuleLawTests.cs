using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Runs;
using ZoomProvisioning.State;
using ZoomProvisioning.Tests;

namespace ZoomProvisioning.Engine.Tests.AgainstSimulator.Provisioning;

/// <summary>What must hold for every account, every source and every history: the real engine against the simulator.</summary>
public class RuleLawTests
{
    private static void Holds(int tests, Func<Story, Task> law) =>
        Prop.ForAll(Story.Any, story => law(story).GetAwaiter().GetResult()).Check(Law.Times(tests));

    [Fact]
    public void What_was_applied_is_not_planned_again() => Holds(60, async story =>
    {
        using var tenant = await story.BeginAsync();
        for (var round = 0; round < story.Rounds.Length; round++)
        {
            await story.ByHandAsync(tenant, round);
            var before = tenant.Ledger.Entries.Select(e => e.ZoomId).ToHashSet();
            var untouchable = (await tenant.Users.ListAsync(1, 100, null, ScimCall.None)).Resources
                .Where(u => u.UserName!.StartsWith("person0.", StringComparison.Ordinal)).Select(u => u.Id!).ToHashSet();
            tenant.Forget();
            var run = await tenant.RunAsync(story.Source(round));
            Assert.All(run.Results, r => Assert.True(r.Error is null, $"{r.UserName} {r.Outcome} {r.Error?.ErrorId} {r.Reason}"));
            CheckWrites(tenant, run, before, untouchable);

            var plan = await tenant.PlanAsync(story.Source(round));
            Assert.True(
                plan.Pending.Count == 0,
                $"round {round} leaves "
                    + $"{Tell(plan)}\nafter\n{string.Join("\n", tenant.Requests.Select(r => $"{r.Method} {r.Path} {r.Query} {r.Body} {r.Status}"))}");

            // Twice, since what the first one reads spares the second one the reading.
            await tenant.RunAsync(story.Source(round));
            tenant.Forget();
            var again = await tenant.RunAsync(story.Source(round));
            Assert.Empty(tenant.Writes);
            var known = tenant.Ledger.Entries.Select(e => e.ZoomId).ToHashSet();
            foreach (var read in tenant.Requests.Where(r => r.Query.Length == 0))
            {
                bool IsOf(string? id) => id is not null && read.Path.EndsWith("/" + Uri.EscapeDataString(id), StringComparison.Ordinal);
                Assert.False(known.Any(IsOf), $"{read.Path} reads somebody known: {string.Join("; ", again.Plan.Changes.Where(c => IsOf(c.ZoomId)))}");
            }
        }
    });

    [Fact]
    public void The_order_of_source_users_and_ledger_does_not_matter() => Holds(30, async story =>
    {
        using var tenant = await story.BeginAsync();
        await tenant.RunAsync(story.Source(0));
        await story.ByHandAsync(tenant, 1);
        var users = (await tenant.Users.ListAsync(1, 100, null, ScimCall.None)).Resources.ToList();

        // Some records twice, some with the number of another.
        var people = story.Source(1).People.ToList();
        people.AddRange(story.Source(2).People.Where(p => p.Values.UserName!.StartsWith("person3", StringComparison.Ordinal)));
        string Plan(Func<IEnumerable<object>, IEnumerable<object>> order)
        {
            var ledger = new Ledger("account", "rule");
            foreach (var entry in order(tenant.Ledger.Entries).Cast<LedgerEntry>())
            {
                ledger.Put(entry);
            }

            var account = new AccountSnapshot(order(users).Cast<ScimUser>(), isComplete: true) { Groups = [] };
            var source = new SourceSnapshot([.. order(people).Cast<DesiredUser>()], [], []);
            var correlations = new Correlator(story.Rule, account, ledger).Correlate(source.People);
            DetailNeeds.Decide(story.Rule, correlations, account, ledger);
            return PlanDigest.Of(RulePlanner.Plan(new PlanInput
            {
                Rule = story.Rule,
                Source = source,
                Account = account,
                Ledger = ledger,
                Correlations = correlations,
                Connection = tenant.Connection,
            }));
        }

        var plan = Plan(all => all);
        Assert.Equal(plan, Plan(all => all.Reverse()));
        Assert.Equal(plan, Plan(all => all.OrderBy(o => o.GetHashCode())));
    });

    [Fact]
    public async Task A_steady_state_of_ten_thousand_users_is_a_hundred_requests()
    {
        using var tenant = new RuleTenant(seed: 9998);
        var users = new List<ScimUser>();
        for (var page = 0; page < 100; page++)
        {
            users.AddRange((await tenant.Users.ListAsync(1 + (page * 100), 100, null, ScimCall.None)).Resources);
        }

        var source = RuleTenant.Source([.. users.Where(u => !u.UserName!.StartsWith("owner@", StringComparison.Ordinal)
            && !u.UserName!.StartsWith("admin@", StringComparison.Ordinal))
            .Select(u => new DesiredUser(new ScimUser
            {
                UserName = u.UserName,
                Email = u.UserName,
                Department = u.Department,
                Title = "Clerk",
                Locale = "Berlin",
            }) { Anchor = u.Id, Label = u.UserName! })]);
        Assert.Equal(9998, source.People.Count);
        await tenant.RunAsync(source, concurrency: 16);
        tenant.Restart();
        tenant.Forget();
        var run = await tenant.RunAsync(source, concurrency: 16);
        Assert.Empty(run.Plan.Pending);
        Assert.Equal(100, tenant.Requests.Count);
        Assert.All(tenant.Requests, r => Assert.Equal("GET", r.Method));
    }

    private static string Tell(SyncPlan plan) =>
        string.Join(
            "\n",
            plan.Pending.Select(c => $"{c.Action} {c.UserName}: {c.Reason} [{string.Join("; ", c.Changes)}] [{string.Join("; ", c.GroupChanges)}]"));

    private static void CheckWrites(RuleTenant tenant, ProvisioningRun run, HashSet<string> managed, HashSet<string> untouchable)
    {
        var adopted = run.Results.Where(r => r.Planned is { Adopts: true, Action: PlanAction.Disable } p && p.Desired!.Values.Active == false)
            .Select(r => r.Planned!.ZoomId!)
            .ToHashSet();
        foreach (var write in tenant.Writes)
        {
            Assert.DoesNotContain("person0.", write.Body, StringComparison.Ordinal);
            Assert.All(untouchable, id => Assert.False(
                write.Path.EndsWith("/" + Uri.EscapeDataString(id), StringComparison.Ordinal),
                $"{write.Method} {write.Path} writes to somebody protected"));
            if (write.Path.Contains("/Users/", StringComparison.Ordinal)
                && (write.Method == "DELETE" || (write.Method == "PATCH" && write.Body.Contains("false", StringComparison.Ordinal))))
            {
                var id = Uri.UnescapeDataString(write.Path[(write.Path.LastIndexOf('/') + 1)..]);
                Assert.True(managed.Contains(id) || adopted.Contains(id), $"{write.Method} {write.Path} removes a stranger");
            }
        }
    }
}
