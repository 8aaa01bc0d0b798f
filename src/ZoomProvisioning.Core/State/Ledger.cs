using System;
using System.Collections.Generic;
using System.Linq;

namespace ZoomProvisioning.State;

/// <summary>
/// Who a rule created or adopted in one account, and what it last applied and saw. Only people in it are ever removed. It is
/// what the journal folds to (<see cref="LedgerFold"/>); the file only spares reading the whole journal.
/// </summary>
public sealed class Ledger
{
    private readonly Dictionary<string, LedgerEntry> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ScimUser> _bystanders = new(StringComparer.Ordinal);
    private Dictionary<string, ScimUser> _recalled = [];
    private DateTimeOffset? _recalledFrom;
    private int _lostLines;

    /// <summary>Makes an empty ledger.</summary>
    /// <param name="account">The account it is about (see <see cref="AccountKey"/>).</param>
    /// <param name="rule">The rule's name.</param>
    public Ledger(string account, string rule)
    {
        Account = account;
        Rule = rule;
    }

    /// <summary>The account.</summary>
    public string Account { get; internal set; }

    /// <summary>The rule's name.</summary>
    public string Rule { get; internal set; }

    /// <summary>The number of the last journal entry folded in; 0 for none.</summary>
    public long JournalPosition { get; internal set; }

    /// <summary>How many records of the source were in scope in the last run that went through; null before it.</summary>
    public int? LastSourceCount { get; internal set; }

    /// <summary>When the last run that went through ended (UTC); null before it.</summary>
    public DateTimeOffset? LastRunAt { get; internal set; }

    /// <summary>When the last run over a source began (UTC), whether it went through or not; null before it.</summary>
    public DateTimeOffset? LastStartedAt { get; internal set; }

    /// <summary>When the last journal entry folded in was written (UTC); null before it.</summary>
    public DateTimeOffset? LastEntryAt { get; internal set; }

    /// <summary>How many lines of the journal it was made from are lost; not kept.</summary>
    internal int LostLines => _lostLines;

    /// <summary>What is not known any more may have been that somebody came back, or what Zoom was sent.</summary>
    internal void LoseLine()
    {
        _lostLines++;
        foreach (var entry in Entries)
        {
            (entry.MissingRuns, entry.MissingSince, entry.MustRead) = (0, null, true);
        }
    }

    /// <summary>When the clock was set back: what it said before (UTC); null while it says more than that.</summary>
    internal DateTimeOffset? SetBackFrom { get; set; }

    /// <summary>By how much it was set back then.</summary>
    internal TimeSpan SetBackBy { get; set; }

    /// <summary>When a run last took the ledger to be older than Zoom (UTC); null before one.</summary>
    public DateTimeOffset? StateDoubtedAt { get; internal set; }

    /// <summary>How many of the last runs, one after the other, were held back or failed.</summary>
    public int TroubledRuns { get; internal set; }

    /// <summary>The saved plans that were applied, by their ids, and when (UTC): a plan applies once.</summary>
    public Dictionary<string, DateTimeOffset> AppliedPlans { get; internal set; } = new(StringComparer.Ordinal);

    /// <summary>What the last run left undone.</summary>
    internal HashSet<UndoneChange> Undone { get; } = [];

    /// <summary>Whether it was told that others can open the folder: once is enough.</summary>
    internal bool IsOpenToOthersTold { get; set; }

    /// <summary>The property of the source that the people's anchors are of, as of the last run; null when there was none, or it is not known.</summary>
    public string? AnchorProperty { get; internal set; }

    /// <summary>
    /// The attributes, and in braces the properties the rule names, of which the source had values in the last run that believed
    /// it; null before one.
    /// </summary>
    public IReadOnlyList<string>? SourceProperties { get; internal set; }

    /// <summary>The people, in no order.</summary>
    public IReadOnlyCollection<LedgerEntry> Entries => _byId.Values;

    /// <summary>
    /// Users as Zoom last showed them in full about whom there is nothing else to note: admins whom the source names, whoever was
    /// read to find people by a key that lists do not tell, and people of the rule of whom something is held or blocked, who are
    /// compared with what was seen before until that is decided. They are kept only to spare reading them in every run.
    /// </summary>
    public IReadOnlyCollection<ScimUser> Bystanders
    {
        get => _bystanders.Values;
        internal set
        {
            _bystanders.Clear();
            foreach (var user in value.Where(u => u.Id is not null))
            {
                _bystanders[user.Id!] = user;
            }
        }
    }

    /// <summary>When those were read of whom the ledger knows by a plan before only; null when there are none.</summary>
    internal DateTimeOffset? RecalledFrom => _recalledFrom;

    /// <summary>Takes in whom a plan before has read in full, if anybody. They are never saved with the ledger.</summary>
    internal void Recall(AccountReads? reads)
    {
        _recalledFrom = reads?.ReadAt;

        // Without Zoom's own time of change nothing would say that they are as they were.
        _recalled = (reads?.Users ?? []).Where(u => u.Id is not null && u.Attributes.Complex("meta")?.Text("lastModified") is not null)
            .GroupBy(u => u.Id!).ToDictionary(g => g.Key, g => g.Last(), StringComparer.Ordinal);
    }

    /// <summary>How many people the rule manages and has not removed.</summary>
    public int ManagedCount => _byId.Values.Count(e => !e.IsRemoved);

    /// <summary>The entry of a Zoom id; null when the rule does not know it.</summary>
    public LedgerEntry? Find(string zoomId) => _byId.TryGetValue(zoomId, out var entry) ? entry : null;

    /// <summary>The user of a Zoom id as Zoom showed it in full, whether the rule's or not; nothing when it must be read.</summary>
    internal IEnumerable<ScimUser> Seen(string zoomId)
    {
        var entry = Find(zoomId);
        if (entry?.MustRead == true)
        {
            yield break;
        }

        if (entry?.Seen is { } seen)
        {
            yield return seen;
        }

        if (_bystanders.TryGetValue(zoomId, out var bystander))
        {
            yield return bystander;
        }

        if (_recalled.TryGetValue(zoomId, out var recalled))
        {
            yield return recalled;
        }
    }

    /// <summary>Whether it is this ledger itself, and no plan before, that a user in full comes from.</summary>
    internal bool Knows(ScimUser user) =>
        Find(user.Id!)?.Seen == user || (_bystanders.TryGetValue(user.Id!, out var bystander) && bystander == user);

    internal void Put(LedgerEntry entry) => _byId[entry.ZoomId] = entry;

    internal bool Drop(string zoomId) => _byId.Remove(zoomId);
}
