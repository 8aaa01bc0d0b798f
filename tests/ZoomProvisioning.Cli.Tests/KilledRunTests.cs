using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;
using Xunit.Abstractions;

namespace ZoomProvisioning.Cli.Tests;

/// <summary>
/// Runs that are killed at random, again and again, over a socket that fails one request in twenty: in the end Zoom is as it
/// was planned. <c>ZOOM_KILLS</c> says how many kills there are, <c>ZOOM_KILL_SEED</c> which ones; <see cref="SoakTests"/> goes on for longer.
/// </summary>
public class KilledRunTests
{
    private static readonly ManyPeople People = new(1_000);

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
        var seed = Number("ZOOM_KILL_SEED", 1);
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
            var environment = await ManyPeople.EnvironmentOf(simulator);
            string[] sync = ["sync", "--source", scene.Source, "--rule", scene.Rule, "--state-path", scene.State];
            var generation = 0;
            var killed = 0;
            var longest = 0.0;
            People.WriteSource(scene, generation);
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
                        await ManyPeople.SetFaultsAsync(environment, []);
                        var between = await CliProcess.RunAsync(environment, sync);
                        Assert.True(between.Exit == 0, between.Error + between.Output);
                        People.WriteSource(scene, ++generation);
                        await ManyPeople.SetFaultsAsync(environment, Faults);
                    }

                    continue;
                }

                var ended = await end;
                Assert.True(ended.Exit == 0, ended.Error + ended.Output);
                longest = Math.Max(longest, watch.Elapsed.TotalSeconds);
                People.WriteSource(scene, ++generation);
            }

            var last = await CliProcess.RunAsync(environment, sync);
            Assert.True(last.Exit == 0, last.Error + last.Output);

            ManyPeople.AssertJournal(scene.RuleFolder, out var intents, out var settled);
            await People.AssertZoomAsync(environment, generation);
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

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
