using System;
using System.Collections.Generic;
using System.Globalization;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.State;

/// <summary>A run of a rule, or a command without one, as the journals tell of it.</summary>
public sealed record HistoryRun
{
    /// <summary>Makes one.</summary>
    public HistoryRun(string runId) => RunId = runId;

    /// <summary>The id, by which it can be looked up and undone.</summary>
    public string RunId { get; init; }

    /// <summary>The rule; null for a command without one.</summary>
    public string? Rule { get; init; }

    /// <summary>What was run: the rule, or the command with the names of its parameters.</summary>
    public string What { get; init; } = string.Empty;

    /// <summary>The one person a command was about, under the name of then; null where it was about several, or about none.</summary>
    public string? User { get; init; }

    /// <summary>Who ran it: user@machine.</summary>
    public string? Actor { get; init; }

    /// <summary>When it began (UTC).</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended (UTC); null for one that goes on, or was killed.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How it ended: Done, Attention, Held, Stopped, Stale; Unfinished for one that goes on, or was killed.</summary>
    public string Outcome { get; init; } = Unfinished;

    /// <summary>How many people, or groups, ended how.</summary>
    public IReadOnlyDictionary<string, int> Counts { get; init; } = new Dictionary<string, int>();

    /// <summary>The id of the run that this one undoes; null for one that undoes none.</summary>
    public string? Undoes { get; init; }

    /// <summary>The run's own line; null for a command.</summary>
    public string? Summary { get; init; }

    /// <summary>How many were done.</summary>
    public int Done => Count(nameof(ChangeOutcome.Done));

    /// <summary>How many Zoom refused, or could not be done.</summary>
    public int Failed => Count(nameof(ChangeOutcome.Failed));

    /// <summary>How many the guard held back.</summary>
    public int Held => Count(nameof(ChangeOutcome.Held));

    /// <summary>How many are in doubt, or were not begun.</summary>
    public int Open => Count(nameof(ChangeOutcome.Unknown)) + Count(nameof(ChangeOutcome.NotSent));

    /// <summary>What <see cref="Outcome"/> is for a run without an end.</summary>
    internal const string Unfinished = "Unfinished";

    /// <summary>For example <c>09:12 Rule Staff by ada@host: 12 done, 1 failed</c>.</summary>
    public override string ToString() => $"{StartedAt.ToLocalTime().ToString("g", CultureInfo.CurrentCulture)} {What} by {Actor}: {Result}";

    /// <summary>What came of it, and with whom where it was one person: <c>12 done, 1 failed</c>, <c>ada@example.com: 1 done</c>.</summary>
    public string Result => User is null ? CountWords : $"{User}: {CountWords}";

    /// <summary>For example <c>12 done, 1 failed</c>.</summary>
    public string CountWords => OutcomeCounts.Words(Counts) is { Length: > 0 } words ? words
        : Outcome == Unfinished ? "unfinished" : "nothing changed";

    private int Count(string outcome) => Counts.TryGetValue(outcome, out var count) ? count : 0;
}
