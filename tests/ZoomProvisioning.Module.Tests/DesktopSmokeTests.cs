using System;
using System.IO;
using System.Threading.Tasks;
using Xunit;
using Xunit.Abstractions;
using ZoomProvisioning.Module.Tests.Support;

namespace ZoomProvisioning.Module.Tests;

/// <summary>The net472 half of the staged module in a .NET Framework program: on Windows the real thing, elsewhere Mono.</summary>
public sealed class DesktopSmokeTests(ITestOutputHelper log) : IDisposable
{
    private static readonly string Program = StagedModule.BuiltBy("tests/DesktopSmoke", "net472", "DesktopSmoke.exe");

    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("zoom-desktop-");

    public void Dispose() => _scratch.Delete(recursive: true);

    [Fact]
    public void The_program_has_neither_redirects_nor_assemblies_of_ours()
    {
        var folder = Path.GetDirectoryName(Program)!;
        Assert.Empty(Directory.GetFiles(folder, "*.dll"));
        Assert.Empty(Directory.GetFiles(folder, "*.config"));
    }

    [DesktopFact]
    public async Task The_modules_own_loader_connects_lists_and_creates() => AssertWorked(await RunAsync(StagedModule.Folder));

    [DesktopFact]
    public async Task Packages_that_lie_elsewhere_are_found_by_the_resolver()
    {
        var output = await RunAsync(StagedModule.Folder, _scratch.FullName);
        AssertWorked(output);
        Assert.All(
            ["Microsoft.Extensions.Http", "Microsoft.Extensions.DependencyInjection", "Polly.Core", "System.Text.Json", "System.Threading.RateLimiting"],
            name => Assert.Matches($@"(?m)^asked {name} [\d.]+ by [\w.]+: [\d.]+$", output));
        Assert.DoesNotContain("not answered", output, StringComparison.Ordinal);
    }

    private static void AssertWorked(string output)
    {
        Assert.Contains("listed 7", output, StringComparison.Ordinal);
        Assert.Contains("created desktop.smoke@example.com", output, StringComparison.Ordinal);
        Assert.Contains("listed 8", output, StringComparison.Ordinal);
        Assert.Contains("tested ScimRead: Passed", output, StringComparison.Ordinal);

        // One Core: a second one would be a second set of types.
        Assert.Contains("loaded ZoomProvisioning ZoomProvisioning.Core ZoomProvisioning.Engine ZoomProvisioning.Simulator", output, StringComparison.Ordinal);
    }

    private async Task<string> RunAsync(params string[] arguments)
    {
        var run = OperatingSystem.IsWindows()
            ? await ChildProcess.RunAsync(Program, arguments, TimeSpan.FromMinutes(2))
            : await ChildProcess.RunAsync(DesktopFactAttribute.Mono!, [Program, .. arguments], TimeSpan.FromMinutes(2));
        log.WriteLine(run.Output + run.Errors);
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        return run.Output;
    }
}

/// <summary>A test that needs something to run .NET Framework programs with.</summary>
internal sealed class DesktopFactAttribute : FactAttribute
{
    public DesktopFactAttribute()
    {
        if (!OperatingSystem.IsWindows() && Mono is null)
        {
            Skip = "The net472 half of the module needs Windows or Mono, and there is no mono on the path.";
        }
    }

    public static string? Mono { get; } = ChildProcess.Find("mono");
}
