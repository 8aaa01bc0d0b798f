using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Reconcile;

/// <summary>
/// Which of two rules that both have a person looks after it: the one that created or took over the user first. Only its values
/// are sent, so that no two rules set an attribute in turn for ever.
/// </summary>
internal sealed class Ownership
{
    private readonly string _rule;
    private readonly Ledger _ledger;
    private readonly OtherRules _others;

    public Ownership(string rule, Ledger ledger, OtherRules others)
    {
        _rule = rule;
        _ledger = ledger;
        _others = others;
    }

    /// <summary>The other rule that looks after a user; null when this one does.</summary>
    public string? OwnerOf(string zoomId) =>
        _others.ClaimOn(zoomId) is { } claim
        && (_ledger.Find(zoomId) is not { IsRemoved: false } entry || claim.Precedes(new OtherClaim(_rule, entry.LinkedAt)))
            ? claim.Rule
            : null;

    /// <summary>Why something of a person is not sent.</summary>
    public static string Elsewhere(string owner, IReadOnlyCollection<AttributeChange> left) =>
        $"Owned elsewhere: the rule '{owner}' had this user first, so its values count"
        + (left.Count == 0 ? string.Empty : $" and {AttributeChange.StayDifferent(left)}");

    /// <summary>What to tell of the people whom another rule has as well, a sentence for each rule.</summary>
    public IEnumerable<GuardFinding> Findings(IEnumerable<PlannedChange> changes)
    {
        var shared = changes
            .Where(c => !c.Leaves && c.ZoomId is { } id && _others.ClaimOn(id) is not null && (c.Adopts || _ledger.Find(id) is not null))
            .Select(c => (c.UserName, Other: _others.Managing(c.ZoomId!)!, IsOurs: OwnerOf(c.ZoomId!) is null));
        foreach (var group in shared.GroupBy(s => (s.Other, s.IsOurs)).OrderBy(g => g.Key.Other, StringComparer.Ordinal).ThenBy(g => g.Key.IsOurs))
        {
            var names = group.Select(s => s.UserName).OrderBy(n => n, StringComparer.OrdinalIgnoreCase).ToList();
            yield return new GuardFinding(GuardCheck.SharedPeople, HoldsRemovals: false, string.Format(
                CultureInfo.CurrentCulture,
                group.Key.IsOurs
                    ? "The rule '{0}' manages {1} too; this rule had them first, so its values count: {2}{3}."
                    : "The rule '{0}' manages {1} too and had them first, so its values count, and this rule's are not sent: {2}{3}.",
                group.Key.Other,
                names.Count == 1 ? "1 person" : string.Format(CultureInfo.CurrentCulture, "{0:N0} of these people", names.Count),
                string.Join(", ", names.Take(5)),
                names.Count > 5 ? ", …" : string.Empty));
        }

        if (_others.OtherAccounts.Count > 0)
        {
            yield return new GuardFinding(GuardCheck.OtherAccount, HoldsRemovals: false, string.Format(
                CultureInfo.CurrentCulture,
                "The rule has worked in {0} until now and begins anew in this account; if that is a mistake, connect to the other one.",
                string.Join(", ", _others.OtherAccounts)));
        }

        foreach (var sentence in _others.Dormant)
        {
            yield return new GuardFinding(GuardCheck.DormantRule, HoldsRemovals: false, sentence);
        }
    }
}
