using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Programs;

namespace ZoomProvisioning.Rules;

/// <summary>The file a rule reads itself (source.csv).</summary>
/// <param name="Path">Its path; relative to the rule's file.</param>
public sealed record CsvSettings(string Path)
{
    /// <summary>Its encoding; null where its bytes show it.</summary>
    public string? Encoding { get; init; }
}

/// <summary>The program whose output a rule reads (source.command): a table or LDIF.</summary>
/// <param name="Run">The program and its arguments; no shell reads them.</param>
public sealed record CommandSettings(IReadOnlyList<string> Run)
{
    /// <summary>The encoding of what it writes; null where its bytes show it.</summary>
    public string? Encoding { get; init; }

    /// <summary>How long it may work.</summary>
    public TimeSpan TimeLimit { get; init; } = ProgramRequest.UsualTimeLimit;

    /// <summary>Whether it is the same command.</summary>
    public bool Equals(CommandSettings? other) => other is not null && Run.SequenceEqual(other.Run) && Encoding == other.Encoding && TimeLimit == other.TimeLimit;

    /// <inheritdoc/>
    public override int GetHashCode() => Run.Count == 0 ? 0 : Run[0].GetHashCode();
}
