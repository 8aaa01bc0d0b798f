using System.Collections.Generic;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Input;

namespace ZoomProvisioning.Ldap;

/// <summary>What was read from a directory.</summary>
/// <param name="Server">The server that was asked.</param>
/// <param name="Directory">What kind of directory it is, in words.</param>
/// <param name="Bases">Where people were looked for.</param>
/// <param name="Records">The people.</param>
internal sealed record DirectoryReading(DirectoryServer Server, string Directory, IReadOnlyList<string> Bases, IReadOnlyList<ISourceRecord> Records)
{
    /// <summary>Why somebody may be missing, as a sentence; null when nobody can be.</summary>
    public string? Incomplete { get; init; }

    /// <summary>What is to be told about the read as a whole.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
