using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Runs;
using ZoomProvisioning.Tests;

namespace ZoomProvisioning.Engine.Tests.AgainstSimulator.Provisioning;

/// <summary>The law of undo: a run and its undo leave the account as it was, and an undo of the undo leaves it as the run did.</summary>
public class UndoLawTests
{
    private int _checked;

    [Fact]
    public void A_run_and_its_undo_leave_everybody_as_before_and_an_undo_of_that_as_the_run_did()
    {
        Prop.ForAll(Story.Any, story => CheckAsync(story).GetAwaiter().GetResult()).Check(Law.Times(60));
        Assert.True(_checked > 60, $"only {_checked} people were compared");
    }

    private async Task CheckAsync(Story story)
    {
        using var tenant = await story.BeginAsync();
        for (var round = 0; round < story.Rounds.Length; round++)
        {
            await story.ByHandAsync(tenant, round);
            var before = People(tenant);
            var run = await tenant.RunAsync(story.Source(round));
            var after = People(tenant);

            var undo = await UndoAsync(tenant, run.RunId);
            Assert.All(undo.Results, r => Assert.True(r.Error is null, $"{r.UserName} {r.Outcome} {r.Error?.ErrorId} {r.Reason}"));
            var said = Said(run, undo);
            Compare(tenant, before, People(tenant), said, "undo", run, undo);

            var again = await UndoAsync(tenant, undo.RunId);
            Assert.All(again.Results, r => Assert.True(r.Error is null, $"{r.UserName} {r.Outcome} {r.Error?.ErrorId} {r.Reason}"));
            Compare(tenant, after, People(tenant), [.. said, .. Said(undo, again)], "undo of undo", run, again);
        }
    }

    /// <summary>
    /// A PUT that replaces takes from whoever is updated first what was not sent, and nobody can send that back as long as Zoom
    /// replaces. So the law cannot hold there; what holds is that it costs one person of a run, and that run says so. Once Zoom does as it
    /// is asked, the undo leaves everybody as before, but for whom it was that the first try of it cost something.
    /// </summary>
    [Fact]
    public void Where_Zoom_replaces_a_run_costs_one_person_something_and_so_does_its_undo_and_once_it_does_not_the_undo_holds()
    {
        var hurt = 0;
        Prop.ForAll(Story.Any, story =>
        {
            var untouched = story with { Hands = [.. story.Hands.Select(_ => new ByHand[Story.People])] };
            CheckReplacingAsync(untouched).GetAwaiter().GetResult();
        }).Check(Law.Times(30));
        Assert.True(hurt > 10, $"only {hurt} people were hurt");

        async Task CheckReplacingAsync(Story story)
        {
            using var tenant = await (story with { Behaviour = "{}" }).BeginAsync();
            await tenant.RunAsync(story.Source(0));
            tenant.Zoom.PatchBehaviour("""{"put_semantics":"replace"}""");
            var before = Filled(tenant);
            var known = People(tenant);
            var run = await tenant.RunAsync(story.Source(1));
            var after = Filled(tenant);
            AssertOneIsHurt(before, after, run);
            var undo = await UndoAsync(tenant, run.RunId);
            var cost = AssertOneIsHurt(after, Filled(tenant), undo).Select(id => Name(tenant, id)).ToList();

            tenant.Zoom.PatchBehaviour("""{"put_semantics":"merge"}""");
            var again = await UndoAsync(tenant, run.RunId);
            Compare(tenant, known, People(tenant), [.. cost, .. Said(run, undo), .. Said(run, again)], "undo once Zoom merges", run, again);
        }

        List<string> AssertOneIsHurt(Dictionary<string, HashSet<string>> before, Dictionary<string, HashSet<string>> after, ProvisioningRun run)
        {
            // What was to be cleared is no loss.
            var cleared = run.Results.Where(r => r.Planned!.Changes.Any(c => c.Clears)).Select(r => r.Planned!.Current?.Id).ToHashSet();
            var those = before.Where(b => !cleared.Contains(b.Key) && after.TryGetValue(b.Key, out var now) && b.Value.Except(now).Any())
                .Select(b => b.Key).ToList();
            Assert.True(those.Count <= 1, $"{those.Count} people lost something\n{string.Join("\n", run.Results)}");
            Assert.True(those.Count == 0 || run.Outcome != RunOutcome.Done, "one lost something, and the run says it is done");
            hurt += those.Count;
            return those;
        }
    }

    /// <summary>Of everybody who is active the attributes that have a value, by id.</summary>
    private static Dictionary<string, HashSet<string>> Filled(RuleTenant tenant) => tenant.States()
        .Where(u => u["active"]!.GetValue<bool>())
        .ToDictionary(u => u["id"]!.GetValue<string>(), u => Paths(u, string.Empty).ToHashSet());

    private static string Name(RuleTenant tenant, string id) =>
        tenant.States().First(u => u["id"]!.GetValue<string>() == id)["userName"]!.GetValue<string>();

    private static IEnumerable<string> Paths(JsonNode? node, string path) => node switch
    {
        JsonObject o => o.Where(p => p.Key is not ("meta" or "groups" or "roles" or "schemas" or "active")).SelectMany(p => Paths(p.Value, $"{path}/{p.Key}")),
        JsonArray a => a.Count > 0 ? [path] : [],
        null => [],
        _ => node.ToString().Length > 0 ? [path] : [],
    };

    private static Task<ProvisioningRun> UndoAsync(RuleTenant tenant, string runId)
    {
        tenant.Clock.Advance(TimeSpan.FromMinutes(5));
        return tenant.Undo(runId).RunAsync(ScimCall.None);
    }

    /// <summary>Of whom an undo says that something does not come back, by every name they had: the address may be what does not.</summary>
    private static HashSet<string> Said(ProvisioningRun run, ProvisioningRun undo)
    {
        var said = undo.Results.Where(r => r.Unmet.Count > 0 || r.Planned!.Unmet.Count > 0
            || r.NotApplied.Count > 0 || r.Outcome is not (ChangeOutcome.Done or ChangeOutcome.NoChange)).ToList();
        var ids = new HashSet<string>(said.Select(r => r.Planned!.Current?.Id).OfType<string>(), StringComparer.Ordinal);
        var before = run.Results.Where(r => r.Planned!.Current?.Id is { } id && ids.Contains(id)).Select(r => r.Planned!.Current!.UserName);
        return new HashSet<string>(
            said.SelectMany(r => new[] { r.UserName, r.User?.UserName, r.Planned!.Current?.UserName }).Concat(before).OfType<string>(),
            StringComparer.OrdinalIgnoreCase);
    }

    private void Compare(
        RuleTenant tenant,
        Dictionary<string, string> expected,
        Dictionary<string, string> actual,
        HashSet<string> said,
        string what,
        ProvisioningRun run,
        ProvisioningRun undo)
    {
        foreach (var name in expected.Keys.Union(actual.Keys).Where(n => !said.Contains(n)))
        {
            _checked++;
            // Of an account that is gone nobody knows what Zoom never told.
            var isMadeAnew = undo.Results.Any(r => r.Action == PlanAction.Create && r.UserName == name);
            static string Told(ChangeResult r) =>
                $"{r} {string.Join("; ", r.Changes)} {string.Join(" ", r.GroupChanges)} {string.Join(" ", r.Warnings)}";
            string? Known(string? person) => isMadeAnew && person is not null ? Regex.Replace(person, "(title|locale):[^,}]*,?", string.Empty) : person;
            Assert.True(
                Known(expected.GetValueOrDefault(name)) == Known(actual.GetValueOrDefault(name)),
                $"{what}: {name} was\n{expected.GetValueOrDefault(name)}\nand "
                    + $"is\n{actual.GetValueOrDefault(name)}\nafter\n{string.Join("\n", run.Results.Select(Told))}\n"
                    + $"and\n{string.Join("\n", undo.Results.Select(Told))}\n"
                    + string.Join("\n", tenant.Writes.TakeLast(12).Select(r => $"{r.Method} {r.Path} {r.Body} {r.Status}")));
        }
    }

    /// <summary>Everybody with all that Zoom lets one set, by name; who is deleted and made anew is another account, but the same person.</summary>
    private static Dictionary<string, string> People(RuleTenant tenant) =>
        JsonNode.Parse(tenant.Zoom.ExportState())!["users"]!.AsArray().Select(u => u!.AsObject())
        .ToDictionary(u => u["userName"]!.GetValue<string>(), u =>
        {
            u.Remove("id");
            u.Remove("meta");
            // Into the group of everybody whoever is new is put by the account itself.
            var groups = u["groups"] is JsonArray list
                ? string.Join(",", list.Select(g => g!["display"]!.GetValue<string>()).Where(g => g != "Everyone").OrderBy(x => x, StringComparer.Ordinal))
                : string.Empty;
            u.Remove("groups");
            return $"{Sorted(u)} in {groups}";
        }, StringComparer.OrdinalIgnoreCase);

    // In what order Zoom keeps things is nobody's wish, and what is empty is not there.
    private static string Sorted(JsonNode? node) => node switch
    {
        JsonObject o => "{" + string.Join(",", o.Where(p => Sorted(p.Value) is not ("" or "{}" or "[]"))
            .OrderBy(p => p.Key, StringComparer.Ordinal)
            .Select(p => $"{p.Key}:{Sorted(p.Value)}")) + "}",
        JsonArray a => "[" + string.Join(",", a.Select(Sorted).OrderBy(x => x, StringComparer.Ordinal)) + "]",
        null => string.Empty,
        // Zoom may keep as office what it was sent as work.
        _ => node.ToString() is "office" ? "work" : node.ToString(),
    };
}
