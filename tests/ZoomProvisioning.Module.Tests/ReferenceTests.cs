using System;
using System.IO;
using System.Linq;
using Xunit;
using ZoomProvisioning.Module.Tests.Support;

namespace ZoomProvisioning.Module.Tests;

/// <summary>Who may know whom (design section 4). A reference too many would be loaded into PowerShell's own context.</summary>
public class ReferenceTests
{
    public static TheoryData<string> BothFolders => [StagedModule.Desktop, StagedModule.Modern];

    [Fact]
    public void The_root_refers_to_PowerShell_and_Core_only() =>
        Assert.Equal(
            ["System.Management.Automation", "ZoomProvisioning.Core", "netstandard"],
            AssemblyFile.Read(StagedModule.PathOf("ZoomProvisioning.dll")).ReferenceNames);

    [Fact]
    public void Core_refers_to_nothing_but_the_standard() =>
        Assert.Equal(["netstandard"], AssemblyFile.Read(StagedModule.PathOf("ZoomProvisioning.Core.dll")).ReferenceNames);

    [Fact]
    public void The_root_asks_for_the_PowerShell_of_Windows_PowerShell() => Assert.Equal(
        new Version(3, 0, 0, 0),
        AssemblyFile.Read(StagedModule.PathOf("ZoomProvisioning.dll")).References.Single(r => r.Name == "System.Management.Automation").Version);

    [Theory]
    [MemberData(nameof(BothFolders))]
    public void The_engine_refers_to_its_packages_and_Core_only(string folder)
    {
        var references = AssemblyFile.Read(Path.Combine(folder, "ZoomProvisioning.Engine.dll")).ReferenceNames.ToList();
        Assert.Equal(["ZoomProvisioning.Core"], references.Where(IsOurs));
        Assert.All(references.Where(r => !IsOurs(r)), r => Assert.True(
            r is "mscorlib" or "netstandard" or "Microsoft.Win32.Primitives" or "Polly" or "Polly.Core" or "MailKit" or "MimeKit"
            || r.StartsWith("System", StringComparison.Ordinal)
            || r.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) || r.StartsWith("Microsoft.Bcl.", StringComparison.Ordinal), r));
    }

    [Theory]
    [MemberData(nameof(BothFolders))]
    public void The_simulator_refers_to_the_framework_to_Json_and_to_Core_only(string folder)
    {
        var references = AssemblyFile.Read(Path.Combine(folder, "ZoomProvisioning.Simulator.dll")).ReferenceNames.ToList();
        Assert.Equal(["ZoomProvisioning.Core"], references.Where(IsOurs));
        Assert.All(
            references.Where(r => !IsOurs(r)),
            r => Assert.True(r is "mscorlib" or "netstandard" || r.StartsWith("System", StringComparison.Ordinal), r));
        Assert.DoesNotContain("System.Threading.RateLimiting", references);
    }

    [Theory]
    [MemberData(nameof(BothFolders))]
    public void The_simulator_knows_the_contracts_and_nothing_else_of_Core(string folder)
    {
        var used = AssemblyFile.Read(Path.Combine(folder, "ZoomProvisioning.Simulator.dll")).UsedTypes
            .Where(t => t.Assembly == "ZoomProvisioning.Core")
            .ToList();
        Assert.Contains(used, t => t.Name == "ISimulatorFactory");
        Assert.All(used, t => Assert.Equal("ZoomProvisioning.Contracts", t.Namespace));
    }

    [Theory]
    [MemberData(nameof(BothFolders))]
    public void Nobody_of_ours_uses_the_frameworks_Json_over_Http(string folder) => Assert.All(
        AssemblyFile.ReadAll(folder).Where(a => IsOurs(a.Name.Name!)),

        // It is bound to the framework's System.Text.Json and fails with ours (pwsh-facts 1.3).
        a => Assert.DoesNotContain("System.Net.Http.Json", a.ReferenceNames));

    [Fact]
    public void The_loader_refers_to_the_framework_only() => Assert.All(
        AssemblyFile.Read(Path.Combine(StagedModule.Modern, "ZoomProvisioning.Loader.dll")).ReferenceNames,
        r => Assert.StartsWith("System.", r, StringComparison.Ordinal));

    private static bool IsOurs(string name) => name.StartsWith("ZoomProvisioning", StringComparison.Ordinal);
}
