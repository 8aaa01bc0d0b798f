using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace ZoomProvisioning.Cli.Tests;

/// <summary><c>plan</c>, <c>sync</c> and <c>apply</c> without a rule.</summary>
public sealed class BuiltInRuleTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("zoomprov-test-");

    private string People => Path.Combine(_folder.FullName, "people.csv");

    private string Tenant => Path.Combine(_folder.FullName, "tenant.json");

    public void Dispose() => _folder.Delete(recursive: true);

    private void Write(params string[] rows) => File.WriteAllLines(People, rows.Prepend("UserName,FirstName,LastName,Department,Title,Location,Active"));

    private Task<(int Exit, string Output, string Error)> KeptAsync(string command, params string[] more) =>
        RuleScene.RunAsync([command, .. command == "apply" ? (string[])[] : ["--source", People], "--simulate", "--simulator-state", Tenant, .. more]);

    [Fact]
    public async Task With_a_file_for_the_account_the_ledger_lies_beside_it_and_the_second_run_writes_nothing()
    {
        Write("ada@example.com,Ada,Tester,Sales,Clerk,Berlin,True", "ben@example.com,Ben,Tester,Sales,Clerk,Berlin,True");
        var first = await KeptAsync("sync");
        Assert.Equal((0, ""), (first.Exit, first.Error));
        Assert.Contains("built-in: 2 created", first.Output, StringComparison.Ordinal);
        Assert.Single(
            first.Output.Split('\n'),
            line => line.Contains("the built-in one is used", StringComparison.Ordinal) && line.Contains(Tenant + ".state", StringComparison.Ordinal));
        Assert.True(Directory.Exists(Tenant + ".state"));

        var saved = await File.ReadAllTextAsync(Tenant);
        var again = await KeptAsync("sync");
        Assert.Equal(0, again.Exit);
        Assert.Contains("2 unchanged", again.Output, StringComparison.Ordinal);
        Assert.Equal(saved, await File.ReadAllTextAsync(Tenant));
        Assert.Equal(0, (await KeptAsync("plan")).Exit);
    }

    [Fact]
    public async Task Title_and_location_are_updated_and_whoever_is_absent_is_not_touched()
    {
        Write([.. Enumerable.Range(1, 12).Select(i => $"user{i}@example.com,User,Tester,Sales,Clerk,Berlin,True")]);
        await KeptAsync("sync");
        Write("user1@example.com,User,Tester,Sales,Director,Rome,True", "user2@example.com,User,Tester,Sales,Clerk,Berlin,False");

        Assert.Equal(2, (await KeptAsync("plan")).Exit);
        var run = await KeptAsync("sync", "--json");

        Assert.Equal(0, run.Exit);
        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var summary = lines[^1];
        Assert.Equal(("summary", 0, 1, 1), (
            summary.GetProperty("type").GetString(),
            summary.GetProperty("created").GetInt32(),
            summary.GetProperty("updated").GetInt32(),
            summary.GetProperty("disabled").GetInt32()));
        Assert.Equal(2, lines.Count(l => l.GetProperty("type").GetString() == "result"));
        using var state = JsonDocument.Parse(await File.ReadAllTextAsync(Tenant));
        var users = state.RootElement.GetProperty("users").EnumerateArray().ToDictionary(u => u.GetProperty("userName").GetString()!, StringComparer.Ordinal);
        Assert.Equal(
            ("Director", "Rome"),
            (users["user1@example.com"].GetProperty("title").GetString(), users["user1@example.com"].GetProperty("locale").GetString()));
        Assert.Equal(["user2@example.com"], users.Values.Where(u => !u.GetProperty("active").GetBoolean()).Select(u => u.GetProperty("userName").GetString()));
    }

    [Fact]
    public async Task Too_many_disables_are_held_until_they_are_approved()
    {
        Write([.. Enumerable.Range(1, 12).Select(i => $"user{i}@example.com,User,Tester,Sales,Clerk,Berlin,True")]);
        await KeptAsync("sync");
        Write([.. Enumerable.Range(1, 12).Select(i => $"user{i}@example.com,User,Tester,Sales,Clerk,Berlin,False")]);

        var held = await KeptAsync("sync");
        Assert.Equal(4, held.Exit);
        var approved = await KeptAsync("sync", "--approve", RuleScene.PlanIdIn(held.Output));

        Assert.Equal(0, approved.Exit);
        Assert.Contains("12 disabled", approved.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_file_account_and_ledger_end_with_the_command()
    {
        Write("ada@example.com,Ada,Tester,Sales,Clerk,Berlin,True");
        var before = Temporary();
        for (var run = 0; run < 2; run++)
        {
            var result = await RuleScene.RunAsync("sync", "--source", People, "--simulate");
            Assert.Equal(0, result.Exit);
            Assert.Contains("built-in: 1 created", result.Output, StringComparison.Ordinal);
            Assert.Contains("end with this command", result.Output, StringComparison.Ordinal);
        }

        Assert.Subset(before, Temporary());

        static HashSet<string> Temporary() => [.. Directory.GetDirectories(Path.GetTempPath(), "ZoomProvisioning-*")];
    }

    [Fact]
    public async Task With_a_real_account_it_keeps_a_ledger_of_its_own_under_the_state_folder()
    {
        await using var served = await ServedZoom.StartAsync();
        Write("ada@example.com,Ada,Tester,Sales,Clerk,Berlin,True");
        string[] sync = ["sync", "--source", People, "--state-path", _folder.FullName];
        Assert.Equal(0, (await CliProcess.RunAsync(RuleScene.EnvironmentOf(served), sync)).Exit);
        Assert.Single(Directory.GetDirectories(_folder.FullName, "built-in", SearchOption.AllDirectories));

        served.Zoom.ClearRequests();
        Assert.Equal(0, (await CliProcess.RunAsync(RuleScene.EnvironmentOf(served), sync)).Exit);
        Assert.DoesNotContain(served.Zoom.Requests, r => r.Method != "GET" && r.Path.StartsWith("/scim2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_rule_is_not_kept_from_removing_its_leavers_by_the_built_in_one()
    {
        using var scene = new RuleScene();
        scene.People((1, "ada", "Research"), (2, "ben", "Sales"), (3, "cleo", "Sales"));
        await scene.SimulateAsync("sync");
        var tenant = Path.Combine(scene.RuleFolder, "simulator.json");
        Assert.Equal(
            0,
            (await RuleScene.RunAsync("sync", "--source", scene.Source, "--state-path", scene.State, "--simulate", "--simulator-state", tenant)).Exit);

        scene.People((1, "ada", "Research"), (2, "ben", "Sales"));
        var run = await RuleScene.RunAsync(
            "sync", "--source", scene.Source, "--rule", scene.Rule, "--state-path", scene.State, "--simulate", "--simulator-state", tenant);

        Assert.Contains("1 disabled", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_saved_plan_is_applied_and_one_person_explained()
    {
        Write("ada@example.com,Ada,Tester,Sales,Clerk,Berlin,True");
        var plan = Path.Combine(_folder.FullName, "plan.json");
        Assert.Equal(2, (await KeptAsync("plan", "--out", plan)).Exit);
        Assert.Contains("POST /Users {", (await KeptAsync("sync", "--explain", "ada@example.com")).Output, StringComparison.Ordinal);
        var applied = await KeptAsync("apply", "--plan", plan);
        Assert.Equal(0, applied.Exit);
        Assert.Contains("1 created", applied.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_that_cannot_be_used_is_code_3_and_the_others_go_on()
    {
        Write("ada@example.com,Ada,Tester,Sales,Clerk,Berlin,True", ",Nobody,Tester,Sales,Clerk,Berlin,True");
        var run = await KeptAsync("sync");
        Assert.Equal(3, run.Exit);
        Assert.Contains("1 created", run.Output, StringComparison.Ordinal);
        Assert.Contains("no user name or mail address", run.Error, StringComparison.Ordinal);
    }
}
