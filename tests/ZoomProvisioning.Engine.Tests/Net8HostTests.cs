#if !NETFRAMEWORK
using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using Xunit;

namespace ZoomProvisioning.Engine.Tests;

/// <summary>
/// The engine in its private load context on a real .NET 8, as PowerShell 7.4 has it. The test host itself runs on a newer
/// .NET, where HttpClientFactory's trouble with a foreign DiagnosticSource looks different.
/// </summary>
public sealed class Net8HostTests
{
    [Fact]
    public async Task The_engine_holds_a_conversation_from_its_own_load_context()
    {
        var folder = typeof(Net8HostTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Net8HostFolder").Value!;
        var program = Path.Combine(folder, OperatingSystem.IsWindows() ? "ZoomProvisioning.Net8Host.exe" : "ZoomProvisioning.Net8Host");
        using var host = Process.Start(new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = host.StandardOutput.ReadToEndAsync();
        var errors = host.StandardError.ReadToEndAsync();
        var ended = host.WaitForExitAsync();
        if (await Task.WhenAny(ended, Task.Delay(TimeSpan.FromMinutes(2))) != ended)
        {
            host.Kill();
        }

        await ended;
        var said = await output + await errors;
        Assert.True(host.ExitCode == 0, said);
        Assert.Contains("runtime: .NET 8.", said);
        Assert.Contains("step: ScimRead: Passed.", said);
        Assert.Contains("user: jill@example.com by /scim2/Users/a%2Fb%26c", said);
        Assert.Contains("private: System.Text.Json True", said);
    }
}
#endif
