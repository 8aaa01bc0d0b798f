using System.Collections.Generic;

namespace ZoomProvisioning.Input;

/// <summary>
/// One record of an admin's directory, whatever shape it has. The names are a snapshot taken before anything is read:
/// reading a missing property of a Get-ADUser object creates it, and the next look would find it.
/// </summary>
public interface ISourceRecord
{
    /// <summary>The object itself, for error targets, results and mapping scriptblocks.</summary>
    object? Source { get; }

    /// <summary>The type's own name, such as <c>Microsoft.ActiveDirectory.Management.ADUser</c>; empty when it says nothing.</summary>
    IReadOnlyList<string> TypeNames { get; }

    /// <summary>The property names, as they are spelt.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>Reads a property: plain .NET values only. May throw what the property's getter throws.</summary>
    object? Read(string name);
}
