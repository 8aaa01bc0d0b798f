using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace ZoomProvisioning.Cli.Tests.Ldap;

/// <summary>A directory server run by a script of tests/Directory. It ends when its standard input does, and so with this process at the latest.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Process _process;

    private ServerProcess(Process process) => _process = process;

    /// <summary>What of these programs is not on this machine.</summary>
    public static IReadOnlyList<string> Missing(params string[] programs) =>
        [.. programs.Where(p => !new[] { "/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin" }.Any(d => File.Exists(Path.Combine(d, p))))];

    /// <summary>Starts it and waits until its port answers.</summary>
    public static async Task<ServerProcess> StartAsync(string script, string input, string address, int port, params string[] arguments)
    {
        using (var before = new TcpClient())
        {
            try
            {
                await before.ConnectAsync(address, port);
                throw new InvalidOperationException($"Something answers at {address}:{port} already; a server of an earlier run, perhaps. End it first.");
            }
            catch (SocketException)
            {
                // As it should be.
            }
        }

        var start = new ProcessStartInfo("bash") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(Root(), "tests", "Directory", script));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
        var process = Process.Start(start)!;
        var server = new ServerProcess(process);
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input.TrimEnd() + "\n.\n");
        await process.StandardInput.FlushAsync();
        if (await process.StandardOutput.ReadLineAsync().WaitAsync(Patience) != "serving")
        {
            server.Dispose();
            throw new InvalidOperationException($"{script}: {await errors.WaitAsync(Patience)}");
        }

        for (var watch = Stopwatch.StartNew(); ; await Task.Delay(50))
        {
            using var probe = new TcpClient();
            try
            {
                await probe.ConnectAsync(address, port);
                return server;
            }
            catch (SocketException) when (watch.Elapsed < Patience && !process.HasExited)
            {
                // Not yet.
            }
        }
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ZoomProvisioning.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
