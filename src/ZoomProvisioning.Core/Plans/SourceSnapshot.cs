using System;
using System.Collections.Generic;
using System.Linq;

namespace ZoomProvisioning.Plans;

/// <summary>A whole source, read by a rule.</summary>
/// <param name="People">The records in scope that can be used.</param>
/// <param name="OutOfScope">The records the scope leaves out, as far as they say who they are.</param>
/// <param name="Problems">The records that cannot be used.</param>
public sealed record SourceSnapshot(IReadOnlyList<DesiredUser> People, IReadOnlyList<DesiredUser> OutOfScope, IReadOnlyList<SourceProblem> Problems)
{
    /// <summary>How many records are in scope, usable or not.</summary>
    public int InScopeCount => People.Count + Problems.Count;

    /// <summary>Whether the source ended in the middle of a line, as a file does whose writer was stopped: somebody may be missing.</summary>
    public bool IsUnfinished { get; init; }

    /// <summary>What is to be said about the source as a whole, such as a property that no record has.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>How many records were read, in scope or not.</summary>
    public int RecordCount { get; init; } = People.Count + OutOfScope.Count + Problems.Count;

    /// <summary>Why the source is not whole, as a sentence; null when nothing says that it is not.</summary>
    public string? Incomplete { get; init; }

    /// <summary>When the source was written; null where nobody knows.</summary>
    public DateTimeOffset? WrittenAt { get; init; }

    /// <summary>The properties that the rule names, each once.</summary>
    public IReadOnlyList<SourceProperty> Properties { get; init; } = [];

    /// <summary>The attributes of which any usable record in scope has a value, by name.</summary>
    public IReadOnlyCollection<string> Filled => new HashSet<string>(People.SelectMany(p => p.Values.ChangedAttributes), StringComparer.OrdinalIgnoreCase);
}

/// <summary>A record that cannot be used. The person it is about is left alone, not taken for missing.</summary>
/// <param name="Label">What to call it in messages.</param>
/// <param name="UserName">The address, as far as it could be read.</param>
/// <param name="Anchor">The source's own key, as far as it could be read.</param>
/// <param name="Error">Why.</param>
/// <param name="Source">The record.</param>
public sealed record SourceProblem(string Label, string? UserName, string? Anchor, ScimException Error, object? Source)
{
    /// <summary>The Zoom id, as far as the source knows it and it could be read.</summary>
    public string? ZoomId { get; init; }
}
