using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;
using Xunit.Abstractions;
using ZoomProvisioning.Module.Tests.Support;

namespace ZoomProvisioning.Module.Tests;

/// <summary>
/// The staged module in a .NET process of its own, where higher versions of its packages are loaded as other modules or
/// PowerShell itself would. It must work, and leave nothing of its own behind.
/// </summary>
public sealed class IsolationTests(ITestOutputHelper log) : IDisposable
{
    private static readonly Version Decoyed = new(99, 0, 0, 0);
    private static readonly string[] Decoys =
    [
        "Microsoft.Extensions.Http", "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.DependencyInjection.Abstractions", "Polly.Core",
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("zoom-decoys-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("before")]
    [InlineData("after")]
    public async Task Higher_versions_of_our_packages_disturb_nobody(string order)
    {
        var report = await HostAsync(order, [.. Decoys, "System.Text.Json"]);

        // Five seeded users, the owner and the administrator.
        Assert.Equal("done", report.Outcome);
        Assert.Equal(7, report.Users);
        Assert.All(Decoys, name => Assert.Equal([Decoyed], report.InDefault(name)));

        // The engine really came from our folder, with packages of its own.
        Assert.All(
        [
            "ZoomProvisioning.Engine",
            "ZoomProvisioning.Simulator",
            .. Decoys.Except(["Microsoft.Extensions.Logging.Abstractions"]),
        ], name =>
            Assert.Contains(
                report.Loaded,
                a => a.Name == name && a.Context == "ZoomProvisioning" && a.Location.StartsWith(StagedModule.Modern, StringComparison.Ordinal)));

        // What this .NET has as new is its own: its copy is compiled ahead. (On .NET 8 it is older: see Net8HostTests.)
        Assert.StartsWith(
            Path.GetDirectoryName(typeof(object).Assembly.Location)!,
            Assert.Single(report.Loaded, a => a.Name == "System.Text.Json").Location,
            StringComparison.Ordinal);
        AssertNothingLeaked(report);
    }

    [Fact]
    public async Task Without_decoys_nothing_but_the_root_and_Core_is_in_PowerShells_context()
    {
        var report = await HostAsync("before", []);
        Assert.Equal(7, report.Users);
        AssertNothingLeaked(report);
    }

    [Fact]
    public async Task Without_isolation_the_same_decoys_break_the_engine()
    {
        // The control: shows that the test above can fail.
        var report = await HostAsync("naive", Decoys);
        Assert.Contains(report.Outcome, new[] { nameof(TypeLoadException), nameof(FileLoadException), nameof(MissingMethodException) });
    }

    [Fact]
    public async Task The_frameworks_Json_stays_the_frameworks()
    {
        var report = await HostAsync("before", ["System.Text.Json"]);
        var json = report.Loaded.Single(a => a.Name == "System.Text.Json" && a.Context == "Default");
        Assert.DoesNotContain(StagedModule.Folder, json.Location, StringComparison.Ordinal);

        // .NET lets nobody replace an assembly of its own; should that change, the decoy is there and must not matter.
        Assert.True(report.Refused.ContainsKey("System.Text.Json") || json.Version == Decoyed.ToString());
    }

    private static void AssertNothingLeaked(Report report)
    {
        var leaked = report.Loaded.Where(a => a.Context == "Default" && a.Location.StartsWith(StagedModule.Folder, StringComparison.Ordinal));
        Assert.Equal(["ZoomProvisioning", "ZoomProvisioning.Core"], leaked.Select(a => a.Name).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["Default", "ZoomProvisioning", "ZoomProvisioning.Loader"],
            report.Loaded.Select(a => a.Context).Distinct().Order(StringComparer.Ordinal));
    }

    private async Task<Report> HostAsync(string order, IEnumerable<string> decoys)
    {
        var host = StagedModule.BuiltBy("tests/IsolationHost", "net10.0", "IsolationHost.dll");
        var run = await ChildProcess.RunAsync(
            Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet",
            [host, StagedModule.Folder, order, .. decoys.Select(MakeDecoy)],
            TimeSpan.FromMinutes(2));
        log.WriteLine(run.Output + run.Errors);
        Assert.Equal(0, run.ExitCode);
        return JsonSerializer.Deserialize<Report>(run.Output)!;
    }

    /// <summary>An empty assembly of a higher version, with the real one's name and public key.</summary>
    private string MakeDecoy(string name)
    {
        var identity = AssemblyName.GetAssemblyName(Path.Combine(StagedModule.Modern, name + ".dll"));
        identity.Version = Decoyed;
        var assembly = new PersistedAssemblyBuilder(identity, typeof(object).Assembly);
        assembly.DefineDynamicModule(name);
        var path = Path.Combine(_folder.FullName, name + ".dll");
        assembly.Save(path);
        return path;
    }

    private sealed record Report(string Outcome, int Users, IReadOnlyDictionary<string, string> Refused, IReadOnlyList<LoadedAssembly> Loaded)
    {
        public IEnumerable<Version> InDefault(string name) => Loaded.Where(a => a.Name == name && a.Context == "Default").Select(a => Version.Parse(a.Version));
    }

    private sealed record LoadedAssembly(string Name, string Version, string Location, string Context);
}
