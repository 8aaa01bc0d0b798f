using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;

namespace ZoomProvisioning.Module.Tests.Support;

/// <summary>The module as the build laid it out, and its assemblies as metadata.</summary>
internal static class StagedModule
{
    private static readonly Dictionary<string, string?> BuildFacts = typeof(StagedModule).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().ToDictionary(a => a.Key, a => a.Value);

    /// <summary>The folder of the solution.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>The version the build took from the manifest.</summary>
    public static Version Version { get; } = Version.Parse(BuildFact("ModuleVersion"));

    /// <summary>out/ZoomProvisioning/VERSION.</summary>
    public static string Folder { get; } = Path.Combine(Repository, "out", "ZoomProvisioning", BuildFact("ModuleVersion"));

    public static string ManifestPath { get; } = PathOf("ZoomProvisioning.psd1");

    public static string Desktop { get; } = PathOf("lib", "net472");

    public static string Modern { get; } = PathOf("lib", "net8.0");

    /// <summary>PowerShell's types, as modules are compiled against them.</summary>
    public static string PowerShellPath { get; } = Path.Combine(BuildFact("PowerShellStandard"), "lib", "netstandard2.0", "System.Management.Automation.dll");

    /// <summary>What .NET Framework 4.7.2 holds.</summary>
    public static string NetFramework { get; } = Path.Combine(BuildFact("NetFramework"), "build", ".NETFramework", "v4.7.2");

    private static readonly Lazy<MetadataLoadContext> Metadata = new(() => new MetadataLoadContext(new PathAssemblyResolver(
        Directory.GetFiles(RuntimeEnvironment.GetRuntimeDirectory(), "*.dll").Append(PowerShellPath).Concat(Directory.GetFiles(Folder, "*.dll"))
            .Concat(Directory.GetFiles(Modern, "ZoomProvisioning*.dll")))));

    /// <summary>The root assembly's metadata; nothing of it can run.</summary>
    public static Assembly Root => Metadata.Value.LoadFromAssemblyPath(PathOf("ZoomProvisioning.dll"));

    /// <summary>Core's metadata.</summary>
    public static Assembly Core => Metadata.Value.LoadFromAssemblyPath(PathOf("ZoomProvisioning.Core.dll"));

    /// <summary>One of our assemblies' metadata, by its name; of two builds the one for PowerShell 7.</summary>
    public static Assembly Assembly(string name) =>
        Metadata.Value.LoadFromAssemblyPath(File.Exists(PathOf(name + ".dll")) ? PathOf(name + ".dll") : Path.Combine(Modern, name + ".dll"));

    /// <summary>PowerShell's metadata.</summary>
    public static Assembly PowerShell => Metadata.Value.LoadFromAssemblyPath(PowerShellPath);

    public static string PathOf(params string[] parts) => Path.Combine([Folder, .. parts]);

    /// <summary>What a project of this repository built, in the configuration these tests were built in.</summary>
    public static string BuiltBy(string project, string framework, string file) =>
        Path.Combine(Repository, project, "bin", BuildFact("Configuration"), framework, file);

    private static string BuildFact(string name) => BuildFacts[name] ?? throw new InvalidOperationException($"The build did not say its {name}.");

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ZoomProvisioning.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("These tests read the repository they were built in, and it is not above them.");
    }
}
