using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Reconcile;

/// <summary>
/// Addresses that pass from one person to another. Zoom gives nobody an address that another user has, so whoever gives one up
/// is renamed before whoever takes it; where that cannot be, the plan says so.
/// </summary>
internal static class AddressOrder
{
    /// <summary>The address a change gives a user; null when it renames nobody.</summary>
    public static string? NewAddress(PlannedChange change) => NewAddress(change.Changes, change.Current);

    /// <summary>The address that changes give a user; null when they rename nobody.</summary>
    public static string? NewAddress(IEnumerable<AttributeChange> changes, ScimUser? current) =>
        changes.FirstOrDefault(c => c.Attribute == ZoomAttributes.Email)?.NewValue is string { Length: > 0 } address
        && !string.Equals(address, current?.UserName, StringComparison.OrdinalIgnoreCase)
            ? address
            : null;

    /// <summary>Blocks the renames to an address that is not free by then. Nobody who is to be deactivated is kept signed in by it.</summary>
    public static IReadOnlyList<PlannedChange> Check(IReadOnlyList<PlannedChange> changes, AccountSnapshot account)
    {
        var takers = changes.Where(c => NewAddress(c) is { } address && account.FindByName(address) is { Id: { } holder } && holder != c.ZoomId).ToList();
        if (takers.Count == 0)
        {
            return changes;
        }

        var renames = changes.Where(c => c.ZoomId is not null && NewAddress(c) is not null).ToDictionary(c => c.ZoomId!, StringComparer.Ordinal);
        var decided = renames.Values.Except(takers).ToDictionary(c => c, c => c);
        foreach (var taker in takers)
        {
            // Each waits for one other at most, so this is a walk along a line that may end in a circle.
            var line = new List<PlannedChange>();
            var at = taker;
            while (at is not null && !decided.ContainsKey(at) && !line.Contains(at))
            {
                line.Add(at);
                at = Giver(at);
            }

            if (at is not null && line.IndexOf(at) is >= 0 and var begin)
            {
                var circle = line.GetRange(begin, line.Count - begin);
                var names = string.Join(", ", circle.Select(c => c.UserName).OrderBy(n => n, StringComparer.OrdinalIgnoreCase));
                foreach (var change in circle)
                {
                    decided[change] = WithoutRename(
                        change,
                        $"the addresses of {names} go round in a circle, and Zoom gives nobody an address that another user has; "
                            + "give one of them an address of its own in the source for one run");
                }

                line.RemoveRange(begin, circle.Count);
            }

            for (var i = line.Count - 1; i >= 0; i--)
            {
                decided[line[i]] = Decide(line[i], Giver(line[i]) is { } giver ? decided[giver] : null);
            }
        }

        return changes.Select(c => decided.TryGetValue(c, out var now) ? now : c).ToList();

        ScimUser Holder(PlannedChange change) => account.FindByName(NewAddress(change)!)!;

        PlannedChange? Giver(PlannedChange change) => renames.TryGetValue(Holder(change).Id!, out var giver) ? giver : null;

        PlannedChange Decide(PlannedChange change, PlannedChange? giver) =>
            giver is null || NewAddress(giver) is null
            ? WithoutRename(
                change,
                $"the address wanted, '{NewAddress(change)}', belongs to another Zoom user (id {Holder(change).Id}), so '{change.Current}' cannot "
                    + "be renamed to it")
            : Phase(giver) > Phase(change)
            ? WithoutRename(
                change,
                $"the address wanted, '{NewAddress(change)}', is still that of '{giver.UserName}', who gives it up later in this run; "
                    + "it is free in the next run")
            : change;
    }

    /// <summary>Puts people into waves: nobody is in the same one as, or in an earlier one than, whoever gives up the address wanted.</summary>
    public static IReadOnlyList<IReadOnlyList<T>> Waves<T>(IReadOnlyList<T> people, Func<T, T?> waitsFor)
        where T : class
    {
        if (people.All(p => waitsFor(p) is null))
        {
            return [people];
        }

        var among = new HashSet<T>(people);
        var depths = new Dictionary<T, int>();
        foreach (var person in people)
        {
            var line = new List<T>();
            for (var at = person; at is not null && among.Contains(at) && !depths.ContainsKey(at); at = waitsFor(at))
            {
                // A line has no circles: the plan was checked.
                line.Add(at);
            }

            for (var i = line.Count - 1; i >= 0; i--)
            {
                depths[line[i]] = waitsFor(line[i]) is { } giver && depths.TryGetValue(giver, out var depth) ? depth + 1 : 0;
            }
        }

        return people.GroupBy(p => depths[p]).OrderBy(g => g.Key).Select(g => (IReadOnlyList<T>)g.ToList()).ToList();
    }

    // The order of the phases of a run.
    private static int Phase(PlannedChange change) => change.Action switch
    {
        PlanAction.Reactivate => 0,
        PlanAction.Disable => 2,
        _ => 1,
    };

    /// <summary>The change without another address: a removal goes on, anything else is blocked.</summary>
    public static PlannedChange WithoutRename(PlannedChange change, string reason) => change.Action == PlanAction.Disable
        ? change.With(change.Changes.Where(c => c.Attribute != ZoomAttributes.Email).ToList(), $"The address stays as it is: {reason}.")
        : new PlannedChange(PlanAction.Blocked, change.UserName, reason)
        {
            Anchor = change.Anchor,
            Current = change.Current,
            Desired = change.Desired,
            Remarks = change.Remarks,
        };
}
