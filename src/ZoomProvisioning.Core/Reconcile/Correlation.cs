using System.Collections.Generic;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Reconcile;

/// <summary>How a person of the source and a Zoom user were brought together (midPoint: synchronization situation).</summary>
public enum CorrelationSituation
{
    /// <summary>The ledger knows them as one.</summary>
    Linked,

    /// <summary>Found in Zoom by one of the rule's keys.</summary>
    Matched,

    /// <summary>Not in Zoom.</summary>
    Unmatched,

    /// <summary>Nobody can say for certain, so nothing is done.</summary>
    Disputed,
}

/// <summary>A person of the source, and the Zoom user it is.</summary>
/// <param name="Desired">The person.</param>
/// <param name="Situation">How they were brought together.</param>
/// <param name="User">The Zoom user; null when there is none.</param>
/// <param name="Entry">The ledger's entry; null when it has none.</param>
/// <param name="Reason">In words: by which key, or why nobody can say.</param>
public sealed record Correlation(DesiredUser Desired, CorrelationSituation Situation, ScimUser? User, LedgerEntry? Entry, string Reason)
{
    /// <summary>The Zoom ids of whoever a disputed person may be. None of them is missing from the source.</summary>
    public IReadOnlyCollection<string> Candidates { get; init; } = [];
}
