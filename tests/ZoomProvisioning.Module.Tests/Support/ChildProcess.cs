using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace ZoomProvisioning.Module.Tests.Support;

/// <summary>A program that is run to its end, without this machine's own Zoom credentials.</summary>
internal static class ChildProcess
{
    /// <summary>The dotnet that runs these tests, or else the one of the path.</summary>
    public static string DotNet { get; } =
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : Find("dotnet") ?? "dotnet";

    /// <summary>The file of a program on the path; null when it is not there.</summary>
    public static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(folder => new[] { Path.Combine(folder, program), Path.Combine(folder, program + ".exe") })
        .FirstOrDefault(File.Exists);

    /// <summary>Runs a program; one that is not done in time is killed with its children. A variable without a value is taken away.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(
        string program, IEnumerable<string> arguments, TimeSpan patience, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = StagedModule.Repository,
        };
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("ZOOM_", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        if (!OperatingSystem.IsWindows() && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("HOME")))
        {
            // Without one PowerShell keeps its cache in the current folder, which is the repository.
            start.Environment["HOME"] = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            if (value is null)
            {
                start.Environment.Remove(name);
            }
            else
            {
                start.Environment[name] = value;
            }
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var tooLong = new CancellationTokenSource(patience);
        try
        {
            await process.WaitForExitAsync(tooLong.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} was not done after {patience}. It said:\n{await output}\n{await errors}");
        }

        return (process.ExitCode, await output, await errors);
    }
}
