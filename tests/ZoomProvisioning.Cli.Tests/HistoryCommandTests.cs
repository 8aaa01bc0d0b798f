using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace ZoomProvisioning.Cli.Tests;

/// <summary><c>runs</c>, <c>history</c> and <c>undo</c>: what was done, and how it is taken back.</summary>
public class HistoryCommandTests
{
    [Fact]
    public async Task A_run_is_listed_looked_into_and_taken_back_and_the_undo_is_a_run_that_can_be_undone()
    {
        using var scene = new RuleScene();
        scene.People((1, "ada", "Research"), (2, "ben", "Sales"), (3, "cleo", "Sales"));
        await scene.SimulateAsync("sync");
        scene.People((1, "ada", "Legal"), (2, "ben", "Sales"));
        await scene.SimulateAsync("sync");

        var runs = await JsonAsync(scene, "runs");
        Assert.Equal(["Done", "Done"], runs.Select(r => Text(r, "outcome")));
        Assert.Equal(2, runs[0].GetProperty("counts").GetProperty("Done").GetInt32());
        var id = Text(runs[0], "runId")!;

        var sent = (await JsonAsync(scene, "history", "--run-id", id[..8], "--attribute", "depart*")).Where(e => Text(e, "kind") == "Intent").ToList();
        var entry = Assert.Single(sent);
        Assert.Equal(("ada@example.com", "Update", "Staff"), (Text(entry, "userName"), Text(entry, "request"), Text(entry, "rule")));
        Assert.Contains("Research", entry.GetProperty("before").GetRawText(), StringComparison.Ordinal);
        Assert.Contains("Legal", entry.GetProperty("body").GetRawText(), StringComparison.Ordinal);

        var planned = await AskAsync(scene, "undo", "--run-id", id[..10], "--dry-run");
        Assert.Equal(2, planned.Exit);
        Assert.Contains("Department: 'Legal' → 'Research'", planned.Output, StringComparison.Ordinal);
        Assert.Contains("The rule 'Staff' will do it again at its next run", planned.Error + planned.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await JsonAsync(scene, "runs")).Count);

        var undone = await AskAsync(scene, "undo", "--run-id", id[..10]);
        Assert.Equal(0, undone.Exit);
        Assert.Contains("Undo: 0 created, 1 updated, 0 disabled, 0 deleted, 1 reactivated", undone.Output, StringComparison.Ordinal);
        var tenant = await File.ReadAllTextAsync(Path.Combine(scene.RuleFolder, "simulator.json"));
        Assert.Contains("\"Research\"", tenant, StringComparison.Ordinal);
        Assert.DoesNotContain("\"Legal\"", tenant, StringComparison.Ordinal);

        var last = Assert.Single(await JsonAsync(scene, "runs", "--last", "1"));
        Assert.Equal((id, $"Undo of {id[..12]}"), (Text(last, "undoes"), Text(last, "what")));
        Assert.Equal(0, (await AskAsync(scene, "undo", "--run-id", Text(last, "runId")!)).Exit);
        Assert.Contains("\"Legal\"", await File.ReadAllTextAsync(Path.Combine(scene.RuleFolder, "simulator.json")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_held_of_an_undo_waits_for_its_approval_and_one_person_is_taken_back_alone()
    {
        using var scene = new RuleScene(guard: """{ "maxDisable": 1, "maxDisablePercent": 100, "maxSourceShrinkPercent": 100 }""");
        scene.People((1, "ada", "Research"), (2, "ben", "Sales"), (3, "cleo", "Sales"));
        await scene.SimulateAsync("sync");
        var id = Text((await JsonAsync(scene, "runs")).Single(), "runId")!;

        var one = await AskAsync(scene, "undo", "--run-id", id, "--user", "ada@*", "--dry-run");
        Assert.Equal(2, one.Exit);
        Assert.Contains("ada@example.com", one.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("ben@example.com", one.Output, StringComparison.Ordinal);

        var held = await AskAsync(scene, "undo", "--run-id", id);
        Assert.Equal(4, held.Exit);
        var approved = await AskAsync(scene, "undo", "--run-id", id, "--approve", RuleScene.PlanIdIn(held.Error + held.Output));
        Assert.Equal(0, approved.Exit);
        Assert.Contains("3 disabled", approved.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_are_looked_through_by_time_person_and_folder_without_an_account()
    {
        using var scene = new RuleScene();
        scene.People((1, "ada", "Research"), (2, "ben", "Sales"));
        await scene.SimulateAsync("sync");

        // A named folder is enough: nothing is signed in to.
        var folder = await RuleScene.RunAsync("runs", "--state-path", scene.RuleFolder);
        Assert.Equal((0, ""), (folder.Exit, folder.Error));
        Assert.Contains("Rule Staff: 2 done  by ", folder.Output, StringComparison.Ordinal);
        var account = await RuleScene.RunAsync("history", "--state-path", Path.GetDirectoryName(scene.RuleFolder)!, "--user", "BEN@*");
        Assert.Contains("Outcome     ben@example.com: Create: Done", account.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("ada@example.com", account.Output, StringComparison.Ordinal);

        Assert.Empty(await JsonAsync(scene, "runs", "--before", "2001-01-01"));
        Assert.Empty(await JsonAsync(scene, "runs", "--actor", "nobody@*"));
        Assert.Single(await JsonAsync(scene, "runs", "--after", "2001-01-01T08:00", "--rule", scene.Rule));
        var none = await AskAsync(scene, "runs", "--before", "2001-01-01");
        Assert.Equal(0, none.Exit);
        Assert.StartsWith("Nothing fits what was asked for. People are found by", none.Output.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_found_or_read_is_said_with_what_to_do()
    {
        using var scene = new RuleScene();
        scene.People((1, "ada", "Research"));
        var never = await AskAsync(scene, "runs");
        Assert.Equal(1, never.Exit);
        Assert.Contains("nothing was changed in this account from here", never.Error, StringComparison.Ordinal);

        await scene.SimulateAsync("sync");
        var unknown = await AskAsync(scene, "undo", "--run-id", "nosuchrun");
        Assert.Equal(1, unknown.Exit);
        Assert.Contains("Look at the runs with zoomprov runs; of the id", unknown.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Get-Zoom", unknown.Error, StringComparison.Ordinal);

        var time = await AskAsync(scene, "runs", "--after", "yesterday");
        Assert.Equal(1, time.Exit);
        Assert.Contains("--after takes a time such as 2026-11-29", time.Error, StringComparison.Ordinal);

        var journal = Path.Combine(scene.RuleFolder, "journal.jsonl");
        var lines = await File.ReadAllLinesAsync(journal);
        lines[0] = "{ no entry";
        await File.WriteAllLinesAsync(journal, lines);
        var damaged = await AskAsync(scene, "history");
        Assert.Equal(3, damaged.Exit);
        Assert.Contains("journal", damaged.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_of_the_built_in_rule_on_a_kept_simulated_account_is_taken_back_too()
    {
        using var scene = new RuleScene();
        scene.People((1, "ada", "Research"));
        string[] account = ["--simulate", "--simulator-state", scene.File_("tenant.json")];
        Assert.Equal(0, (await RuleScene.RunAsync(["sync", "--source", scene.Source, .. account])).Exit);
        var id = Text(Lines((await RuleScene.RunAsync(["runs", "--json", .. account])).Output).Single(), "runId")!;

        var undone = await RuleScene.RunAsync(["undo", "--run-id", id, "--delete-created", "--json", .. account]);
        Assert.True(undone.Exit == 0, undone.Output);
        Assert.Equal(1, Lines(undone.Output).Single(l => Text(l, "type") == "summary").GetProperty("deleted").GetInt32());
        Assert.DoesNotContain("ada@example.com", await File.ReadAllTextAsync(scene.File_("tenant.json")), StringComparison.Ordinal);
    }

    private static Task<(int Exit, string Output, string Error)> AskAsync(RuleScene scene, string command, params string[] more) =>
        RuleScene.RunAsync([command, "--state-path", scene.State, "--simulate", .. more]);

    private static async Task<List<JsonElement>> JsonAsync(RuleScene scene, string command, params string[] more)
    {
        var told = await AskAsync(scene, command, [.. more, "--json"]);
        Assert.True(told.Exit == 0, told.Output + told.Error);
        return Lines(told.Output);
    }

    private static List<JsonElement> Lines(string output) =>
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement).ToList();

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
