using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.State;

/// <summary>A request of a run and what became of it, as far as it is known.</summary>
/// <param name="Intent">What was about to be sent.</param>
/// <param name="Outcome">What became of it; null where nobody wrote it down.</param>
internal sealed record TracedWrite(JournalEntry Intent, JournalEntry? Outcome)
{
    /// <summary>Whether it may have done something: whatever was not refused, and not kept back.</summary>
    public bool MayHaveHappened => Outcome?.Outcome is null or ChangeOutcome.Done or ChangeOutcome.NoChange or ChangeOutcome.Unknown;
}

/// <summary>What one run did, and what was done since to the same people.</summary>
internal sealed class RunTrace
{
    private readonly Dictionary<long, JournalEntry> _open = [];
    private readonly List<TracedWrite> _writes = [];
    private readonly HashSet<(string Id, string Attribute)> _attributesSince = [];
    private readonly HashSet<(string Group, string Member)> _membersSince = [];

    private readonly HashSet<string> _undoing = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Folder, long Number), JournalEntry> _undoings = [];
    private readonly List<(string Id, string Name)> _undone = [];

    private RunTrace(HistoryRun run) => Run = run;

    /// <summary>The run.</summary>
    public HistoryRun Run { get; }

    /// <summary>Its requests about people, by the person's id (the address of somebody whose id nobody knows), in their order.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<TracedWrite>> People => _writes
        .Where(w => w.Intent.GroupId is null && w.Intent.GroupName is null && KeyOf(w) is not null)
        .GroupBy(w => KeyOf(w)!, StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => (IReadOnlyList<TracedWrite>)g.OrderBy(w => w.Intent.Number).ToList(), StringComparer.Ordinal);

    /// <summary>Its requests about groups, in their order.</summary>
    public IReadOnlyList<TracedWrite> Groups =>
        _writes.Where(w => w.Intent.GroupName is not null || w.Intent.GroupId is not null).OrderBy(w => w.Intent.Number).ToList();

    /// <summary>Whether something else set an attribute of somebody since.</summary>
    public bool WasSetSince(string id, ZoomAttribute attribute) => _attributesSince.Contains((id, attribute.Name));

    /// <summary>Whether somebody was put into a group, or taken out, since by something else.</summary>
    public bool WasMovedSince(string group, string member) => _membersSince.Contains((group, member));

    /// <summary>The last run that has undone something of this one; null when none has.</summary>
    public string? UndoneBy { get; private set; }

    /// <summary>The people, and the groups, with whom something was undone already: id and name.</summary>
    public IReadOnlyList<(string Id, string Name)> Undone => _undone;

    /// <summary>Reads what a run did, and what came after it in all journals of the account.</summary>
    public static RunTrace Read(AccountHistory history, HistoryRun run, JournalPlace place)
    {
        var trace = new RunTrace(run);
        foreach (var journal in history.Places)
        {
            foreach (var entry in history.Read(journal, run.StartedAt, null, null).Where(e => e.At >= run.StartedAt))
            {
                trace.Add(entry, journal.Folder, isOwnJournal: journal.Folder == place.Folder);
            }
        }

        trace._writes.AddRange(trace._open.Values.Select(i => new TracedWrite(i, null)));
        return trace;
    }

    private void Add(JournalEntry entry, string folder, bool isOwnJournal)
    {
        var isOwn = isOwnJournal && string.Equals(entry.RunId, Run.RunId, StringComparison.Ordinal);
        if (entry.Kind == JournalKind.RunStarted && string.Equals(entry.Undoes, Run.RunId, StringComparison.Ordinal))
        {
            _undoing.Add(entry.RunId);
        }

        if (entry.Kind == JournalKind.RunEnded && _undoing.Contains(entry.RunId) && entry.Counts?.ContainsKey(nameof(ChangeOutcome.Done)) == true)
        {
            UndoneBy = entry.RunId;
        }

        AddUndone(entry, folder);
        if (entry.Kind == JournalKind.Intent)
        {
            if (isOwn)
            {
                _open[entry.Number] = entry;
            }
            else
            {
                AddSince(entry);
            }
        }
        else if (isOwnJournal && entry.Kind is JournalKind.Outcome or JournalKind.Settled
            && entry.Answers is { } number && _open.TryGetValue(number, out var intent))
        {
            // What a later run settled was asked by this one.
            if (entry.Outcome != ChangeOutcome.Unknown)
            {
                _open.Remove(number);
                _writes.Add(new TracedWrite(intent, entry));
            }
        }
    }

    private void AddUndone(JournalEntry entry, string folder)
    {
        if (entry.Kind == JournalKind.Intent && _undoing.Contains(entry.RunId))
        {
            _undoings[(folder, entry.Number)] = entry;
        }
        else if (entry.Answers is { } number && entry.Outcome == ChangeOutcome.Done && _undoings.TryGetValue((folder, number), out var intent))
        {
            foreach (var id in intent.Members ?? [intent.ZoomId ?? intent.UserName ?? intent.GroupId ?? string.Empty])
            {
                // The members of a group are known by their ids only, until another request names them.
                var name = intent.UserName ?? (intent.Members is null ? $"the group '{intent.GroupName}'" : id);
                _undone.RemoveAll(u => u.Id == id && u.Name == id);
                if (!_undone.Exists(u => u.Id == id))
                {
                    _undone.Add((id, name));
                }
            }
        }
    }

    private void AddSince(JournalEntry intent)
    {
        foreach (var member in intent.Members ?? [])
        {
            _membersSince.Add((intent.GroupId ?? string.Empty, member));
        }

        if (intent is { ZoomId: { } id, Body: { } body })
        {
            _attributesSince.UnionWith(SentAttributes.In(body).Select(a => (id, a.Name)));
        }
    }

    private static string? KeyOf(TracedWrite write) => write.Intent.ZoomId ?? write.Outcome?.ZoomId ?? write.Intent.UserName;
}
