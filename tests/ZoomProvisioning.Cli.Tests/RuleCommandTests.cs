using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Engine;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Cli.Tests;

/// <summary><c>plan</c>, <c>sync</c> and <c>apply</c> with a rule.</summary>
public class RuleCommandTests
{
    [Fact]
    public async Task An_address_that_two_people_share_does_not_hold_everybody_else_in_the_first_run()
    {
        using var scene = new RuleScene("\"match\": [\"UserName\"],", own: true);
        scene.People((1, "ada", "Sales"), (2, "ada", "Sales"), (3, "ben", "Sales"), (4, "cem", "Sales"));

        var run = await scene.SimulateAsync("sync");

        Assert.Equal(3, run.Exit);
        Assert.Contains("2 created", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("held", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_life_of_a_simulated_tenant_goes_on_from_run_to_run()
    {
        using var scene = new RuleScene();
        scene.People((1, "ada", "Research"), (2, "ben", "Sales"), (3, "cleo", "Sales"), (4, "dora", "Facilities"));
        var first = await scene.SimulateAsync("sync");
        Assert.Equal(0, first.Exit);
        Assert.Contains("simulator.json for the next run; --fresh begins anew.", first.Output, StringComparison.Ordinal);
        Assert.Contains("+ ada Tester <ada@example.com>  create: ", first.Output, StringComparison.Ordinal);
        Assert.Contains("1 record is out of the rule's scope: dora@example.com.", first.Output, StringComparison.Ordinal);
        Assert.Contains("Staff: 3 created, 0 updated, 0 disabled", first.Output, StringComparison.Ordinal);

        var again = await scene.SimulateAsync("sync");
        Assert.Equal(0, again.Exit);
        Assert.Contains("Plan: 0 to create, 0 to update, 0 to disable, 0 to delete, 0 blocked, 3 unchanged", again.Output, StringComparison.Ordinal);

        // A rename by the anchor, a mover, a leaver and a joiner.
        scene.People((1, "ada.new", "Research"), (2, "ben", "Legal"), (5, "eve", "Sales"));
        var planned = await scene.SimulateAsync("plan");
        Assert.Equal(2, planned.Exit);
        var second = await scene.SimulateAsync("sync");
        Assert.Equal(0, second.Exit);
        Assert.Contains("    Department: 'Sales' → 'Legal'", second.Output, StringComparison.Ordinal);
        Assert.Contains("Email: 'ada@example.com' → 'ada.new@example.com'", second.Output, StringComparison.Ordinal);
        Assert.Contains("- cleo Tester <cleo@example.com>  disable: ", second.Output, StringComparison.Ordinal);
        Assert.Contains("Staff: 1 created, 2 updated, 1 disabled", second.Output, StringComparison.Ordinal);

        var fresh = await scene.SimulateAsync("sync", "--fresh");
        Assert.Contains("Staff: 3 created, 0 updated, 0 disabled", fresh.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_person_on_demand_is_done_alone_and_who_is_nowhere_is_an_error()
    {
        using var scene = new RuleScene();
        scene.People((1, "ada", "Research"), (2, "ben", "Sales"), (3, "cleo", "Sales"));
        Assert.Equal(0, (await scene.SimulateAsync("sync")).Exit);
        scene.People((2, "ben", "Legal"));
        var only = await scene.SimulateAsync("sync", "--only", "BEN@example.com");
        Assert.Equal((0, ""), (only.Exit, only.Error));
        Assert.Contains("Staff: 0 created, 1 updated, 0 disabled, 0 deleted, 0 unchanged", only.Output, StringComparison.Ordinal);
        var gone = await scene.SimulateAsync("sync", "--only", "ada@example.com", "nobody@example.com");
        Assert.Equal(1, gone.Exit);
        Assert.Contains("'ada@example.com' is not in the source", gone.Error, StringComparison.Ordinal);
        var whole = await scene.SimulateAsync("sync");
        Assert.Equal(4, whole.Exit);
    }

    [Fact]
    public async Task A_run_over_a_socket_leaves_Zoom_as_the_source_wants_it()
    {
        await using var served = await ServedZoom.StartAsync();
        using var scene = new RuleScene();
        scene.People((1, "ada", "Research"), (2, "ben", "Sales"));
        string[] sync = ["sync", "--source", scene.Source, "--rule", scene.Rule, "--state-path", scene.State];
        var first = await CliProcess.RunAsync(RuleScene.EnvironmentOf(served), sync);
        Assert.Equal("", first.Error);
        Assert.Equal(0, first.Exit);
        Assert.Equal(4, served.Zoom.UserCount);
        Assert.DoesNotContain("simulated", first.Output, StringComparison.Ordinal);

        served.Zoom.ClearRequests();
        var second = await CliProcess.RunAsync(RuleScene.EnvironmentOf(served), [.. sync, "--json"]);
        Assert.Equal(0, second.Exit);
        Assert.DoesNotContain(served.Zoom.Requests, r => r.Method != "GET" && r.Path.StartsWith("/scim2", StringComparison.Ordinal));
        Assert.True(new StateFactory().CheckJournal(scene.RuleFolder).IsIntact);
    }

    [Fact]
    public async Task What_the_guard_holds_back_is_code_4_until_it_is_approved()
    {
        using var scene = new RuleScene();
        scene.People([.. Enumerable.Range(1, 8).Select(i => (i, $"user{i}", "Sales"))]);
        Assert.Equal(0, (await scene.SimulateAsync("sync")).Exit);

        scene.People([.. Enumerable.Range(4, 6).Select(i => (i, $"user{i}", "Sales"))]);
        var stopped = await scene.SimulateAsync("sync", "--on-guard", "stop-all");
        Assert.Equal(4, stopped.Exit);
        Assert.Contains("Staff: 0 created, 0 updated, 0 disabled", stopped.Output, StringComparison.Ordinal);

        var held = await scene.SimulateAsync("sync");
        Assert.Equal(4, held.Exit);
        Assert.Contains("Staff: 1 created, 0 updated, 0 disabled", held.Output, StringComparison.Ordinal);
        Assert.Contains("Look at the 3 that are held; to let exactly these go, run again within a day with --approve ", held.Output, StringComparison.Ordinal);
        Assert.All(Enumerable.Range(1, 3), i => Assert.Contains(
            $"- user{i} Tester <user{i}@example.com>  disable: no longer in the source  [held: 3 of 8 people",
            held.Output,
            StringComparison.Ordinal));
        Assert.Equal(4, (await scene.SimulateAsync("plan")).Exit);
        Assert.Equal(1, (await scene.SimulateAsync("sync", "--approve", "0123456789ab")).Exit);

        // Exactly those who were looked at go; somebody else in the list needs another look.
        scene.People([.. Enumerable.Range(5, 5).Select(i => (i, $"user{i}", "Sales"))]);
        var approved = await scene.SimulateAsync("sync", "--approve", RuleScene.PlanIdIn(held.Output));
        Assert.Equal(4, approved.Exit);
        Assert.Contains("3 disabled, 0 deleted, 1 held by the guard", approved.Output, StringComparison.Ordinal);

        // What was approved does not count, so one more is within the limit; an approval lets go once.
        Assert.Equal(1, (await scene.SimulateAsync("sync", "--approve", RuleScene.PlanIdIn(held.Output))).Exit);
        var rest = await scene.SimulateAsync("sync");
        Assert.Equal(0, rest.Exit);
        Assert.Contains("1 disabled", rest.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_that_cannot_be_used_is_code_3_and_the_others_go_on()
    {
        using var scene = new RuleScene();
        scene.People((1, "ada", "Research"));
        await File.AppendAllTextAsync(scene.Source, ",Nobody,Tester,Sales,Engineer,9\n");
        var run = await scene.SimulateAsync("sync");
        Assert.Equal(3, run.Exit);
        Assert.Contains("1 created", run.Output, StringComparison.Ordinal);
        Assert.Contains("no user name or mail address", run.Error, StringComparison.Ordinal);
        Assert.Equal(3, (await scene.SimulateAsync("plan")).Exit);
    }

    [Fact]
    public async Task A_row_whose_cells_are_shifted_is_not_used()
    {
        using var scene = new RuleScene();
        scene.People((1, "ada", "Research"));
        await File.AppendAllTextAsync(
            scene.Source, "ben@example.com,ben,Tester, the Younger,Sales,Engineer,2\nmia@example.com,mia,Tester,Sales,Engineer,3,,\n");
        var run = await scene.SimulateAsync("sync");
        Assert.Equal(3, run.Exit);
        Assert.Contains("2 created", run.Output, StringComparison.Ordinal);
        Assert.Contains("it has 7 cells, and the heading has 6", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_with_two_columns_of_one_name_is_refused()
    {
        using var scene = new RuleScene();
        await File.WriteAllTextAsync(scene.Source, "UserName,FirstName,firstname,,\nada@example.com,Ada,Bea,,\n");
        var run = await scene.SimulateAsync("sync");
        Assert.Equal(1, run.Exit);
        Assert.Contains("two columns called", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_credentials_or_with_wrong_ones_the_code_is_5()
    {
        await using var served = await ServedZoom.StartAsync();
        using var scene = new RuleScene();
        scene.People((1, "ada", "Research"));
        string[] sync = ["sync", "--source", scene.Source, "--rule", scene.Rule, "--state-path", scene.State];
        var nothing = await CliProcess.RunAsync(new System.Collections.Generic.Dictionary<string, string>(), sync);
        Assert.Equal(5, nothing.Exit);
        Assert.Contains("ZOOM_ACCOUNT_ID", nothing.Error, StringComparison.Ordinal);

        var wrong = RuleScene.EnvironmentOf(served);
        wrong["ZOOM_CLIENT_SECRET"] = "wrong";
        Assert.Equal(5, (await CliProcess.RunAsync(wrong, sync)).Exit);
        Assert.Equal(2, served.Zoom.UserCount);
    }

    [Fact]
    public async Task While_another_run_has_the_folder_the_code_is_6()
    {
        using var scene = new RuleScene();
        scene.People((1, "ada", "Research"));
        Assert.Equal(0, (await scene.SimulateAsync("sync")).Exit);
        var saved = await File.ReadAllTextAsync(Path.Combine(scene.RuleFolder, "simulator.json"));
        scene.People((1, "ada", "Research"), (2, "ben", "Sales"));
        using (new StateFactory().Open(scene.RuleFolder, Path.GetFileName(Path.GetDirectoryName(scene.RuleFolder))!, "Staff"))
        {
            var locked = await scene.SimulateAsync("sync");
            Assert.Equal(6, locked.Exit);
            Assert.Contains("Another run", locked.Error, StringComparison.Ordinal);
            Assert.Equal(6, (await scene.SimulateAsync("sync", "--fresh")).Exit);
            Assert.Equal(2, (await scene.SimulateAsync("plan")).Exit);
        }

        Assert.Equal(saved, await File.ReadAllTextAsync(Path.Combine(scene.RuleFolder, "simulator.json")));
        Assert.Equal(0, (await scene.SimulateAsync("sync")).Exit);
    }

    [Fact]
    public async Task A_mistake_in_the_rule_is_code_1_with_its_line_and_nothing_is_kept()
    {
        using var scene = new RuleScene("\"guards\": {},");
        scene.People((1, "ada", "Research"));
        foreach (var arguments in new string[][] { [], ["--validate-only"] })
        {
            var run = await scene.SimulateAsync("sync", arguments);
            Assert.Equal(1, run.Exit);
            Assert.Contains("guards", run.Error, StringComparison.Ordinal);
            Assert.Contains("line 9", run.Error, StringComparison.Ordinal);
        }

        Assert.False(Directory.Exists(scene.State));
    }

    [Fact]
    public async Task Validating_connects_to_nothing()
    {
        using var scene = new RuleScene();
        var rule = await RuleScene.RunAsync("sync", "--rule", scene.Rule, "--validate-only");
        Assert.Equal((0, "The rule 'Staff' has no mistakes."), (rule.Exit, rule.Output.Trim()));

        scene.People((1, "ada", "Research"), (4, "dora", "Facilities"));
        var source = await RuleScene.RunAsync("plan", "--rule", scene.Rule, "--source", scene.Source, "--validate-only");
        Assert.Equal(0, source.Exit);
        Assert.Contains("1 person is in scope, 1 is out of scope, and 0 records cannot be used.", source.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_file_of_PowerShell_is_refused_with_the_way_out()
    {
        using var scene = new RuleScene();
        scene.People((1, "ada", "Research"));
        var run = await RuleScene.RunAsync("sync", "--source", scene.Source, "--rule", scene.File_("staff.psd1"), "--simulate");
        Assert.Equal(1, run.Exit);
        Assert.Contains("PowerShell", run.Error, StringComparison.Ordinal);
        Assert.Contains("Sync-ZoomScimUser", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sync --source people.csv --rule staff.json --approve x", "--approve: 'x' is no plan's id.")]
    [InlineData("sync --source people.csv --rule staff.json --approve -1", "--approve: '-1' is no plan's id.")]
    [InlineData("apply --plan plan.json --rule staff.json --approve 1.5", "--approve: '1.5' is no plan's id.")]
    [InlineData(
        "sync --source people.csv --rule staff.json --approve 12",
        "--approve: '12' is a number, and a number approves whoever is in the list by then.")]
    [InlineData("sync --source people.csv --rule staff.json --approve", "Required argument missing for option: '--approve'.")]
    [InlineData("simulate --port x", "--port takes a whole number from 0 to 65535, not 'x'.")]
    [InlineData("simulate --seed 1000001", "--seed takes a whole number from 0 to 1000000, not '1000001'.")]
    public async Task What_is_no_number_or_no_id_is_told_in_one_line(string line, string says)
    {
        var run = await RuleScene.RunAsync(line.Split(' '));

        Assert.Equal(1, run.Exit);
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_what_is_simulated_begins_afresh()
    {
        using var scene = new RuleScene();
        scene.People((1, "ada", "Research"));
        var real = await RuleScene.RunAsync("sync", "--source", scene.Source, "--rule", scene.Rule, "--state-path", scene.State, "--fresh");
        Assert.Equal(1, real.Exit);
        Assert.Contains("--fresh goes with --simulate", real.Error, StringComparison.Ordinal);
        Assert.Equal(1, (await scene.SimulateAsync("sync", "--fresh", "--simulator-state", scene.File_("tenant.json"))).Exit);
    }

    [Fact]
    public async Task Whoever_is_gone_from_Zoom_is_made_again_and_comes_off_the_ledger()
    {
        using var scene = new RuleScene();
        scene.People((1, "ada", "Research"), (2, "ben", "Sales"));
        await scene.SimulateAsync("sync");
        File.Delete(Path.Combine(scene.RuleFolder, "simulator.json"));
        scene.People((1, "ada", "Research"));
        var run = await scene.SimulateAsync("sync");
        Assert.Contains("1 created", run.Output, StringComparison.Ordinal);
        Assert.Single(new StateFactory().ReadLedger(scene.RuleFolder)!.Entries);
    }

    [Fact]
    public async Task One_person_is_explained_and_nothing_is_written()
    {
        using var scene = new RuleScene();
        scene.People((1, "ada", "Research"), (4, "dora", "Facilities"));
        var create = await scene.SimulateAsync("sync", "--explain", "ADA@example.com");
        Assert.Equal(0, create.Exit);
        Assert.Contains("ada@example.com, line 2 of the source", create.Output, StringComparison.Ordinal);
        Assert.Contains("Scope: Department ne 'Facilities': in scope", create.Output, StringComparison.Ordinal);
        Assert.Contains("Title = 'Engineer'  from property 'Title': 'Engineer', write-only", create.Output, StringComparison.Ordinal);
        Assert.Contains("POST /Users {", create.Output, StringComparison.Ordinal);
        Assert.Contains("Nothing was written.", create.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(scene.RuleFolder, "journal.jsonl")));

        var outOfScope = await scene.SimulateAsync("plan", "--explain", "dora@example.com");
        Assert.Contains("Zoom: not there", outOfScope.Output, StringComparison.Ordinal);
        Assert.Contains(
            "Plan: nothing, because the record is out of the rule's scope: Department ne 'Facilities' (Department is 'Facilities')",
            outOfScope.Output, StringComparison.Ordinal);
        var several = await scene.SimulateAsync("sync", "--explain", "Tester");
        Assert.Equal(1, several.Exit);
        Assert.Contains("'Tester' fits 2 people in the source: ", several.Error, StringComparison.Ordinal);

        await scene.SimulateAsync("sync");
        scene.People((1, "ada", "Legal"), (4, "dora", "Facilities"));
        using var update = JsonDocument.Parse((await scene.SimulateAsync(
            "sync", "--explain", "1", "--json")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1]);
        var request = update.RootElement.GetProperty("requests")[0];
        Assert.Equal("PUT", request.GetProperty("method").GetString());
        Assert.Contains("Legal", request.GetProperty("body").GetRawText(), StringComparison.Ordinal);

        var nobody = await scene.SimulateAsync("sync", "--explain", "zoe@example.com");
        Assert.Equal(1, nobody.Exit);
        Assert.Contains("Nobody is called 'zoe@example.com'", nobody.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_warning_is_said_once_with_its_name_in_front_once()
    {
        using var scene = new RuleScene();
        var plan = scene.File_("plan.json");
        const string Warning = "warning: ada@example.com: User type 'Pro' is an older name; Zoom calls it 'Licensed' now. (Said once.)";
        await File.WriteAllTextAsync(
            scene.Source,
            "UserName,FirstName,LastName,Department,Title,EmployeeNumber,UserType\nada@example.com,ada,Tester,Sales,Clerk,1,Pro\n");
        foreach (var command in new string[][] { ["plan", "--out", plan], ["apply", "--plan", plan], ["sync", "--fresh"], ["sync"] })
        {
            var run = await scene.SimulateAsync(command[0], command[1..]);
            Assert.Equal(Warning, Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        }
    }

    [Fact]
    public void A_warning_that_comes_with_a_result_alone_has_its_name_in_front_once()
    {
        using var error = new StringWriter();
        var console = Spectre.Console.AnsiConsole.Create(new Spectre.Console.AnsiConsoleSettings
        {
            Out = new Spectre.Console.AnsiConsoleOutput(error),
            Ansi = Spectre.Console.AnsiSupport.No,
        });
        var result = new ChangeResult("ada@example.com", PlanAction.Update, ChangeOutcome.Done, "done")
        {
            Warnings = ["ada@example.com: said with a name", "said without"],
        };
        new Views.TextView(console, console, new StateFactory(), Views.TextDetail.Everything).ShowResult(result);
        Assert.Equal(
            ["warning: ada@example.com: said with a name", "warning: ada@example.com: said without"],
            error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Trim()));
    }

    [Fact]
    public async Task Report_and_log_tell_of_the_run()
    {
        using var scene = new RuleScene();
        scene.People((1, "ada", "Research"), (2, "ben", "Sales"));
        var report = scene.File_("run.html");
        var log = scene.File_("logs/run.jsonl");
        Assert.Equal(0, (await scene.SimulateAsync("sync", "--report", report, "--log", log)).Exit);
        Assert.Contains("Staff", await File.ReadAllTextAsync(report), StringComparison.Ordinal);
        Assert.Equal(["plan", "result", "result", "end"], await EventsAsync(log));

        // Lines are added, and an error has its line too.
        File.Delete(Path.Combine(scene.RuleFolder, "ledger.json"));
        Assert.Equal(1, (await scene.SimulateAsync("sync", "--log", log)).Exit);
        Assert.Equal(["plan", "result", "result", "end", "error"], await EventsAsync(log));
    }

    [Fact]
    public async Task Json_has_one_object_a_line_for_everything()
    {
        using var scene = new RuleScene();
        scene.People((1, "ada", "Research"));
        await File.AppendAllTextAsync(scene.Source, "owner@example.com,Own,Er,Sales,Engineer,7\n");
        var run = await scene.SimulateAsync("sync", "--json");
        var types = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => JsonDocument.Parse(l).RootElement.GetProperty("type").GetString())
            .ToList();
        Assert.Equal("note", types[0]);
        Assert.Contains("planned", types);
        Assert.Contains("plan", types);
        Assert.Contains("result", types);
        Assert.Equal("summary", types[^1]);
    }

    private static async Task<string[]> EventsAsync(string log) =>
        [.. (await File.ReadAllLinesAsync(log)).Select(l => JsonDocument.Parse(l).RootElement.GetProperty("event").GetString()!)];
}
