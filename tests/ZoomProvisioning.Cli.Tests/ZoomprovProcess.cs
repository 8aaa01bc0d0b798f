using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace ZoomProvisioning.Cli.Tests;

/// <summary>The console program in a process of its own, with an environment that holds nothing of this machine's sign-in.</summary>
internal sealed record ZoomprovProcess(int ExitCode, string Output, string Error)
{
    private static readonly string[] Variables =
        ["ZOOM_ACCOUNT_ID", "ZOOM_CLIENT_ID", "ZOOM_CLIENT_SECRET", "ZOOM_SCIM_URI", "ZOOM_TOKEN_URI", "ZOOM_PROVISIONING_HOME"];

    public static async Task<ZoomprovProcess> RunAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "zoomprov.dll"));
        Array.ForEach(arguments, start.ArgumentList.Add);
        Array.ForEach(Variables, name => start.Environment.Remove(name));
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new ZoomprovProcess(process.ExitCode, await output, await error);
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
