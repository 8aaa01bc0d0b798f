using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;

namespace ZoomProvisioning.Loading;

/// <summary>
/// Answers the assembly requests that .NET Framework cannot, because a module has no binding redirects: packages ask for
/// other versions of one another than are shipped. Answers narrowly, for a handler that answers for everybody breaks other
/// modules.
/// </summary>
internal sealed class DesktopResolver
{
    private readonly string _folder;
    private readonly Assembly _core;
    private readonly Lazy<IReadOnlyDictionary<string, Version>> _shipped;

    /// <summary>Makes a resolver.</summary>
    /// <param name="folder"><c>lib/net472</c> of the module.</param>
    /// <param name="core">The Core assembly that PowerShell has loaded; the engine must get this one.</param>
    public DesktopResolver(string folder, Assembly core)
    {
        _folder = folder;
        _core = core;
        _shipped = new Lazy<IReadOnlyDictionary<string, Version>>(() => ReadVersions(folder));
    }

    /// <summary>What the folder holds, by simple name.</summary>
    public IReadOnlyDictionary<string, Version> Shipped => _shipped.Value;

    /// <summary>The assembly to use for a request; null leaves it to others.</summary>
    public Assembly? Resolve(AssemblyName wanted, Assembly? asker)
    {
        if (wanted.Name == _core.GetName().Name)
        {
            return IsOurs(asker) ? _core : null;
        }

        if (PathFor(wanted, asker is null ? null : LocationOf(asker)) is { } path)
        {
            return Assembly.LoadFrom(path);
        }

        // Part of the framework since 4.7, but packages ask for a version that the framework's facade does not have.
        return wanted.Name == "System.ValueTuple" && IsOurs(asker) ? typeof(ValueTuple<,>).Assembly : null;
    }

    /// <summary>The file that answers a request, or null: it must be shipped, be no older than asked for, and be asked for by us.</summary>
    /// <param name="wanted">The assembly asked for.</param>
    /// <param name="askerPath">Where the asking assembly lies; null when it is unknown, as .NET Framework often leaves it.</param>
    public string? PathFor(AssemblyName wanted, string? askerPath)
    {
        if (wanted.Name is not { } name || !Shipped.TryGetValue(name, out var version) || (wanted.Version is { } least && least > version))
        {
            return null;
        }

        return askerPath is null || IsBelow(askerPath) ? Path.Combine(_folder, name + ".dll") : null;
    }

    private static string LocationOf(Assembly assembly) => assembly.IsDynamic ? string.Empty : assembly.Location;

    private bool IsOurs(Assembly? asker) => asker is null || IsBelow(LocationOf(asker));

    // The engine lies in lib/net472, the root module and Core two folders up. An assembly made in memory, as Add-Type makes
    // them, lies nowhere.
    private bool IsBelow(string path) =>
        path.Length > 0 && Path.GetFullPath(path).StartsWith(
            Path.GetFullPath(Path.Combine(_folder, "..", "..")) + Path.DirectorySeparatorChar, StringComparison.OrdinalIgnoreCase);

    private static Dictionary<string, Version> ReadVersions(string folder) => Directory
        .EnumerateFiles(folder, "*.dll")
        .Select(AssemblyName.GetAssemblyName)
        .ToDictionary(n => n.Name!, n => n.Version!, StringComparer.OrdinalIgnoreCase);
}
