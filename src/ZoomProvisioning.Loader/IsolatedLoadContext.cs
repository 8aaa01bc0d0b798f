using System;
using System.IO;
using System.Reflection;
using System.Runtime.Loader;

namespace ZoomProvisioning.Loader;

/// <summary>
/// A load context that looks into one folder first and leaves everything else to the default context.
/// </summary>
/// <remarks>
/// PowerShell and other modules bring their own versions of the packages the engine uses (Microsoft.Extensions.*,
/// System.Text.Json, Polly). Whichever version reaches the default context first wins for everybody there; a context with
/// its own folder is the only way both sides get the version they were built with. ZoomProvisioning.Core is deliberately
/// not in that folder: it must be the one scripts see, so it comes from the default context. What belongs to .NET itself
/// comes from there too where it is as new, as .NET's own host would decide: that copy is compiled ahead, and is kept safe by
/// updates of .NET.
/// </remarks>
public sealed class IsolatedLoadContext : AssemblyLoadContext
{
    // As packages call the systems for which they have an assembly of its own.
    private static readonly string System = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";

    private static readonly string Runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    private readonly string _folder;

    /// <summary>Makes the context. Nothing is loaded yet.</summary>
    /// <param name="folder">The folder whose assemblies are private to this context.</param>
    /// <param name="name">The context's name, as diagnostics show it.</param>
    public IsolatedLoadContext(string folder, string name)
        : base(name) => _folder = Path.GetFullPath(folder);

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var name = assemblyName.Name + ".dll";
        var path = Path.Combine(_folder, name);
        if (!File.Exists(path))
        {
            path = Path.Combine(_folder, System, name);
        }

        return File.Exists(path) && !HasAsNew(Path.Combine(Runtime, name), path) ? LoadFromAssemblyPath(path) : null;
    }

    private static bool HasAsNew(string own, string shipped) =>
        File.Exists(own) && AssemblyName.GetAssemblyName(own).Version >= AssemblyName.GetAssemblyName(shipped).Version;
}
