using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace ZoomProvisioning.Cli.Tests;

/// <summary>The real process, ended as a service manager ends it.</summary>
public class SignalTests
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
}
