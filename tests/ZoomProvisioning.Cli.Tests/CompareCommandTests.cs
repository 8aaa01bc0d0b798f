using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace ZoomProvisioning.Cli.Tests;

/// <summary><c>compare</c>: what it tells and what its exit code says. Nothing is written.</summary>
public sealed class CompareCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("zoomprov-test-");

    private string People => Path.Combine(_folder.FullName, "people.csv");

    private string Tenant => Path.Combine(_folder.FullName, "tenant.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task What_differs_is_told_by_kind_with_both_values_and_nothing_is_written()
    {
        Write("ada@example.com,Ada,Tester,Sales,True", "ben@example.com,Ben,Tester,Sales,True");
        await RunAsync("sync");
        var saved = await File.ReadAllTextAsync(Tenant);

        Write("ada@example.com,Ada,Tester,Legal,True", "cid@example.com,Cid,Tester,Sales,True");
        var told = await RunAsync("compare");
        Assert.Equal((2, ""), (told.Exit, told.Error));
        Assert.Contains("ada@example.com  Department: source 'Legal', Zoom 'Sales'", told.Output, StringComparison.Ordinal);
        Assert.EndsWith("1 missing in Zoom, 3 orphaned in Zoom, 1 different, 0 equal. Nothing was written.", told.Output.TrimEnd(), StringComparison.Ordinal);

        var lines = (await RunAsync("compare", "--json")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var change = lines.Single(l => l.GetProperty("type").GetString() == "difference" && l.GetProperty("difference").GetString() == "Different")
            .GetProperty("changes")[0];
        Assert.Equal(("Legal", "Sales"), (change.GetProperty("source").GetString(), change.GetProperty("zoom").GetString()));
        Assert.Equal(saved, await File.ReadAllTextAsync(Tenant));
    }

    [Fact]
    public async Task The_exit_code_says_whether_all_is_equal_and_whether_everybody_could_be_compared()
    {
        Write("owner@example.com,,,,", "admin@example.com,,,,");
        Assert.Equal(0, (await RunAsync("compare")).Exit);
        Write("owner@example.com,,,,", "admin@example.com,,,,", "no address,Ada,Tester,Sales,True");
        var told = await RunAsync("compare");
        Assert.Equal(3, told.Exit);
        Assert.Contains("Not compared (1):", told.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_that_Zoom_does_not_complete_is_said_to_be_incomplete()
    {
        Write("ada@example.com,Ada,Tester,Sales,True");
        await using var zoom = await ServedZoom.StartAsync();
        zoom.Zoom.PatchBehaviour("""
            {"faults":[{"kind":"status","status":200,"method":"GET","path":"/scim2/Users",
                "body":"{\"totalResults\":30,\"startIndex\":1,\"itemsPerPage\":100,\"Resources\":[]}"}]}
            """);
        var (exit, _, error) = await CliProcess.RunAsync(RuleScene.EnvironmentOf(zoom), "compare", "--source", People);
        Assert.Equal(3, exit);
        Assert.Contains("Zoom did not list all of its users", error, StringComparison.Ordinal);
    }

    private void Write(params string[] rows) => File.WriteAllLines(People, rows.Prepend("UserName,FirstName,LastName,Department,Active"));

    private Task<(int Exit, string Output, string Error)> RunAsync(string command, params string[] more) =>
        RuleScene.RunAsync([command, "--source", People, "--simulate", "--simulator-state", Tenant, .. more]);
}
