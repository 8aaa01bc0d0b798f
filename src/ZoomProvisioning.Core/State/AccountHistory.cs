using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace ZoomProvisioning.State;

/// <summary>The journals of an account as one: those of its rules, of rules that were removed, and of what was done without a rule.</summary>
internal sealed class AccountHistory
{
    private const string Archive = "archive";

    private readonly Func<string, IReadOnlyList<IJournalPart>> _read;

    /// <summary>Makes a history of some journals.</summary>
    /// <param name="read">Gives the parts of the journal in a folder.</param>
    /// <param name="places">The journals.</param>
    public AccountHistory(Func<string, IReadOnlyList<IJournalPart>> read, IReadOnlyList<JournalPlace> places)
    {
        _read = read;
        Places = places;
    }

    /// <summary>The journals.</summary>
    public IReadOnlyList<JournalPlace> Places { get; }

    /// <summary>Takes a journal that cannot be read, and goes on with the others; null throws what it throws.</summary>
    public Action<JournalPlace, ScimStateException>? OnUnreadable { get; init; }

    /// <summary>All journals of an account.</summary>
    /// <param name="states">Reads them.</param>
    /// <param name="account">The account's folder. It may not be there.</param>
    /// <param name="onUnreadable">See <see cref="OnUnreadable"/>.</param>
    public static AccountHistory Of(IStateFactory states, string account, Action<JournalPlace, ScimStateException>? onUnreadable = null) =>
        new(states.ReadParts, [.. Below(states, account), .. Below(states, Path.Combine(account, Archive))]) { OnUnreadable = onUnreadable };

    /// <summary>One journal.</summary>
    /// <param name="states">Reads it.</param>
    /// <param name="folder">The folder it is in.</param>
    /// <param name="onUnreadable">See <see cref="OnUnreadable"/>.</param>
    public static AccountHistory OfJournal(IStateFactory states, string folder, Action<JournalPlace, ScimStateException>? onUnreadable = null) =>
        new(states.ReadParts, [PlaceOf(states, folder)]) { OnUnreadable = onUnreadable };

    /// <summary>What was asked for, oldest first over all journals. No more of it is in memory than is looked at.</summary>
    public IEnumerable<JournalEntry> Read(HistoryQuery query)
    {
        // What cannot be read is told when it is read for its entries.
        var names = new AccountHistory(_read, Places) { OnUnreadable = OnUnreadable is null ? null : (_, _) => { } };
        var sought = query.User is { } user ? SoughtPeople.Find(names, user) : null;
        return query.Last is { } last ? ReadLast(query, last, sought) : Merge(Places.Select(p => Read(p, query, sought)));
    }

    /// <summary>The entries of some kinds in a time, journal by journal.</summary>
    public IEnumerable<JournalEntry> Read(JournalPlace place, DateTimeOffset? after, DateTimeOffset? before, IReadOnlyCollection<JournalKind>? kinds) =>
        Safely(place, () => Parts(place, after, before).SelectMany(p => p.Read(after, kinds)).Select(e => e with { Rule = place.Rule }));

    private IEnumerable<JournalEntry> Read(JournalPlace place, HistoryQuery query, SoughtPeople? sought) =>
        Read(place, query.After, query.Before, null).TakeWhile(e => !IsLongAfter(e, query.Before)).Where(query.Judge(sought, place.Folder));

    private IEnumerable<JournalEntry> ReadLast(HistoryQuery query, int last, SoughtPeople? sought)
    {
        var all = new List<JournalEntry>();
        foreach (var place in Places)
        {
            // From the end: nobody reads a year to see what was last.
            var found = new List<JournalEntry>();
            foreach (var part in Parts(place, query.After, query.Before).AsEnumerable().Reverse())
            {
                var kept = new Queue<JournalEntry>();
                foreach (var entry in Safely(place, () => part.Read(query.After, null)).Where(query.Judge(sought, place.Folder)))
                {
                    kept.Enqueue(entry with { Rule = place.Rule });
                    if (kept.Count > last - found.Count)
                    {
                        kept.Dequeue();
                    }
                }

                found.InsertRange(0, kept);
                if (found.Count >= last)
                {
                    break;
                }
            }

            all.AddRange(found);
        }

        var ordered = all.OrderBy(e => e.At).ToList();
        return ordered.Skip(Math.Max(0, ordered.Count - last));
    }

    private List<IJournalPart> Parts(JournalPlace place, DateTimeOffset? after, DateTimeOffset? before)
    {
        try
        {
            return _read(place.Folder).Where(p => !(p.Until < after) && !(p.From > before)).ToList();
        }
        catch (ScimStateException exception) when (OnUnreadable is not null)
        {
            OnUnreadable(place, exception);
            return [];
        }
    }

    private IEnumerable<JournalEntry> Safely(JournalPlace place, Func<IEnumerable<JournalEntry>> read)
    {
        using var entries = read().GetEnumerator();
        while (true)
        {
            JournalEntry entry;
            try
            {
                if (!entries.MoveNext())
                {
                    yield break;
                }

                entry = entries.Current;
            }
            catch (ScimStateException exception) when (OnUnreadable is not null)
            {
                OnUnreadable(place, exception);
                yield break;
            }

            yield return entry;
        }
    }

    /// <summary>Several in the order of time, each of which is in it.</summary>
    private static IEnumerable<JournalEntry> Merge(IEnumerable<IEnumerable<JournalEntry>> journals)
    {
        var open = new List<IEnumerator<JournalEntry>>();
        try
        {
            foreach (var journal in journals)
            {
                var entries = journal.GetEnumerator();
                open.Add(entries);
                if (!entries.MoveNext())
                {
                    open.Remove(entries);
                    entries.Dispose();
                }
            }

            while (open.Count > 0)
            {
                var next = open[0];
                foreach (var other in open)
                {
                    next = other.Current.At < next.Current.At ? other : next;
                }

                yield return next.Current;
                if (!next.MoveNext())
                {
                    open.Remove(next);
                    next.Dispose();
                }
            }
        }
        finally
        {
            open.ForEach(e => e.Dispose());
        }
    }

    // A clock that is put right goes back, but not by more than a day.
    private static bool IsLongAfter(JournalEntry entry, DateTimeOffset? before) =>
        before is { } end && end < DateTimeOffset.MaxValue.AddDays(-1) && entry.At > end.AddDays(1);

    private static IEnumerable<JournalPlace> Below(IStateFactory states, string folder) => Directory.Exists(folder)
        ? Directory.EnumerateDirectories(folder).Where(states.IsRuleFolder).OrderBy(d => d, StringComparer.Ordinal).Select(d => PlaceOf(states, d))
        : [];

    private static JournalPlace PlaceOf(IStateFactory states, string folder)
    {
        if (StatePlace.IsDirect(folder))
        {
            return new JournalPlace(folder, null, StatePlace.Direct, null);
        }

        try
        {
            var card = RuleCard.Read(folder, states);
            return new JournalPlace(folder, card?.Name ?? Path.GetFileName(folder), card?.Title ?? Path.GetFileName(folder), card?.File);
        }
        catch (ScimStateException)
        {
            // Whose it is says the folder's name as well.
            return new JournalPlace(folder, Path.GetFileName(folder), Path.GetFileName(folder), null);
        }
    }
}

/// <summary>Where a journal lies, and whose it is.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Rule">The rule; null for what was done without one.</param>
/// <param name="Title">The name that ledger and journal were begun under.</param>
/// <param name="RuleFile">The rule's file as of its last run; null where there is none.</param>
internal sealed record JournalPlace(string Folder, string? Rule, string Title, string? RuleFile);
