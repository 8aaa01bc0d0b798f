using System;
using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace ZoomProvisioning.Cli.Tests;

/// <summary>What commands with a rule do with what is kept: saved plans, the ledger, the journal.</summary>
public class RuleStateCommandTests
{
    [Fact]
    public async Task A_saved_plan_is_applied_and_whoever_changed_since_is_left_alone()
    {
        using var scene = new RuleScene();
        scene.People((1, "ada", "Research"), (2, "ben", "Sales"));
        await scene.SimulateAsync("sync");
        scene.People((1, "ada", "Legal"), (2, "ben", "Legal"));
        var plan = scene.File_("plan.json");
        var page = scene.File_("plan.html");
        Assert.Equal(2, (await scene.SimulateAsync("plan", "--out", plan, "--html", page)).Exit);
        var html = await File.ReadAllTextAsync(page);
        Assert.Contains("ada@example.com", html, StringComparison.Ordinal);
        Assert.Contains($"zoomprov apply --plan {plan} --rule ", html, StringComparison.Ordinal);

        // Somebody changes ben in Zoom.
        var tenant = Path.Combine(scene.RuleFolder, "simulator.json");
        var state = await File.ReadAllTextAsync(tenant);
        var ben = state.IndexOf("ben@example.com", StringComparison.Ordinal);
        var department = state.IndexOf("\"Sales\"", ben, StringComparison.Ordinal);
        await File.WriteAllTextAsync(tenant, state[..department] + "\"Board\"" + state[(department + 7)..]);

        var apply = await scene.SimulateAsync("apply", "--plan", plan);
        Assert.Equal(2, apply.Exit);
        Assert.Contains("1 updated", apply.Output, StringComparison.Ordinal);
        Assert.Contains("1 skipped (1 changed since the plan was made: plan again)", apply.Output, StringComparison.Ordinal);
        Assert.Contains(
            "1 changed since: changed since the plan was made: Department was 'Sales' and is 'Board' (ben@example.com) Plan again.",
            apply.Error,
            StringComparison.Ordinal);

        // A plan applies once.
        var twice = await scene.SimulateAsync("apply", "--plan", plan, "--json");
        Assert.Equal(1, twice.Exit);
        Assert.Contains("a plan applies once. Nothing was sent.", twice.Output, StringComparison.Ordinal);

        var sync = await scene.SimulateAsync("sync");
        Assert.Contains("Department: 'Board' → 'Legal'  (changed in Zoom by hand)", sync.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_of_another_rule_or_account_is_refused()
    {
        using var scene = new RuleScene();
        scene.People((1, "ada", "Research"));
        var plan = scene.File_("plan.json");
        await scene.SimulateAsync("plan", "--out", plan);

        await using var served = await ServedZoom.StartAsync();
        var account = await CliProcess.RunAsync(RuleScene.EnvironmentOf(served), "apply", "--plan", plan, "--rule", scene.Rule, "--state-path", scene.State);
        Assert.Equal(1, account.Exit);
        Assert.Contains("is for the account", account.Error, StringComparison.Ordinal);

        await File.WriteAllTextAsync(
            scene.Rule,
            (await File.ReadAllTextAsync(scene.Rule)).Replace("\"maxDisable\": 2", "\"maxDisable\": 3", StringComparison.Ordinal));
        var changed = await scene.SimulateAsync("apply", "--plan", plan);
        Assert.Equal(1, changed.Exit);
        Assert.Contains("was changed since the plan", changed.Error, StringComparison.Ordinal);
        Assert.Equal(2, served.Zoom.UserCount);
    }

    [Fact]
    public async Task A_lost_ledger_is_made_anew_once_its_plan_was_seen()
    {
        using var scene = new RuleScene();
        scene.People((1, "ada", "Research"), (2, "ben", "Sales"), (3, "cleo", "Sales"));
        await scene.SimulateAsync("sync");
        var ledger = Path.Combine(scene.RuleFolder, "ledger.json");
        File.Delete(ledger);
        scene.People((1, "ada", "Research"), (2, "ben", "Sales"));

        var lost = await scene.SimulateAsync("sync");
        Assert.Equal(1, lost.Exit);
        Assert.Contains("--rebuild", lost.Error, StringComparison.Ordinal);

        var asked = await scene.SimulateAsync("sync", "--rebuild");
        Assert.Equal(2, asked.Exit);
        Assert.Contains("- cleo Tester <cleo@example.com>", asked.Output, StringComparison.Ordinal);
        Assert.Contains("to go on: --yes", asked.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(ledger));
        Assert.Equal(2, (await scene.SimulateAsync("plan", "--rebuild")).Exit);

        Assert.Equal(0, (await scene.SimulateAsync("sync", "--rebuild", "--yes")).Exit);
        Assert.True(File.Exists(ledger));
        Assert.Equal(0, (await scene.SimulateAsync("plan")).Exit);
    }

    [Fact]
    public async Task With_a_damaged_journal_the_plan_of_a_new_ledger_is_shown_first_and_no_line_is_lost()
    {
        using var scene = new RuleScene();
        scene.People((1, "ada", "Research"));
        await scene.SimulateAsync("sync");
        var journal = Path.Combine(scene.RuleFolder, "journal.jsonl");
        var good = (await File.ReadAllLinesAsync(journal)).Length;
        scene.People((1, "ada", "Research"), (2, "ben", "Sales"));
        await scene.SimulateAsync("sync");
        var damaged = await File.ReadAllLinesAsync(journal);
        damaged[good] = damaged[good].Replace("Staff", "Stuff", StringComparison.Ordinal).Replace("RunStarted", "RunEnded", StringComparison.Ordinal);
        await File.WriteAllTextAsync(journal, string.Join("\n", damaged) + "\n");
        var before = await File.ReadAllBytesAsync(journal);

        foreach (var arguments in new string[][] { ["plan", "--rebuild"], ["sync", "--rebuild", "--dry-run"], ["sync", "--rebuild"] })
        {
            var shown = await scene.SimulateAsync(arguments[0], arguments[1..]);
            Assert.True(shown.Exit == (arguments.Length == 2 && arguments[0] == "sync" ? 2 : 0), shown.Error);
            Assert.Contains($"The journal is damaged at line {good + 1}:", shown.Output, StringComparison.Ordinal);
            Assert.Contains("journal.cut.txt", shown.Output, StringComparison.Ordinal);
            Assert.Contains("1 line cannot be used", shown.Output, StringComparison.Ordinal);
            // What stands behind the damaged line says who ben is.
            Assert.DoesNotContain("ben Tester", shown.Output, StringComparison.Ordinal);
            Assert.Equal(before, await File.ReadAllBytesAsync(journal));
        }

        Assert.Equal(0, (await scene.SimulateAsync("sync", "--rebuild", "--yes")).Exit);
        Assert.Contains(damaged[good], await File.ReadAllTextAsync(Path.Combine(scene.RuleFolder, "journal.cut.txt")), StringComparison.Ordinal);
        Assert.Contains(damaged[^1], await File.ReadAllTextAsync(Path.Combine(scene.RuleFolder, "journal.cut.txt")), StringComparison.Ordinal);
        Assert.Equal(0, (await scene.SimulateAsync("plan")).Exit);
    }

    [Fact]
    public async Task Where_a_line_of_the_journal_is_lost_nobody_is_removed_before_somebody_has_looked()
    {
        using var scene = new RuleScene();
        scene.People((1, "ada", "Research"), (2, "ben", "Sales"), (3, "cleo", "Sales"), (4, "dora", "Sales"));
        await scene.SimulateAsync("sync");
        var journal = Path.Combine(scene.RuleFolder, "journal.jsonl");
        var lines = await File.ReadAllLinesAsync(journal);
        var about = Array.FindIndex(lines, l => l.Contains("ben@", StringComparison.Ordinal));
        lines[about] = lines[about][..(lines[about].Length / 2)];
        await File.WriteAllTextAsync(journal, string.Join("\n", lines) + "\n");
        scene.People((1, "ada", "Research"), (2, "ben", "Sales"), (3, "cleo", "Sales"));

        Assert.Equal(1, (await scene.SimulateAsync("sync")).Exit);
        var held = await scene.SimulateAsync("sync", "--rebuild", "--yes");
        Assert.Equal(4, held.Exit);
        Assert.Contains("A line of the journal is lost", held.Output, StringComparison.Ordinal);
        Assert.Contains("dora@example.com", held.Output, StringComparison.Ordinal);

        // Once: who has read that lets the next run go on.
        var next = await scene.SimulateAsync("sync");
        Assert.True(next.Exit == 0, next.Output + next.Error);
        Assert.Contains("1 disabled", next.Output, StringComparison.Ordinal);
    }
}
