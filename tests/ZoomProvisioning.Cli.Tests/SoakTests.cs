using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;
using Xunit.Abstractions;

namespace ZoomProvisioning.Cli.Tests;

/// <summary>
/// Runs that meet whatever there is, at random: requests that fail, kills, terminations, and where root may make one a full disk. What
/// a run says must be what Zoom has, and in the end everybody is right. Three short rounds here; half an hour over 2,000 people with
/// <c>./build.ps1 -Task Soak</c>, which sets <c>ZOOM_SOAK_SECONDS</c> and <c>ZOOM_SOAK_SEED</c>.
/// </summary>
public sealed class SoakTests(ITestOutputHelper output)
{
    private const int RoundsByDefault = 3;
    private const int RoundsOfATenant = 15;

    private static readonly string[] Faults =
    [
        """{"kind":"status","status":503,"probability":0.03}""", """{"kind":"status","status":500,"probability":0.02}""",
        """{"kind":"status","status":429,"probability":0.03}""", """{"kind":"drop","probability":0.02}""",
        """{"kind":"drop","when":"after","probability":0.03}""", """{"kind":"html","status":502,"probability":0.01}""",
        """{"kind":"truncate","probability":0.02}""", """{"kind":"token-expired","probability":0.01}""",
    ];

    private readonly int? _seconds = Number("ZOOM_SOAK_SECONDS");

    private readonly Dictionary<string, int> _ends = [];

    private TimeSpan _slowestEnd;

    [UnixFact]
    public async Task Nobody_is_lost_doubled_unreported_or_misreported()
    {
        var seed = Number("ZOOM_SOAK_SEED") ?? (_seconds is null ? 1 : Environment.TickCount & 0xFFFFFF);
        var random = new Random(seed);
        var time = Stopwatch.StartNew();
        do
        {
            await TenantAsync(random, $"ZOOM_SOAK_SEED={seed}", time);
        }
        while (time.Elapsed.TotalSeconds < _seconds);

        // Said last, because a machine with other work may be slow, and everything else counts all the same.
        Assert.True(_seconds is null || _slowestEnd.TotalSeconds < 5, $"A terminated run took {_slowestEnd.TotalSeconds:0.0} s to end.");
    }

    /// <summary>One account and one rule, for as many rounds as a day's limits of the guard have room for.</summary>
    private async Task TenantAsync(Random random, string where, Stopwatch time)
    {
        var people = new ManyPeople(_seconds is null ? 150 : 2_000);
        using var scene = new RuleScene(
            "\"groups\": [{ \"name\": \"Night shift\", \"when\": \"Department eq 'Night'\" }], \"createGroups\": true,",
            RuleScene.OpenGuard);
        using var disk = SoakDisk.Make(scene.State, isWanted: _seconds is not null);
        using var simulator = CliProcess.Start(new Dictionary<string, string>(), "simulate", "--json", "--rate", "none");
        try
        {
            var environment = await ManyPeople.EnvironmentOf(simulator);
            string[] sync = ["sync", "--source", scene.Source, "--rule", scene.Rule, "--state-path", scene.State, "--json"];
            for (var round = 0; _seconds is { } seconds ? round < RoundsOfATenant && time.Elapsed.TotalSeconds < seconds : round < RoundsByDefault; round++)
            {
                people.WriteSource(scene, round);
                await ManyPeople.SetFaultsAsync(environment, [.. Faults.Where(_ => random.Next(3) == 0)]);
                for (var runs = random.Next(1, 4); runs > 0; runs--)
                {
                    await RunAsync(environment, sync, disk, random);
                }

                await ManyPeople.SetFaultsAsync(environment, []);
                var (exit, said, error) = await CliProcess.RunAsync(environment, sync);
                Assert.True(exit == 0, $"{where}, round {round}: exit {exit}{Environment.NewLine}{error}{said}");
                await AssertToldAsync(environment, said, isWhole: true);
                ManyPeople.AssertJournal(scene.RuleFolder, out _, out _);
                await people.AssertZoomAsync(environment, round);
                output.WriteLine($"round {round} after {time.Elapsed.TotalSeconds:0} s: "
                    + $"{string.Join(", ", _ends.OrderBy(e => e.Key).Select(e => $"{e.Key} {e.Value}"))}; slowest end {_slowestEnd.TotalSeconds:0.0} s");
            }
        }
        finally
        {
            simulator.Kill();
        }
    }

    /// <summary>One run that is let end, terminated, killed, or left without room on its disk.</summary>
    private async Task RunAsync(Dictionary<string, string> environment, string[] sync, SoakDisk? disk, Random random)
    {
        var how = random.Next(disk is null ? 3 : 4);
        var moment = TimeSpan.FromMilliseconds(random.Next(200, _seconds is null ? 1_500 : 8_000));
        using var run = CliProcess.Start(environment, sync);
        var ending = CliProcess.EndAsync(run);
        var isCut = await Task.WhenAny(ending, Task.Delay(moment)) != ending;
        if (isCut && how == 1)
        {
            run.Kill();
        }
        else if (isCut && how == 2)
        {
            using var kill = Process.Start("kill", ["-TERM", run.Id.ToString(CultureInfo.InvariantCulture)]);
            var stopping = Stopwatch.StartNew();
            await ending;
            _slowestEnd = stopping.Elapsed > _slowestEnd ? stopping.Elapsed : _slowestEnd;
        }
        else if (how == 3)
        {
            disk!.Fill();
        }

        var (exit, said, error) = await ending;
        disk?.Empty();
        Assert.DoesNotContain("   at ZoomProvisioning.", error, StringComparison.Ordinal);
        Count(isCut || how == 3 ? $"{(how switch { 1 => "killed", 2 => "terminated", 3 => "disk full", _ => "let end" })}" : "ended", exit);
        await AssertToldAsync(environment, said, isWhole: how == 0 && exit is 0 or 3);
    }

    private void Count(string how, int exit)
    {
        var what = $"{how} ({exit})";
        _ends[what] = _ends.GetValueOrDefault(what) + 1;
    }

    /// <summary>What was said of people is what Zoom has, and of a run that came to its end everybody who was planned is told.</summary>
    private static async Task AssertToldAsync(Dictionary<string, string> environment, string said, bool isWhole)
    {
        using var http = new HttpClient();
        using var state = JsonDocument.Parse(await http.GetStringAsync(new Uri(new Uri(environment["ZOOM_SCIM_URI"]), "/_simulator/state")));
        var active = state.RootElement.GetProperty("users").EnumerateArray().ToDictionary(
            u => u.GetProperty("id").GetString()!, u => (Name: u.GetProperty("userName").GetString()!, Active: u.GetProperty("active").GetBoolean()));
        var names = active.Values.ToDictionary(u => u.Name, u => u.Active, StringComparer.OrdinalIgnoreCase);
        var planned = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var told = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in said.Split('\n').Where(l => l.StartsWith('{') && l.EndsWith('}')))
        {
            using var document = JsonDocument.Parse(line);
            var entry = document.RootElement;
            var type = entry.GetProperty("type").GetString();
            var name = entry.TryGetProperty("userName", out var user) ? user.GetString() : null;
            if (type is not ("planned" or "result") || name is null)
            {
                continue;
            }

            var action = entry.GetProperty("action").GetString();
            // Whoever is renamed is planned under one name and told under another.
            var who = entry.GetProperty("id").GetString() ?? name;
            if (type == "planned")
            {
                _ = action is not "NoOp" && planned.Add(who);
                continue;
            }

            told.Add(name);
            told.Add(who);
            var outcome = entry.GetProperty("outcome").GetString();
            if (outcome == "Done")
            {
                var id = entry.GetProperty("id").GetString();
                Assert.True(id is not null && active.TryGetValue(id, out var now) && now.Active == (action != "Disable"), line);
            }
            else if (outcome is "Failed" or "NotSent" && action == "Create")
            {
                Assert.False(names.ContainsKey(name), line);
            }
        }

        Assert.True(!isWhole || planned.IsSubsetOf(told), string.Join(", ", planned.Except(told).Take(5)));
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A disk of its own for the state, which can be full.</summary>
    private sealed class SoakDisk : IDisposable
    {
        private readonly string _path;
        private readonly string _filler;

        private SoakDisk(string path)
        {
            _path = path;
            _filler = Path.Combine(path, "filler");
            Directory.CreateDirectory(path);
            Assert.True(Run("mount", "-t", "tmpfs", "-o", "size=256m", "tmpfs", path));
        }

        public static SoakDisk? Make(string path, bool isWanted) =>
            isWanted && OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess ? new SoakDisk(path) : null;

        public void Fill()
        {
            try
            {
                using var file = File.Create(_filler);
                var block = new byte[1 << 20];
                while (true)
                {
                    file.Write(block);
                }
            }
            catch (IOException)
            {
                // It is full.
            }
        }

        public void Empty() => File.Delete(_filler);

        public void Dispose() => Run("umount", "-l", _path);

        private static bool Run(string program, params string[] arguments)
        {
            using var process = Process.Start(program, arguments);
            process.WaitForExit();
            return process.ExitCode == 0;
        }
    }
}
