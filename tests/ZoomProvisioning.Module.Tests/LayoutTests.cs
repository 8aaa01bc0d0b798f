using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Xunit;
using ZoomProvisioning.Module.Tests.Support;

namespace ZoomProvisioning.Module.Tests;

/// <summary>What is in the folder that is shipped, and what must not be.</summary>
public class LayoutTests
{
    private static readonly string[] OurDesktop = ["ZoomProvisioning.Engine", "ZoomProvisioning.Simulator"];
    private static readonly string[] OurModern = [.. OurDesktop, "ZoomProvisioning.Loader"];

    [Fact]
    public void The_top_level_holds_what_a_module_needs_and_nothing_else()
    {
        string[] files =
        [
            "CHANGELOG.md", "LICENSE", "THIRD-PARTY-NOTICES.txt", "ZoomProvisioning.Core.dll", "ZoomProvisioning.Format.ps1xml",
            "ZoomProvisioning.dll", "ZoomProvisioning.psd1",
        ];
        Assert.Equal(files, Names(Directory.GetFiles(StagedModule.Folder)));
        string[] folders = Directory.Exists(Path.Combine(StagedModule.Repository, "en-US")) ? ["en-US", "lib"] : ["lib"];
        Assert.Equal(folders, Names(Directory.GetDirectories(StagedModule.Folder)));
        Assert.Equal(["net472", "net8.0"], Names(Directory.GetDirectories(StagedModule.PathOf("lib"))));
    }

    [Fact]
    public void The_help_of_the_repository_is_all_there()
    {
        var source = Path.Combine(StagedModule.Repository, "en-US");
        if (Directory.Exists(source))
        {
            Assert.Equal(Names(Directory.GetFiles(source)), Names(Directory.GetFiles(StagedModule.PathOf("en-US"))));
        }
    }

    [Fact]
    public void The_libraries_are_assemblies_and_nothing_else() => Assert.All(
        Directory.GetFiles(StagedModule.PathOf("lib"), "*", SearchOption.AllDirectories), f => Assert.Equal(".dll", Path.GetExtension(f)));

    [Fact]
    public void Each_edition_gets_the_engine_the_simulator_and_its_loader()
    {
        Assert.Equal(OurDesktop.Order(StringComparer.Ordinal), Ours(StagedModule.Desktop));
        Assert.Equal(OurModern.Order(StringComparer.Ordinal), Ours(StagedModule.Modern));
    }

    [Fact]
    public void PowerShell_itself_is_not_shipped() =>
        Assert.Empty(Directory.GetFiles(StagedModule.Folder, "System.Management.Automation*", SearchOption.AllDirectories));

    [Fact]
    public void There_is_one_Core() =>
        Assert.Single(Directory.GetFiles(StagedModule.Folder, "ZoomProvisioning.Core*", SearchOption.AllDirectories));

    [Theory]
    [InlineData("net472", "Microsoft.Extensions.Configuration.Abstractions", "Polly", "System.ComponentModel.Annotations")]
    [InlineData("net8.0", "Polly")]
    public void No_package_is_shipped_for_nothing(string framework, params string[] alongWithOthers)
    {
        // Some come with the packages that were asked for although no assembly refers to them. There must be no more.
        var all = AssemblyFile.ReadAll(StagedModule.PathOf("lib", framework)).ToDictionary(a => a.Name.Name!);
        var reached = new HashSet<string>();
        var open = new Queue<string>(OurModern);
        while (open.TryDequeue(out var name))
        {
            if (all.TryGetValue(name, out var assembly) && reached.Add(name))
            {
                assembly.References.ToList().ForEach(r => open.Enqueue(r.Name!));
            }
        }

        Assert.Equal(alongWithOthers, all.Keys.Except(reached).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void All_our_assemblies_have_the_modules_version()
    {
        // With a frozen version an upgrade in one session would run the new manifest on the old assembly.
        var wanted = new Version(StagedModule.Version.Major, StagedModule.Version.Minor, StagedModule.Version.Build, 0);
        var ours = Directory.GetFiles(StagedModule.Folder, "ZoomProvisioning*.dll", SearchOption.AllDirectories);
        Assert.Equal(OurDesktop.Length + OurModern.Length + 2, ours.Length);
        Assert.All(ours, f =>
        {
            Assert.Equal(wanted, AssemblyFile.Read(f).Name.Version);
            Assert.Equal(wanted.ToString(), FileVersionInfo.GetVersionInfo(f).FileVersion);
        });
    }

    [Fact]
    public void Every_reference_of_the_net8_libraries_is_shipped_or_in_the_framework()
    {
        var framework = Names(Directory.GetFiles(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "*.dll")).ToHashSet();
        var all = AssemblyFile.ReadAll(StagedModule.Modern);
        var shipped = all.ToDictionary(a => a.Name.Name!, a => a.Name.Version!);

        // What is another file on each system counts when each has it.
        foreach (var own in Directory.GetDirectories(StagedModule.Modern).SelectMany(AssemblyFile.ReadAll).GroupBy(a => a.Name.Name!))
        {
            if (own.Count() == Directory.GetDirectories(StagedModule.Modern).Length)
            {
                shipped[own.Key] = own.Min(a => a.Name.Version!)!;
            }
        }

        Assert.All(from a in all from r in a.References where r.Name != "ZoomProvisioning.Core" select (Asker: a.Name.Name, Wanted: r), pair =>
        {
            var (asker, wanted) = pair;
            if (shipped.TryGetValue(wanted.Name!, out var version))
            {
                Assert.True(version >= wanted.Version, $"{asker} asks for {wanted}, shipped is {version}");
            }
            else
            {
                Assert.True(framework.Contains(wanted.Name + ".dll") && wanted.Version!.Major <= 8, $"{asker} asks for {wanted}");
            }
        });
    }

    private static List<string> Ours(string folder) =>
        [.. Names(Directory.GetFiles(folder, "ZoomProvisioning*")).Select(f => Path.GetFileNameWithoutExtension(f)!)];

    private static List<string> Names(IEnumerable<string> paths) => [.. paths.Select(p => Path.GetFileName(p)).Order(StringComparer.Ordinal)];
}
