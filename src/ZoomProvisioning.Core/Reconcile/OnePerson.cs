using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Reconcile;

/// <summary>
/// Whoever gets a new number and a new address on the same day stands in a plan twice: as somebody who leaves and as somebody who
/// joins. Where both have the same name, or the same given name with department and title, and nobody else has, both wait.
/// </summary>
internal static class OnePerson
{
    /// <summary>Holds the pairs of a plan that are perhaps one person each.</summary>
    public static void Hold(List<PlannedChange> changes, Ledger ledger)
    {
        var leavers = changes.Where(c => c is { Leaves: true, IsRemoval: true, Held: null, Current: not null }).ToList();
        var joiners = changes.Where(c => c is { Action: PlanAction.Create, Held: null, Desired: not null }).ToList();
        if (leavers.Count == 0 || joiners.Count == 0)
        {
            return;
        }

        var stayers = changes.Where(c => c is { Leaves: false, Desired: not null } && c.Action != PlanAction.Create).ToList();
        foreach (var key in new Func<string?, string?, string?, string?, string?>[]
        {
            (given, family, _, _) => Key(given, family),
            (given, _, department, title) => Key(given, department, title),
        })
        {
            string? Wanted(PlannedChange c) =>
                c.Desired!.Values is var v ? key(v.GivenName, v.FamilyName, v.Department, v.Title) : null;
            string? Had(PlannedChange c) => key(
                c.Current!.GivenName,
                c.Current.FamilyName,
                c.Current.Department,
                c.Current.Title ?? (ledger.Find(c.ZoomId!) is { HasUntold: true } entry ? entry.Untold.Text(ZoomAttributes.Title.Name) : null));
            var left = leavers.Where(c => Had(c) is not null).ToLookup(c => Had(c)!, StringComparer.OrdinalIgnoreCase);
            var joined = joiners.Where(c => Wanted(c) is { } k && left.Contains(k)).ToLookup(c => Wanted(c)!, StringComparer.OrdinalIgnoreCase);
            var pairs = joined.Where(g => g.Count() == 1 && left[g.Key].Count() == 1).ToList();
            // Those who stay may be a hundred thousand, and are asked only where there is a pair.
            var taken = new HashSet<string>(pairs.Count == 0 ? [] : stayers.Select(Wanted).OfType<string>(), StringComparer.OrdinalIgnoreCase);
            foreach (var pair in pairs.Where(g => !taken.Contains(g.Key)))
            {
                var (leaver, joiner) = (left[pair.Key].Single(), pair.Single());
                var why = $"'{leaver.UserName}' leaves and '{joiner.UserName}' joins under the same name, so perhaps they are one person with a new key "
                    + "and a new address. If so, give the Zoom user the new address; if not, approve both.";
                Replace(leaver, why);
                Replace(joiner, why);
            }
        }

        void Replace(PlannedChange change, string why)
        {
            var at = changes.IndexOf(change);
            if (at >= 0)
            {
                changes[at] = change.HeldBack(why);
            }
        }
    }

    /// <summary>What somebody may be known by; null where a part of it is missing.</summary>
    private static string? Key(params string?[] parts) =>
        Array.Exists(parts, string.IsNullOrWhiteSpace) ? null : string.Join("\n", parts.Select(p => p!.Trim()));
}
