using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Xunit;
using Xunit.Abstractions;
using ZoomProvisioning.Engine;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Cli.Tests;

/// <summary>The real process, ended as a service manager ends it.</summary>
public class SignalTests(ITestOutputHelper output)
{
    [UnixFact]
    public async Task A_termination_right_after_the_start_is_clean_and_saves_the_state()
    {
        var folder = Directory.CreateTempSubdirectory("zoomprov-test-");
        try
        {
            var state = Path.Combine(folder.FullName, "tenant.json");
            var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (var argument in new[]
            {
                Path.Combine(AppContext.BaseDirectory, "zoomprov.dll"),
                "simulate",
                "--seed",
                "5000",
                "--json",
                "--simulator-state",
                state,
            })
            {
                start.ArgumentList.Add(argument);
            }

            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
            using var process = Process.Start(start)!;
            try
            {
                Assert.NotNull(await process.StandardOutput.ReadLineAsync(limit.Token));
                using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
                await process.WaitForExitAsync(limit.Token);
                Assert.Equal("", await process.StandardError.ReadToEndAsync(limit.Token));
                Assert.Equal(0, process.ExitCode);
                Assert.True(File.Exists(state));
            }
            finally
            {
                if (!process.HasExited)
                {
                    process.Kill();
                }
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Zoom keeps one reply for ten minutes, so that a program that ends at all has not waited for it.
    [UnixTheory]
    [InlineData("sync", "GET", 3)]
    [InlineData("sync", "POST", 0)]
    [InlineData("sync", "POST", 8)]
    [InlineData("plan", "GET", 3)]
    [InlineData("compare", "GET", 3)]
    [InlineData("test", "GET", 0)]
    public async Task A_termination_while_Zoom_does_not_answer_ends_with_the_books_closed(string command, string method, int after)
    {
        await using var zoom = await ServedZoom.StartAsync(seedUsers: 600);
        using var scene = new RuleScene();
        scene.People([.. Enumerable.Range(1, 20).Select(n => (n, $"term{n}", "Sales"))]);
        zoom.Zoom.PatchBehaviour($$"""{"faults":[{"kind":"slow","method":"{{method}}","after":{{after}},"delay_ms":600000}]}""");
        zoom.Zoom.ClearRequests();
        string[] arguments = command switch
        {
            "test" => ["test"],
            "compare" => ["compare", "--source", scene.Source],
            _ => [command, "--source", scene.Source, "--rule", scene.Rule, "--state-path", scene.State],
        };
        using var process = CliProcess.Start(RuleScene.EnvironmentOf(zoom), arguments);
        var end = CliProcess.EndAsync(process);
        while (Requests(zoom, method) <= after)
        {
            Assert.False(end.IsCompleted, end.IsCompleted ? (await end).ToString() : null);
            await Task.Delay(20);
        }

        var time = Stopwatch.StartNew();
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        var (exit, said, error) = await end;
        output.WriteLine($"ended after {time.Elapsed.TotalSeconds:0.0} s with {exit}: {said}{error}");
        Assert.NotEqual(0, exit);
        Assert.DoesNotContain("   at ZoomProvisioning.", error, StringComparison.Ordinal);
        if (method == "POST")
        {
            var state = new StateFactory();
            Assert.True(state.CheckJournal(scene.RuleFolder).IsIntact);
            var entries = state.ReadJournal(scene.RuleFolder).ToList();
            Assert.NotNull(entries.Last(e => e.Kind is not JournalKind.LedgerSaved) is { Kind: JournalKind.RunEnded } ended ? ended.Message : null);
            var answered = entries.Where(e => e.Kind == JournalKind.Outcome).ToLookup(e => e.Answers);
            Assert.All(entries.Where(e => e.Kind == JournalKind.Intent), intent => Assert.Single(answered[intent.Number]));
            Assert.Contains(entries, e => e is { Kind: JournalKind.Outcome, Outcome: ChangeOutcome.Unknown });
        }

        zoom.Zoom.PatchBehaviour("""{"faults":null}""");
        if (command == "sync")
        {
            var next = await CliProcess.RunAsync(RuleScene.EnvironmentOf(zoom), arguments);
            Assert.True(next.Exit == 0, next.Error + next.Output);
            using var tenant = JsonDocument.Parse(zoom.Zoom.ExportState());
            var names = tenant.RootElement.GetProperty("users").EnumerateArray().Select(u => u.GetProperty("userName").GetString()!).ToList();
            Assert.All(Enumerable.Range(1, 20), n => Assert.Single(names, name => name == $"term{n}@example.com"));
        }
    }

    [UnixTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_termination_while_a_pipe_gives_no_more_ends_it(bool isStandardInput)
    {
        await using var zoom = await ServedZoom.StartAsync();
        using var scene = new RuleScene();
        var pipe = scene.File_("pipe");
        using (var make = Process.Start("mkfifo", [pipe]))
        {
            await make.WaitForExitAsync();
        }

        string[] arguments = ["sync", "--source", isStandardInput ? "-" : pipe, "--rule", scene.Rule, "--state-path", scene.State];
        using var process = CliProcess.Start(RuleScene.EnvironmentOf(zoom), input: true, arguments);
        var end = CliProcess.EndAsync(process);

        // More than a pipe has room for, so it is being read when all of it is written.
        await using var into = isStandardInput
            ? process.StandardInput.BaseStream
            : await Task.Run(() => new FileStream(pipe, FileMode.Open, FileAccess.Write, FileShare.ReadWrite));
        await into.WriteAsync(new byte[1 << 20]);
        await into.FlushAsync();
        var time = Stopwatch.StartNew();
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        var (exit, _, error) = await end;
        Assert.InRange(time.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.NotEqual(0, exit);
        Assert.Contains("Nothing was changed in Zoom", error, StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task A_termination_while_nobody_reads_what_is_shown_ends_with_the_books_closed()
    {
        await using var zoom = await ServedZoom.StartAsync();
        using var scene = new RuleScene();
        scene.People([.. Enumerable.Range(1, 2000).Select(n => (n, $"term{n}", new string('D', 100)))]);
        using var process = CliProcess.Start(
            RuleScene.EnvironmentOf(zoom), "sync", "--source", scene.Source, "--rule", scene.Rule, "--state-path", scene.State, "--details");
        var errors = process.StandardError.ReadToEndAsync();

        // The beginning of a plan that no pipe has room for.
        var first = new byte[1];
        Assert.Equal(1, await process.StandardOutput.BaseStream.ReadAsync(first));
        var time = Stopwatch.StartNew();
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        try
        {
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }

        Assert.InRange(time.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.NotEqual(0, process.ExitCode);
        Assert.Contains("nobody read it", await errors, StringComparison.Ordinal);
        var state = new StateFactory();
        Assert.True(state.CheckJournal(scene.RuleFolder).IsIntact);
        Assert.Contains(state.ReadJournal(scene.RuleFolder), e => e.Kind == JournalKind.RunEnded);
    }

    private static int Requests(ServedZoom zoom, string method)
    {
        using var requests = JsonDocument.Parse(zoom.Zoom.GetRequests());
        return requests.RootElement.EnumerateArray().Count(r => r.GetProperty("method").GetString() == method
            && r.GetProperty("path").GetString()!.Contains("/scim2/", StringComparison.Ordinal));
    }
}
