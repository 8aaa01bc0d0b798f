using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.State;

/// <summary>Finds the runs and commands in an account's journals. Only their first and last lines are read, where those tell enough.</summary>
internal static class HistoryRuns
{
    private static readonly JournalKind[] Ends = [JournalKind.RunStarted, JournalKind.RunEnded];
    private static readonly JournalKind[] Results = [JournalKind.Intent, JournalKind.Outcome, JournalKind.Settled, JournalKind.NotDone];

    /// <summary>The runs that began in a time, newest first.</summary>
    public static IReadOnlyList<HistoryRun> Of(AccountHistory history, HistoryQuery query)
    {
        // A run says itself only how many people it was about; whom, its requests say.
        var about = query.User is null ? null : new HashSet<string>(
            history.Read(new HistoryQuery { User = query.User, After = query.After, RunId = query.RunId }).Select(e => e.RunId), StringComparer.Ordinal);
        var runs = history.Places
            .SelectMany(place => Of(history, place, query))
            .Where(r => about is null || about.Contains(r.RunId))
            .OrderByDescending(r => r.StartedAt).ThenByDescending(r => r.RunId, StringComparer.Ordinal);
        return query.Last is { } last ? runs.Take(last).ToList() : runs.ToList();
    }

    /// <summary>The one run that an id, or its beginning, means.</summary>
    /// <exception cref="ScimStateException">There is none, or several are meant.</exception>
    public static (HistoryRun Run, JournalPlace Place) Find(AccountHistory history, string runId)
    {
        var found = history.Places.SelectMany(p => Of(history, p, new HistoryQuery { RunId = runId }).Select(r => (Run: r, Place: p))).ToList();
        return found.Find(f => string.Equals(f.Run.RunId, runId, StringComparison.OrdinalIgnoreCase)) is { Run: not null } exact ? exact
            : found.Count == 1 ? found[0]
            : throw new ScimStateException("Zoom.History.NoRun", found.Count == 0
                ? $"There is no run '{runId}' in the journals of this account."
                : $"'{runId}' begins the ids of {found.Count} runs: {string.Join("; ", found.Take(3).Select(f => $"{f.Run.RunId} ({f.Run})"))}.")
            {
                Category = found.Count == 0 ? "ObjectNotFound" : "InvalidArgument",
                RecommendedAction = "Look at the runs with Get-ZoomProvisioningRun, or press Tab after -RunId; of the id, as many signs are enough "
                    + "as name one run.",
            };
    }

    private static List<HistoryRun> Of(AccountHistory history, JournalPlace place, HistoryQuery query)
    {
        var runs = new Dictionary<string, HistoryRun>(StringComparer.Ordinal);
        // A run that ended later than the time asked for belongs to it by its beginning.
        foreach (var entry in history.Read(place, query.After, query.Before?.AddDays(2), Ends).Where(e => Fits(e, query)))
        {
            if (entry.Kind == JournalKind.RunStarted)
            {
                runs[entry.RunId] = Begun(entry, place);
            }
            else if (runs.TryGetValue(entry.RunId, out var run))
            {
                runs[entry.RunId] = Ended(run, entry);
            }
        }

        var wanted = runs.Values.Where(r => (query.After is not { } after || r.StartedAt >= after)
            && (query.Before is not { } before || r.StartedAt < before)).ToList();
        return WithCounts(history, place, wanted);
    }

    private static bool Fits(JournalEntry entry, HistoryQuery query) =>
        (query.RunId is null || entry.RunId.StartsWith(query.RunId, StringComparison.OrdinalIgnoreCase))
        && query.IsActor(entry.Actor);

    private static HistoryRun Begun(JournalEntry entry, JournalPlace place) => new(entry.RunId)
    {
        Rule = place.Rule,
        What = entry.Undoes is { } undone ? $"Undo of {IdText.Short(undone)}" : entry.Command ?? $"Rule {place.Rule}",
        Actor = entry.Actor,
        StartedAt = entry.At,
        Undoes = entry.Undoes,
        Summary = entry.Summary,
    };

    private static HistoryRun Ended(HistoryRun run, JournalEntry entry) => run with
    {
        EndedAt = entry.At,
        User = entry.UserName,
        Outcome = entry.Ended ?? (entry.Message is null ? "Done" : "Stopped"),
        Counts = entry.Counts ?? run.Counts,
        Summary = entry.Summary ?? run.Summary,
    };

    /// <summary>Counts the results of runs that did not count them themselves: of earlier versions, and without an end.</summary>
    private static List<HistoryRun> WithCounts(AccountHistory history, JournalPlace place, List<HistoryRun> runs)
    {
        var uncounted = runs.Where(r => r.Counts.Count == 0 && (r.EndedAt is null || r.Outcome != "Done" || r.Summary is not null))
            .ToDictionary(r => r.RunId, _ => new Dictionary<string, ChangeOutcome>(StringComparer.OrdinalIgnoreCase), StringComparer.Ordinal);
        if (uncounted.Count == 0)
        {
            return runs;
        }

        var open = new Dictionary<long, JournalEntry>();
        var (from, until) = (runs.Min(r => r.StartedAt), runs.Any(r => r.EndedAt is null) ? (DateTimeOffset?)null : runs.Max(r => r.EndedAt));
        foreach (var entry in history.Read(place, from, until, Results))
        {
            if (entry.Kind == JournalKind.Intent)
            {
                if (uncounted.TryGetValue(entry.RunId, out var begun))
                {
                    open[entry.Number] = entry;
                    PeopleOf(entry).ForEach(p => begun[p] = ChangeOutcome.Unknown);
                }
            }
            else if (entry.Answers is { } number)
            {
                // What a later run settled belongs to the run that asked.
                if (open.TryGetValue(number, out var intent))
                {
                    open.Remove(number);
                    PeopleOf(intent).ForEach(p => uncounted[intent.RunId][p] = entry.Outcome ?? ChangeOutcome.Unknown);
                }
            }
            else if (uncounted.TryGetValue(entry.RunId, out var undone))
            {
                PeopleOf(entry).ForEach(p => undone[p] = entry.Outcome ?? ChangeOutcome.Skipped);
            }
        }

        return runs.ConvertAll(r => uncounted.TryGetValue(r.RunId, out var people) ? r with { Counts = OutcomeCounts.Of(people.Values) } : r);
    }

    private static List<string> PeopleOf(JournalEntry entry) =>
        [.. entry.Members ?? [entry.UserName ?? entry.ZoomId ?? $"group {entry.GroupId ?? entry.GroupName}"]];
}
