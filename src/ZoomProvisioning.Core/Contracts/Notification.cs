using System;
using System.Collections.Generic;

namespace ZoomProvisioning.Contracts;

/// <summary>
/// What a rule tells somebody about a run: short, in words, harmless on any medium, and with nothing secret in it.
/// </summary>
public sealed record Notification
{
    /// <summary>The rule.</summary>
    public string Rule { get; init; } = string.Empty;

    /// <summary>The account (see <see cref="State.AccountKey"/>); empty where nobody was connected.</summary>
    public string Account { get; init; } = string.Empty;

    /// <summary>How the run ended, in one word: that of its outcome, or Error.</summary>
    public string Outcome { get; init; } = string.Empty;

    /// <summary>The rule and the outcome, for a subject or a heading.</summary>
    public string Title { get; init; } = string.Empty;

    /// <summary>The outcome in one sentence.</summary>
    public string Sentence { get; init; } = string.Empty;

    /// <summary>How many people ended how.</summary>
    public IReadOnlyDictionary<string, int> Counts { get; init; } = new Dictionary<string, int>();

    /// <summary>Who and what needs attention, grouped, a line each with the first names.</summary>
    public IReadOnlyList<string> Attention { get; init; } = [];

    /// <summary>What to do.</summary>
    public string? Next { get; init; }

    /// <summary>A command that shows more, or goes on.</summary>
    public string? Command { get; init; }

    /// <summary>The run; null where none began.</summary>
    public string? RunId { get; init; }

    /// <summary>When it was made (UTC).</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Whether it is a test of the way.</summary>
    public bool IsTest { get; init; }

    /// <summary>All of it as a text of several lines.</summary>
    public string Text { get; init; } = string.Empty;
}

/// <summary>What became of a notification to one target.</summary>
/// <param name="Target">Which: Webhook, Mail or Command.</param>
/// <param name="Address">Where to, as far as it is no secret.</param>
/// <param name="Arrived">Whether the target took it.</param>
/// <param name="Message">What became of it, in words.</param>
public sealed record NotificationResult(string Target, string Address, bool Arrived, string Message)
{
    /// <summary>The stable id of the error; null where it arrived.</summary>
    public string? ErrorId { get; init; }

    /// <summary>What to do; null where it arrived.</summary>
    public string? RecommendedAction { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>One line.</summary>
    public override string ToString() => $"{Target} ({Address}): {Message}";
}
