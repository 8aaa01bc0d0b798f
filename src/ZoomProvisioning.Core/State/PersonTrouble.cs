using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.State;

/// <summary>What was done with one person lately, and what went wrong: refused, not known, held, left out, a record that could not be used.</summary>
internal static class PersonTrouble
{
    private const int Shown = 3;
    private static readonly TimeSpan Lately = TimeSpan.FromDays(30);
    private static readonly JournalKind[] Results = [JournalKind.Outcome, JournalKind.Settled, JournalKind.NotDone];

    /// <summary>The last few, oldest first.</summary>
    /// <param name="history">The journals.</param>
    /// <param name="names">What the person is called: user names, anchor, Zoom id, or the label of a record.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<JournalEntry> Of(AccountHistory history, IEnumerable<string?> names, DateTimeOffset now)
    {
        var known = new HashSet<string>(names.OfType<string>(), StringComparer.OrdinalIgnoreCase);
        bool IsAbout(JournalEntry entry) => new[] { entry.UserName, entry.ZoomId, entry.Anchor }.OfType<string>().Any(known.Contains);
        var found = history.Places
            .SelectMany(p => history.Read(p, now - Lately, null, Results))
            .Where(e => e.At > now - Lately && e.Outcome is not (null or ChangeOutcome.Done or ChangeOutcome.NoChange) && IsAbout(e))
            .OrderBy(e => e.At).ToList();
        return found.Skip(Math.Max(0, found.Count - Shown)).ToList();
    }

    /// <summary>The last few things done with the person, and the last few that went wrong, as sentences in the order of time.</summary>
    /// <param name="history">The journals.</param>
    /// <param name="names">What the person is called. Names of before are found by themselves.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<string> Before(AccountHistory history, IEnumerable<string?> names, DateTimeOffset now)
    {
        var known = new HashSet<string>(names.OfType<string>().Where(n => n.Length > 0), StringComparer.OrdinalIgnoreCase);
        var asked = new Dictionary<(string? Rule, long Number), JournalEntry>();
        var (done, wrong) = (new Queue<(JournalEntry Entry, string Words)>(), new Queue<(JournalEntry Entry, string Words)>());
        foreach (var entry in history.Read(new HistoryQuery { User = known.Contains, After = now - Lately }))
        {
            if (entry.Kind == JournalKind.Intent)
            {
                asked[(entry.Rule, entry.Number)] = entry;
            }
            else if (Results.Contains(entry.Kind) && entry.Outcome is { } outcome and not ChangeOutcome.NoChange)
            {
                var intent = entry.Answers is { } number && asked.TryGetValue((entry.Rule, number), out var request) ? request : null;
                var kept = outcome == ChangeOutcome.Done ? done : wrong;
                kept.Enqueue((entry, outcome == ChangeOutcome.Done && intent is not null ? DescribeDone(entry, intent) : Describe(entry)));
                if (kept.Count > Shown)
                {
                    kept.Dequeue();
                }
            }
        }

        return done.Concat(wrong).OrderBy(e => e.Entry.At).ThenBy(e => e.Entry.Number).Select(e => e.Words).ToList();
    }

    private static string DescribeDone(JournalEntry entry, JournalEntry intent) =>
        $"{entry.At.ToLocalTime().ToString("g", CultureInfo.CurrentCulture)} {intent.What}: {entry.Outcome} (run {IdText.Short(entry.RunId)})";

    /// <summary>One of them as a sentence, for example <c>05/01/2026 08:00 Update Failed: Zoom's words (run 3f0c91d2ab45)</c>.</summary>
    public static string Describe(JournalEntry entry) =>
        $"{entry.At.ToLocalTime().ToString("g", CultureInfo.CurrentCulture)} {entry.Request?.ToString() ?? entry.Action?.ToString()} "
            + $"{entry.Outcome}{(entry.Message is null ? string.Empty : $": {entry.Message}")} (run {IdText.Short(entry.RunId)})";
}
