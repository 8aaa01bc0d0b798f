using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.State;

/// <summary>
/// What was done in the time before, by the journal: of each kind, how many people it concerned. What somebody had approved is
/// not among it, for it was looked at; what may have been done is. An approval neither uses up what a day may have unseen nor adds
/// to it: who went by it does not count, and is not among the people of whom a share is taken either.
/// </summary>
public sealed class RecentChanges
{
    private readonly int[] _counts;

    private RecentChanges(int[] counts, int left) => (_counts, Left) = (counts, left);

    /// <summary>Nothing.</summary>
    public static RecentChanges None { get; } = new(new int[Enum.GetValues(typeof(GuardKind)).Length], 0);

    /// <summary>How many people left the rule in that time without an approval: who was deleted, or deactivated for having left.</summary>
    public int Left { get; }

    /// <summary>How many people changes of a kind concerned; somebody who is concerned by two runs counts twice.</summary>
    public int this[GuardKind kind] => _counts[(int)kind];

    /// <summary>Reads a journal.</summary>
    /// <param name="journal">Its entries, oldest first; from any place on that is before the time asked about.</param>
    /// <param name="now">The time.</param>
    /// <param name="window">How long the time asked about is; its beginning does not belong to it.</param>
    public static RecentChanges Read(IEnumerable<JournalEntry> journal, DateTimeOffset now, TimeSpan window)
    {
        var time = new JournalTime();
        var open = new Dictionary<long, (JournalEntry Intent, TimeSpan At)>();
        var answered = new Queue<(JournalEntry Intent, TimeSpan At)>();
        var approved = new HashSet<(string, string)>();
        foreach (var entry in journal)
        {
            var at = time.GoTo(entry.At);
            while (answered.Count > 0 && at - answered.Peek().At >= window)
            {
                answered.Dequeue();
            }

            switch (entry.Kind)
            {
                case JournalKind.Intent when entry.Request is not WriteKind.CreateGroup and not WriteKind.AddToGroup:
                    open[entry.Number] = (entry, at);
                    break;
                case JournalKind.Outcome or JournalKind.Settled when entry.Answers is { } number && open.TryGetValue(number, out var asked):
                    if (entry.Outcome == ChangeOutcome.Unknown && entry.Kind == JournalKind.Outcome)
                    {
                        break;
                    }

                    open.Remove(number);
                    // The time of the answer is the later one, and so the one that keeps longer.
                    if (entry.Outcome is ChangeOutcome.Done or ChangeOutcome.NoChange or ChangeOutcome.Unknown)
                    {
                        answered.Enqueue((asked.Intent, at));
                    }

                    break;
                case JournalKind.Approved:
                    approved.UnionWith((entry.Members ?? []).Select(m => (entry.RunId, m)));
                    break;
                default:
                    break;
            }
        }

        // What has no answer was perhaps done.
        var until = time.GoTo(now);
        var done = answered.Concat(open.Values).Where(e => until - e.At < window).Select(e => e.Intent);
        var counted = new HashSet<(string, string, GuardKind)>();
        var left = new HashSet<string>(StringComparer.Ordinal);
        foreach (var intent in done)
        {
            foreach (var person in PeopleOf(intent))
            {
                if (approved.Contains((intent.RunId, person)))
                {
                    continue;
                }

                if (intent.Request == WriteKind.Delete || intent is { Request: WriteKind.Deactivate, IsRemoval: true })
                {
                    left.Add(person);
                }

                counted.UnionWith(KindsOf(intent).Select(k => (intent.RunId, person, k)));
            }
        }

        var counts = new int[None._counts.Length];
        foreach (var (_, _, kind) in counted)
        {
            counts[(int)kind]++;
        }

        return new RecentChanges(counts, left.Count);
    }

    private static IEnumerable<string> PeopleOf(JournalEntry intent) =>
        intent.Members ?? ((intent.ZoomId ?? intent.UserName) is { } who ? [who] : []);

    private static IEnumerable<GuardKind> KindsOf(JournalEntry intent) => intent.Request switch
    {
        WriteKind.Create => [GuardKind.Create],
        WriteKind.Deactivate => [GuardKind.Disable],
        WriteKind.Delete => [GuardKind.Delete],
        // Somebody is activated on the way to being deleted, to hand the data over.
        WriteKind.Activate => intent.Action == PlanAction.Delete ? [] : [GuardKind.Reactivate],
        WriteKind.RemoveFromGroup => [GuardKind.GroupLeave, GuardKind.Update],
        WriteKind.Update when intent.Action is PlanAction.Update or PlanAction.Adopt => [.. Named(intent), GuardKind.Update],
        WriteKind.Update => Named(intent),
        _ => [],
    };

    private static IEnumerable<GuardKind> Named(JournalEntry intent) =>
        (intent.Kinds ?? []).Select(n => Enum.TryParse<GuardKind>(n, out var kind) ? kind : (GuardKind?)null).OfType<GuardKind>();
}
