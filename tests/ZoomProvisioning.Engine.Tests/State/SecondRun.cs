using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using Xunit;

namespace ZoomProvisioning.Engine.Tests.State;

/// <summary>Another process that has a folder.</summary>
internal sealed class SecondRun : IDisposable
{
    private readonly Process _process;

    private SecondRun(Process process) => _process = process;

    public int Id => _process.Id;

    public static async Task<SecondRun> StartAsync(string what, string folder, bool withoutLocks = false)
    {
        var programs = typeof(SecondRun).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "StateHostFolder").Value!;
        var (host, program) = Host(programs);
        var start = new ProcessStartInfo(host, $"{program} {what} \"{folder}\"")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        if (withoutLocks)
        {
            start.EnvironmentVariables["DOTNET_SYSTEM_IO_DISABLEFILELOCKING"] = "1";
        }

        var run = new SecondRun(Process.Start(start)!);
        Assert.Equal("open", await run._process.StandardOutput.ReadLineAsync());
        return run;
    }

    /// <summary>Reads so many numbers the process said it has written, kills it, and reads the rest of them.</summary>
    public async Task<IReadOnlyList<long>> KillAfterAsync(int numbers)
    {
        var said = new List<long>();
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            // A process that is killed may leave half a number behind.
            if (long.TryParse(line, out var number) && said.Count < numbers + 1)
            {
                said.Add(number);
            }

            if (said.Count == numbers && !_process.HasExited)
            {
                _process.Kill();
            }
        }

        _process.WaitForExit();
        return said.Take(numbers).ToList();
    }

    /// <summary>Lets it begin, and waits until it has done its work.</summary>
    public async Task WorkAsync()
    {
        await _process.StandardInput.WriteLineAsync();
        Assert.Equal("done", await _process.StandardOutput.ReadLineAsync());
    }

    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
            if (!_process.WaitForExit(30_000))
            {
                _process.Kill();
            }
        }

        _process.Dispose();
    }

#if NETFRAMEWORK
    private static (string Host, string Program) Host(string folder)
    {
        var program = Path.Combine(folder, "StateHost.exe");
        return Environment.OSVersion.Platform == PlatformID.Win32NT ? (program, string.Empty) : ("mono", $"\"{program}\"");
    }
#else
    private static (string Host, string Program) Host(string folder) => ("dotnet", $"\"{Path.Combine(folder, "StateHost.dll")}\"");
#endif
}
