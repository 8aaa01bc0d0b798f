using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace ZoomProvisioning.Cli.Tests;

/// <summary><c>zoomprov</c> as a process of its own.</summary>
internal static class CliProcess
{
    // A soak has more people, and a machine that does other things beside it.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(Environment.GetEnvironmentVariable("ZOOM_SOAK_SECONDS") is null ? 120 : 900);

    /// <summary>Starts it. No variable of Zoom's reaches it but those given.</summary>
    public static Process Start(IReadOnlyDictionary<string, string> environment, params string[] arguments) => Start(environment, input: false, arguments);

    /// <summary>Starts it, with a standard input to write to where that is wanted.</summary>
    public static Process Start(IReadOnlyDictionary<string, string> environment, bool input, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = input, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "zoomprov.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var name in start.Environment.Keys.Where(n => n.StartsWith("ZOOM_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int Exit, string Output, string Error)> RunAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using var process = Start(environment, arguments);
        return await EndAsync(process);
    }

    /// <summary>Waits for its end.</summary>
    public static async Task<(int Exit, string Output, string Error)> EndAsync(Process process)
    {
        try
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync().WaitAsync(Limit);
            return (process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}
