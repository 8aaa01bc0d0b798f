using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Module.Tests.Support;

namespace ZoomProvisioning.Module.Tests;

/// <summary>The PowerShell of the suite: where it comes from, what is said where it cannot come, and its two shapes.</summary>
public sealed class TestShellTests : IDisposable
{
    private static readonly Dictionary<string, string?> AsItIs = [];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("zoom-shell-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Without_a_registry_it_says_so_and_what_to_do()
    {
        // A machine that has nothing yet, behind a proxy that nobody runs.
        var bare = new[] { "DOTNET_CLI_HOME", "NUGET_PACKAGES", "NUGET_HTTP_CACHE_PATH" }.ToDictionary(
            n => n, n => (string?)_folder.CreateSubdirectory(n).FullName);
        bare["HTTP_PROXY"] = bare["HTTPS_PROXY"] = bare["http_proxy"] = bare["https_proxy"] = "http://127.0.0.1:1";
        bare["NO_PROXY"] = bare["no_proxy"] = null;
        var problem = await Assert.ThrowsAsync<InvalidOperationException>(() => TestShell.FindAsync(null, bare));
        Assert.Contains("'dotnet tool restore' could not fetch the one that .config/dotnet-tools.json names", problem.Message, StringComparison.Ordinal);
        Assert.Contains("Connect this machine to a package registry", problem.Message, StringComparison.Ordinal);
        Assert.Contains("ZOOM_TEST_PWSH=none", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_choice_that_is_not_there_is_no_reason_to_skip()
    {
        var problem = await Assert.ThrowsAsync<InvalidOperationException>(() => TestShell.FindAsync(Path.Combine(_folder.FullName, "pwsh"), AsItIs));
        Assert.Contains("ZOOM_TEST_PWSH names a PowerShell that is not there", problem.Message, StringComparison.Ordinal);
    }

    [PowerShellFact]
    public async Task The_build_puts_Pester_on_the_module_path()
    {
        var shell = await TestShell.GetAsync();
        var found = await shell.RunAsync(["-Command", "Get-Module Pester -ListAvailable | ForEach-Object Path"], TimeSpan.FromMinutes(1));
        Assert.Contains(Path.Combine(AppContext.BaseDirectory, "modules", "Pester", "5.9.1", "Pester.psd1"), found.Output, StringComparison.Ordinal);
    }

    [PowerShellFact]
    public async Task Its_other_shape_is_a_program_named_pwsh()
    {
        var program = await TestShell.GetProgramAsync();
        var path = await program.RunAsync(["-Command", "(Get-Process -Id $PID).ProcessName"], TimeSpan.FromMinutes(1));
        Assert.Equal("pwsh", path.Output.Trim());
    }
}
