using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Runs;

namespace ZoomProvisioning.Engine.Tests.AgainstSimulator.Provisioning;

/// <summary>
/// What must hold in every history of 20 runs: right changes, mistakes that are undone again, faults, and an account with
/// peculiarities. <c>ZOOM_HISTORY_TESTS</c> says how many histories there are of each account.
/// </summary>
public class HistoryLawTests
{
    /// <summary>Every peculiarity of the account, with the number its histories begin with.</summary>
    public static TheoryData<string, ulong> Accounts
    {
        get
        {
            var accounts = new TheoryData<string, ulong>();
            foreach (var (behaviour, number) in History.Behaviours.Select((b, i) => (b, i)))
            {
                accounts.Add(behaviour, 20260105 + (ulong)number);
            }

            return accounts;
        }
    }

    // The same histories each time, so that what fails is what was changed; asked for by number they are others each time.
    private static Config Stories(ulong seed) => int.TryParse(Environment.GetEnvironmentVariable("ZOOM_HISTORY_TESTS"), out var tests)
        ? Config.QuickThrowOnFailure.WithMaxTest(tests)
        : Config.QuickThrowOnFailure.WithMaxTest(1).WithReplay(seed, 7);

    [Theory]
    [MemberData(nameof(Accounts))]
    public void Nobody_is_hurt_by_a_mistake_that_is_undone(string behaviour, ulong seed) =>
        Prop.ForAll(History.Of(behaviour), history => CheckAsync(history).GetAwaiter().GetResult()).Check(Stories(seed));

    private static async Task CheckAsync(History history)
    {
        using var tenant = new RuleTenant(history.Rule, history.Behaviour);
        var truth = History.Beginning();
        var events = new List<(string Kind, string Who, DateTimeOffset At)>();
        var told = new List<string>();
        await RunAsync(Mistake.None);
        foreach (var (step, number) in history.Steps.Select((s, i) => (s, i)))
        {
            tenant.Clock.Advance(TimeSpan.FromHours(step.Hours - 1));
            foreach (var happens in step.Events)
            {
                History.Happen(truth, happens);
            }

            tenant.Zoom.PatchBehaviour($$"""{"faults":[{{step.Fault}}]}""");
            await RunAsync(step.Mistake, number, step.Fault is not null);
            tenant.Zoom.PatchBehaviour("""{"faults":[]}""");
        }

        if (history.Replaces)
        {
            // What it took is put back as soon as it takes nothing more.
            tenant.Zoom.PatchBehaviour("""{"put_semantics":"merge"}""");
        }

        // The directory is right from now on. What is held needs one look; where Zoom's copies lag behind, each of them may.
        await RunAsync(Mistake.None, history.Steps.Length);
        var source = history.Source(truth, Mistake.None);
        var last = await tenant.RunAsync(source, null);
        for (var look = 0; look < (history.IsPrompt ? 1 : 3) && last.Outcome == RunOutcome.Held; look++)
        {
            await tenant.RunAsync(source, last.Plan.Id[..12]);
            last = await tenant.RunAsync(source, null);
        }

        last = await tenant.RunAsync(source, null);
        tenant.Forget();
        last = await tenant.RunAsync(source, null);
        // What Zoom refuses may be asked for again: it is no write.
        var writes = string.Join("; ", tenant.Writes.Where(w => w.Status < 300).Select(w => $"{w.Method} {w.Body}"));
        Assert.True(writes.Length == 0, $"equal input is written again: {writes}\n{Tell(last)}");
        var left = Differences(tenant, source);
        Assert.True(last.Outcome == RunOutcome.Done || !history.IsDocile, $"the mistakes are undone, and the last run is {Tell(last)}");
        Assert.True(last.Outcome == RunOutcome.Done == (left.Length == 0), $"{left} is left, and the last run is {Tell(last)}");

        async Task RunAsync(Mistake mistake, int number = -1, bool isFaulty = false)
        {
            var seen = history.Source(truth, mistake);
            var before = Users(tenant);
            var run = await tenant.RunAsync(seen, null);
            var after = Users(tenant);
            told.Add($"run {number}: {mistake} {Tell(run)}");
            // What led to it is in the runs before, and a history was made as short as it could be.
            var what = string.Join("\n", told.Skip(Math.Max(0, told.Count - 4)));
            var active = seen.People.Where(p => p.Values.Active != false).Select(p => p.Values.UserName!).ToHashSet(StringComparer.OrdinalIgnoreCase);
            foreach (var (id, was) in before)
            {
                var now = after.GetValueOrDefault(id);
                var stays = !(was.Active && active.Contains(was.Address)) || now is { Active: true };
                Assert.True(stays, $"{was.Address} is active in the source, and was disabled\n{what}");
                Assert.True(now is not null, $"{was.Address} was deleted\n{what}");
                Count(was.Active && !now!.Active, "disabled", id);
                Count(!was.Active && now!.Active, "reactivated", id);
                // What Zoom takes by itself no limit can hold; it is one person in a run, as below.
                Count(was.Active && now!.Active && was.Type == "Licensed" && now.Type != "Licensed" && !history.Replaces, "licence", id);
                // A removal is a removal and nothing else, whatever is sent along.
                Count(now!.Active && was.Address != now.Address, "renamed", id);
            }

            var robbed = before.Count(b => b.Value.Family is not null && after.GetValueOrDefault(b.Key) is { Family: null });
            Assert.True(robbed <= 1, $"{robbed} people have no name any more\n{what}");
            Assert.True(robbed == 0 || run.StoppedBecause?.Contains("took away what nobody sent", StringComparison.Ordinal) == true, what);
            foreach (var kind in events.GroupBy(e => e.Kind))
            {
                foreach (var (_, _, at) in kind)
                {
                    // The hour is what a run itself may take.
                    var number23 = kind.Count(e => e.At >= at && e.At < at.AddHours(23));
                    Assert.True(number23 <= History.LimitOfADay, $"{number23} people {kind.Key} within a day\n{what}");
                }
            }

            var differences = Differences(tenant, seen);
            Assert.True(run.Outcome != RunOutcome.Done || differences.Length == 0, $"Done, and yet {differences}\n{what}");
            var mayBeMore = isFaulty || !history.IsDocile || mistake != Mistake.None || run.Plan.Guard.Count > 0 || run.Plan.Held.Count > 0;
            Assert.True(run.Outcome == RunOutcome.Done || differences.Length > 0 || mayBeMore, $"everybody is as the source says, and yet\n{what}");

            void Count(bool happened, string kind, string id)
            {
                if (happened)
                {
                    events.Add((kind, id, tenant.Clock.UtcNow));
                }
            }
        }
    }

    /// <summary>In what Zoom is not as a list says, in words.</summary>
    private static string Differences(RuleTenant tenant, SourceSnapshot source)
    {
        var users = Users(tenant).Values.ToDictionary(u => u.Address, StringComparer.OrdinalIgnoreCase);
        var found = new List<string>();
        foreach (var wanted in source.People.Select(p => p.Values))
        {
            if (!users.Remove(wanted.UserName!, out var user))
            {
                found.Add(wanted.Active == false ? string.Empty : $"{wanted.UserName} is not there");
            }
            else if (user.Active != wanted.Active)
            {
                found.Add($"{user.Address} active {user.Active}");
            }
            else if (user.Active && (user.Type != wanted.UserType || user.Department != wanted.Department || user.Family != wanted.FamilyName))
            {
                found.Add($"{user} is not {wanted.UserType} {wanted.Department} {wanted.FamilyName}");
            }
        }

        found.AddRange(users.Values.Where(u => u.Active).Select(u => $"{u.Address} has left and is active"));
        return string.Join("; ", found.Where(f => f.Length > 0));
    }

    private static Dictionary<string, Seen> Users(RuleTenant tenant) => JsonNode.Parse(tenant.Zoom.ExportState())!["users"]!.AsArray().Select(u => u!)
        .Where(u => u["userName"]!.GetValue<string>().StartsWith("person", StringComparison.Ordinal))
        .ToDictionary(u => u["id"]!.GetValue<string>(), u => new Seen(
            u["userName"]!.GetValue<string>(),
            u["active"]!.GetValue<bool>(),
            u["userType"]?.GetValue<string>(),
            u[ScimSchemas.EnterpriseUser]?["department"]?.GetValue<string>() ?? u["department"]?.GetValue<string>() ?? string.Empty,
            u["name"]?["familyName"]?.GetValue<string>()));

    private static string Tell(ProvisioningRun run)
    {
        var results = run.Results.Where(r => r.Action != PlanAction.NoOp)
            .Select(r => $"  {r.UserName} {r.Action} {r.Outcome} {r.Reason} {r.Error?.ErrorId} [{string.Join("; ", r.Planned?.Changes ?? [])}]");
        return $"{run.Outcome}: {run}\n{string.Join("\n", results)}\n{string.Join("\n", run.Plan.Guard)}\n{string.Join("\n", run.Attention)}";
    }

    private sealed record Seen(string Address, bool Active, string? Type, string Department, string? Family);
}
