using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Reconcile;

/// <summary>
/// Whom one record of the source is about, by anchor, Zoom id and address. Where they say different things nobody is chosen: the
/// record is in dispute, and everybody it may be about is kept.
/// </summary>
internal sealed class IdentityFinder
{
    private readonly ProvisioningRule _rule;
    private readonly AccountSnapshot _account;
    private readonly Ledger _ledger;
    private readonly KnownPeople _known;
    private readonly HashSet<string> _claimed;
    private readonly Dictionary<string, string?> _numbers = new(StringComparer.Ordinal);

    /// <summary>Makes a finder.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="account">The account.</param>
    /// <param name="ledger">The ledger.</param>
    /// <param name="known">The same ledger's people.</param>
    /// <param name="people">All the records of the source.</param>
    /// <param name="usable">Those that are not in dispute among themselves: an address may pass from one of them to the next.</param>
    public IdentityFinder(
        ProvisioningRule rule,
        AccountSnapshot account,
        Ledger ledger,
        KnownPeople known,
        IEnumerable<DesiredUser> people,
        IReadOnlyCollection<DesiredUser> usable)
    {
        _rule = rule;
        _account = account;
        _ledger = ledger;
        _known = known;
        _claimed = TextSet.Of(usable.Select(p => _known.ByAnchor(p.Anchor)?.ZoomId ?? p.ZoomId), usable.Count, StringComparer.Ordinal);
        foreach (var anchor in people.Select(p => SourceAnchor.Canonical(p.Anchor)).OfType<string>().Where(SourceAnchor.IsNumber))
        {
            // The number as it is written, or null when it is written in more than one way.
            var number = SourceAnchor.Loosely(anchor);
            _numbers[number] = !_numbers.TryGetValue(number, out var other) || other == anchor ? anchor : null;
        }
    }

    /// <summary>The user found in Zoom, and whether the ledger knows it.</summary>
    public static Correlation Matched(DesiredUser person, ScimUser user, Ledger ledger, string how) =>
        new(person, ledger.Find(user.Id!) is { } entry ? CorrelationSituation.Linked : CorrelationSituation.Matched, user, ledger.Find(user.Id!), how);

    /// <summary>Whom a record is about.</summary>
    public Correlation Find(DesiredUser person)
    {
        if (_known.ByAnchor(person.Anchor) is { } anchored)
        {
            return FindAnchored(person, anchored);
        }

        if (person.ZoomId is { } id && _account.Find(id) is { } identified)
        {
            return AnotherAt(person.LookupName, id) is { } other
                ? Contradiction(person, $"its Zoom id is that of '{identified}', but its address that of {Describe(other)}", id, other.ZoomId)
                : Matched(person, identified, _ledger, "by its Zoom id");
        }

        if (_known.AnchorsTellApart && SourceAnchor.Canonical(person.Anchor) is { } anchor)
        {
            return FindUnderNewAnchor(person, anchor);
        }

        var named = _known.EntryOf(person.Values.UserName, person.Anchor);
        return named is not null && _account.Find(named.ZoomId) is { } linked
            ? new Correlation(person, CorrelationSituation.Linked, linked, named, "by the ledger (user name)")
            : FindByName(person, named);
    }

    /// <summary>Numbers that differ only in leading zeros are never two people, so nobody is created or taken over under one of them.</summary>
    public Correlation NeverTwins(Correlation found) =>
        found.Situation is CorrelationSituation.Unmatched or CorrelationSituation.Matched
        && SourceAnchor.Canonical(found.Desired.Anchor) is { } anchor && SourceAnchor.IsNumber(anchor) && _numbers[SourceAnchor.Loosely(anchor)] is null
            ? Dispute(found.Desired, $"another record of the source has the same number as its anchor '{anchor}', but for leading zeros, "
                + "and these are never two people; correct the number in the source")
            : found;

    private Correlation FindAnchored(DesiredUser person, LedgerEntry anchored)
    {
        var there = _account.Find(anchored.ZoomId);
        if (person.ZoomId is { } id && id != anchored.ZoomId && there is not null && _account.Find(id) is { } identified)
        {
            return Contradiction(person, $"its anchor is that of {Describe(anchored)}, but its Zoom id that of '{identified}'", anchored.ZoomId, id);
        }

        if (AnotherAt(person.LookupName, anchored.ZoomId) is { } other)
        {
            return Contradiction(person, $"its anchor is that of {Describe(anchored)}, but its address that of {Describe(other)}",
                anchored.ZoomId, other.ZoomId);
        }

        return there is not null ? new Correlation(person, CorrelationSituation.Linked, there, anchored, "by the ledger (anchor)")
            : person.ZoomId is { } named && _account.Find(named) is { } user ? Matched(person, user, _ledger, "by its Zoom id")
            : FindByName(person, anchored);
    }

    /// <summary>The ledger knows nobody by the anchor, so it may be a new person, or one that is known under a new or a damaged anchor.</summary>
    private Correlation FindUnderNewAnchor(DesiredUser person, string anchor)
    {
        var near = _known.Nearly(anchor).Where(e => _account.Find(e.ZoomId) is not null).ToList();
        // A key in other letters may be another one; a number with other zeros may not.
        var twins = near.FindAll(e => !_claimed.Contains(e.ZoomId) || SourceAnchor.IsNumber(anchor));
        if (person.LookupName is { } name && _account.NamedBy(name).Count > 1 && _known.HoldersOf(name).Take(2).Count() != 1)
        {
            return FindByName(person, null);
        }

        if (AtAddress(person) is { } entry)
        {
            if (twins.Find(e => e != entry) is { } other)
            {
                return Contradiction(person, $"its anchor is nearly that of {Describe(other)}, but its address that of {Describe(entry)}",
                    entry.ZoomId, other.ZoomId);
            }

            var user = _account.Find(entry.ZoomId)!;
            return entry.Anchor is null || _claimed.Contains(entry.ZoomId) || IsAttested(person, user, entry)
                ? new Correlation(person, CorrelationSituation.Linked, user, entry, "by user name")
                : Reanchored(person, entry);
        }

        return twins switch
        {
            [] => FindByName(person, null),
            [var only] when !_claimed.Contains(only.ZoomId) => Reanchored(person, only),
            _ => Contradiction(person, $"its anchor '{anchor}' is nearly that of {string.Join(" and that of ", twins.Select(Describe))}",
                [.. twins.Select(e => e.ZoomId)]),
        };
    }

    /// <summary>Who of the ledger is at a record's address: in Zoom now, or when it was seen last and nobody else's since.</summary>
    private LedgerEntry? AtAddress(DesiredUser person)
    {
        var name = person.LookupName;
        if (_known.HoldersOf(name).OrderBy(e => e.ZoomId, StringComparer.Ordinal).FirstOrDefault() is { } holder)
        {
            return holder;
        }

        return _known.ByName(name) is { } before && _account.Find(before.ZoomId) is not null
            && !_claimed.Contains(before.ZoomId) && _account.NamedBy(name!).Count == 0
            ? before
            : null;
    }

    private Correlation FindByName(DesiredUser person, LedgerEntry? gone)
    {
        var named = person.LookupName is { } name ? _account.NamedBy(name) : [];
        var known = named.Where(u => _ledger.Find(u.Id!) is not null).ToList();
        return named.Count switch
        {
            0 => new Correlation(person, CorrelationSituation.Unmatched, null, null,
                gone is null ? "not in Zoom" : "no longer in Zoom, where it was deleted by hand"),
            1 => Matched(person, named[0], _ledger, "by user name"),
            // Whom the ledger knows by id has been chosen before.
            _ when known.Count == 1 => Matched(person, known[0], _ledger, "by the ledger (user name)"),
            _ => Dispute(person, $"Zoom has {named.Count} users of the address '{person.LookupName}': {string.Join(", ", named.Select(WithState))}; "
                + "neither is chosen until one of them is deleted or renamed in Zoom", [.. named.Select(u => u.Id!)]),
        };
    }

    /// <summary>Somebody else of the ledger whose address it is now, and about whom no other record of the source is.</summary>
    private LedgerEntry? AnotherAt(string? userName, string ownId)
    {
        if (userName is null || (_account.NamedBy(userName) is [{ } only] && only.Id == ownId))
        {
            // So it is nearly always.
            return null;
        }

        var holders = _known.HoldersOf(userName).ToList();
        return holders.Exists(e => e.ZoomId == ownId) ? null : holders.Find(e => !_claimed.Contains(e.ZoomId));
    }

    /// <summary>Whether a further key of the rule says that it is the same person under another anchor.</summary>
    private bool IsAttested(DesiredUser person, ScimUser user, LedgerEntry entry) =>
        _rule.Match.Any(a => !a.IsAddress && !ZoomAttribute.IsEmpty(a.Get(person.Values))
            && (a.AreEqual(a.Get(user), a.Get(person.Values)) || (entry.Seen is { } seen && a.AreEqual(a.Get(seen), a.Get(person.Values)))));

    private Correlation Reanchored(DesiredUser person, LedgerEntry entry) => new(person, CorrelationSituation.Reanchored, _account.Find(entry.ZoomId), entry,
        $"known as '{entry.Anchor}' of the source, and now it is '{person.Anchor}'");

    private static Correlation Contradiction(DesiredUser person, string what, params string[] candidates) =>
        Dispute(person, $"{what}, so nobody can say who it is, and all of them are left as they are; correct the source", candidates);

    private static Correlation Dispute(DesiredUser person, string reason, params string[] candidates) =>
        new(person, CorrelationSituation.Disputed, null, null, reason) { Candidates = candidates };

    private static string WithState(ScimUser user) => user.Active == false ? $"{user.Id} (deactivated)" : $"{user.Id}";

    private string Describe(LedgerEntry entry) =>
        $"'{_account.Find(entry.ZoomId)?.UserName ?? entry.UserName}'{(entry.Anchor is { } anchor ? $" ('{anchor}' of the source)" : string.Empty)}";
}
