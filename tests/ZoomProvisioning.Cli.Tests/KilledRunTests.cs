using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;
using Xunit.Abstractions;
using ZoomProvisioning.Engine;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Cli.Tests;

/// <summary>
/// Runs that are killed at random, again and again, over a socket that fails one request in twenty: in the end Zoom is as it
/// was planned. <c>ZOOM_KILLS</c> says how many kills there are, <c>ZOOM_KILL_SEED</c> which ones.
/// </summary>
public class KilledRunTests
{
    private const int People = 1_000;
    private const int KillsPerTenant = 40;

    // One request in twenty: refused before it does anything, cut off before, cut off after it was carried out, and a gateway's page.
    private static readonly string[] Faults =
    [
        """{"kind":"status","status":503,"probability":0.02}""",
        """{"kind":"drop","probability":0.01}""",
        """{"kind":"drop","when":"after","probability":0.015}""",
        """{"kind":"html","status":502,"probability":0.005}""",
    ];

    private readonly ITestOutputHelper _output;

    public KilledRunTests(ITestOutputHelper output) => _output = output;

    [UnixFact]
    public async Task However_often_a_run_is_killed_the_next_one_makes_good()
    {
        var kills = Number("ZOOM_KILLS", 6);
        var seed = Number("ZOOM_KILL_SEED", Environment.TickCount & 0xFFFF);
        _output.WriteLine($"{kills} kills, ZOOM_KILL_SEED={seed}");
        var random = new Random(seed);
        for (var done = 0; done < kills; done += KillsPerTenant)
        {
            await TenantAsync(Math.Min(KillsPerTenant, kills - done), random);
        }
    }

    private async Task TenantAsync(int kills, Random random)
    {
        using var scene = new RuleScene(
            "\"groups\": [{ \"name\": \"Night shift\", \"when\": \"Department eq 'Night'\" }], \"createGroups\": true,",
            RuleScene.OpenGuard);
        using var simulator = CliProcess.Start(
            new Dictionary<string, string>(),
            ["simulate", "--json", "--rate", "none", .. Faults.SelectMany(f => new[] { "--fault", f })]);
        try
        {
            var environment = await EnvironmentOf(simulator);
            string[] sync = ["sync", "--source", scene.Source, "--rule", scene.Rule, "--state-path", scene.State];
            var generation = 0;
            var killed = 0;
            var longest = 0.0;
            WriteSource(scene, generation);
            while (killed < kills)
            {
                using var run = CliProcess.Start(environment, sync);
                var end = CliProcess.EndAsync(run);
                // From before the first request to well into the writing.
                var moment = TimeSpan.FromMilliseconds(random.Next(250, 2_500));
                var watch = Stopwatch.StartNew();
                if (await Task.WhenAny(end, Task.Delay(moment)) != end)
                {
                    run.Kill();
                    await end;
                    killed++;
                    if (killed == kills / 2)
                    {
                        // Half of the kills strike creations; the others strike changes, renames, removals and memberships.
                        await SetFaultsAsync(environment, []);
                        var between = await CliProcess.RunAsync(environment, sync);
                        Assert.True(between.Exit == 0, between.Error + between.Output);
                        WriteSource(scene, ++generation);
                        await SetFaultsAsync(environment, Faults);
                    }

                    continue;
                }

                var ended = await end;
                Assert.True(ended.Exit == 0, ended.Error + ended.Output);
                longest = Math.Max(longest, watch.Elapsed.TotalSeconds);
                WriteSource(scene, ++generation);
            }

            var last = await CliProcess.RunAsync(environment, sync);
            Assert.True(last.Exit == 0, last.Error + last.Output);

            AssertJournal(scene.RuleFolder, out var intents, out var settled);
            await AssertZoomAsync(environment, generation);
            using var again = JsonDocument.Parse((await CliProcess.RunAsync(
                environment, ["plan", .. sync[1..], "--json"])).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^2]);
            Assert.Equal(0, again.RootElement.GetProperty("pending").GetInt32());
            _output.WriteLine($"{killed} kills, {generation + 1} sources, {intents} requests in the journal, {settled} of them settled, "
                + $"longest whole run {longest:0.0} s");
        }
        finally
        {
            simulator.Kill();
        }
    }

    private static async Task SetFaultsAsync(Dictionary<string, string> environment, string[] faults)
    {
        using var http = new HttpClient();
        using var body = new StringContent($"{{\"faults\":[{string.Join(',', faults)}]}}");
        using var reply = await http.PatchAsync(new Uri(new Uri(environment["ZOOM_SCIM_URI"]), "/_simulator/behaviour"), body);
        reply.EnsureSuccessStatusCode();
    }

    /// <summary>A thousand people, of whom each generation changes a fifth, loses twenty, gains twenty, and renames ten.</summary>
    private static void WriteSource(RuleScene scene, int generation) =>
        scene.People([.. Numbers(generation).Select(n => (n, NameOf(n, generation), DepartmentOf(n, generation)))]);

    private static IEnumerable<int> Numbers(int generation) => Enumerable.Range(1 + (generation * 20), People);

    private static string NameOf(int number, int generation) => number % 100 == 7 ? $"user{number}.g{generation}" : $"user{number}";

    private static string DepartmentOf(int number, int generation) => (number + generation) % 10 == 0 ? "Night" : "Day";

    /// <summary>Every request has its outcome or was settled, once, and nobody has touched the journal.</summary>
    private static void AssertJournal(string folder, out int intents, out int settled)
    {
        var state = new StateFactory();
        var check = state.CheckJournal(folder);
        Assert.True(check.IsIntact, check.Problem);
        var entries = state.ReadJournal(folder).ToList();
        var answers = entries
            .Where(e => e.Kind == JournalKind.Settled || (e.Kind == JournalKind.Outcome && e.Outcome != ChangeOutcome.Unknown))
            .ToLookup(e => e.Answers);
        var asked = entries.Where(e => e.Kind == JournalKind.Intent).ToList();
        Assert.All(asked, intent => Assert.Single(answers[intent.Number]));
        intents = asked.Count;
        settled = entries.Count(e => e.Kind == JournalKind.Settled);
    }

    /// <summary>Everybody of the source is in Zoom once and as the source says; whoever left it is deactivated.</summary>
    private static async Task AssertZoomAsync(Dictionary<string, string> environment, int generation)
    {
        using var http = new HttpClient();
        using var state = JsonDocument.Parse(await http.GetStringAsync(new Uri(new Uri(environment["ZOOM_SCIM_URI"]), "/_simulator/state")));
        const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
        var users = state.RootElement.GetProperty("users").EnumerateArray()
            .Where(u => u.TryGetProperty(Enterprise, out var more) && more.TryGetProperty("employeeNumber", out _))
            .ToLookup(u => int.Parse(u.GetProperty(Enterprise).GetProperty("employeeNumber").GetString()!, CultureInfo.InvariantCulture));
        var wanted = Numbers(generation).ToHashSet();
        foreach (var number in wanted)
        {
            var user = Assert.Single(users[number]);
            Assert.Equal($"{NameOf(number, generation)}@example.com", user.GetProperty("userName").GetString());
            Assert.True(user.GetProperty("active").GetBoolean());
            Assert.Equal(DepartmentOf(number, generation), user.GetProperty(Enterprise).GetProperty("department").GetString());
            Assert.Equal(
                DepartmentOf(number, generation) == "Night",
                user.GetProperty("groups").EnumerateArray().Any(g => g.GetProperty("display").GetString() == "Night shift"));
        }

        foreach (var left in users.Where(u => !wanted.Contains(u.Key)))
        {
            Assert.False(Assert.Single(left).GetProperty("active").GetBoolean());
        }
    }

    private static async Task<Dictionary<string, string>> EnvironmentOf(Process simulator)
    {
        using var told = JsonDocument.Parse((await simulator.StandardOutput.ReadLineAsync())!);
        string Told(string name) => told.RootElement.GetProperty(name).GetString()!;
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ZOOM_ACCOUNT_ID"] = Told("accountId"),
            ["ZOOM_CLIENT_ID"] = Told("clientId"),
            ["ZOOM_CLIENT_SECRET"] = Told("clientSecret"),
            ["ZOOM_SCIM_URI"] = Told("scimUri"),
            ["ZOOM_TOKEN_URI"] = Told("tokenUri"),
        };
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
