using System;

namespace ZoomProvisioning.State;

/// <summary>What checking a journal's hash chain found.</summary>
/// <param name="IsIntact">Whether every line is as it was written, and none is missing.</param>
/// <param name="Entries">The number of the last entry that is good, with all before it.</param>
/// <param name="FirstBadLine">The first line that is not as it was written, counted from 1; null when all are.</param>
/// <param name="Problem">What is wrong with it, in words; null when nothing is.</param>
public sealed record JournalCheck(bool IsIntact, long Entries, long? FirstBadLine, string? Problem)
{
    /// <summary>When the first entry was written (UTC).</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>When the last good entry was written (UTC).</summary>
    public DateTimeOffset? To { get; init; }
}
