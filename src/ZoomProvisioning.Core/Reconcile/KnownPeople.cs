using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Input;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Reconcile;

/// <summary>The people of a rule's ledger, by anchor and by address. What is found does not depend on the order of the ledger.</summary>
internal sealed class KnownPeople
{
    private readonly AccountSnapshot _account;
    private readonly Ledger _ledger;
    private readonly Dictionary<string, LedgerEntry> _byAnchor;
    private readonly Dictionary<string, LedgerEntry> _byName;
    private ILookup<string, LedgerEntry>? _byLooseAnchor;

    public KnownPeople(ProvisioningRule rule, AccountSnapshot account, Ledger ledger)
    {
        _account = account;
        _ledger = ledger;
        if (rule.Anchor is { } property && ledger.AnchorProperty is { } known)
        {
            AnchorsTellApart = MappingPreset.SameHeading(property, known);
            AnchorsAreForeign = !AnchorsTellApart;
        }

        // The same number is somebody else's in another column.
        _byAnchor = AnchorsAreForeign ? new(StringComparer.Ordinal) : Index(e => SourceAnchor.Canonical(e.Anchor), StringComparer.Ordinal);
        _byName = Index(e => e.UserName, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>
    /// Whether the ledger's anchors are known to be of the rule's own property. Only then does another anchor mean anything; after
    /// a change of the property people are known by name once.
    /// </summary>
    public bool AnchorsTellApart { get; }

    /// <summary>Whether the ledger's anchors are known to be of another property than the rule's, so that they say nothing.</summary>
    public bool AnchorsAreForeign { get; }

    /// <summary>
    /// Whom the ledger knows a record as; null when nobody. An address that has passed on to somebody else is not the same person
    /// by the ledger's word.
    /// </summary>
    public LedgerEntry? EntryOf(string? userName, string? anchor) => ByAnchor(anchor)
        ?? (ByName(userName) is { } named && (anchor is null || named.Anchor is null || AnchorsAreForeign) ? named : null);

    /// <summary>Who has this anchor, in whatever spelling; null when nobody has.</summary>
    public LedgerEntry? ByAnchor(string? anchor) => SourceAnchor.Canonical(anchor) is { } key && _byAnchor.TryGetValue(key, out var entry) ? entry : null;

    /// <summary>Who had this address when it was seen last; null when nobody had.</summary>
    public LedgerEntry? ByName(string? userName) => userName is not null && _byName.TryGetValue(userName, out var entry) ? entry : null;

    /// <summary>Who of the ledger has this address in Zoom now, whatever the ledger calls them.</summary>
    public IEnumerable<LedgerEntry> HoldersOf(string? userName) =>
        userName is null ? [] : _account.NamedBy(userName).Select(u => _ledger.Find(u.Id!)).OfType<LedgerEntry>();

    /// <summary>The ids of everybody whose own address this is, by Zoom's word or by the ledger's.</summary>
    public IEnumerable<string> IdsOf(string? userName) => HoldersOf(userName).Append(ByName(userName)).OfType<LedgerEntry>().Select(e => e.ZoomId);

    /// <summary>Whose anchor differs from this one in nothing but leading zeros or case. Whoever has it exactly is not among them.</summary>
    public IReadOnlyList<LedgerEntry> Nearly(string? anchor)
    {
        if (_byAnchor.Count == 0 || SourceAnchor.Canonical(anchor) is not { } key)
        {
            return [];
        }

        _byLooseAnchor ??= _byAnchor.ToLookup(p => SourceAnchor.Loosely(p.Key), p => p.Value, StringComparer.Ordinal);
        return _byLooseAnchor[SourceAnchor.Loosely(key)]
            .Where(e => SourceAnchor.Canonical(e.Anchor) != key)
            .OrderBy(e => e.ZoomId, StringComparer.Ordinal)
            .ToList();
    }

    private Dictionary<string, LedgerEntry> Index(Func<LedgerEntry, string?> key, StringComparer comparer)
    {
        var index = new Dictionary<string, LedgerEntry>(_ledger.Entries.Count, comparer);
        foreach (var entry in _ledger.Entries)
        {
            if (key(entry) is { } name && (!index.TryGetValue(name, out var other) || Precedes(entry, other)))
            {
                index[name] = entry;
            }
        }

        return index;
    }

    // Who is still managed comes before who was removed; the order of the ids decides between equals.
    private static bool Precedes(LedgerEntry left, LedgerEntry right) =>
        left.IsRemoved != right.IsRemoved ? right.IsRemoved : StringComparer.Ordinal.Compare(left.ZoomId, right.ZoomId) < 0;
}
