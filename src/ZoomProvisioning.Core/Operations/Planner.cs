using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Operations;

/// <summary>
/// Compares a whole source with a whole account. Pure: the same input gives the same plan, whatever its order. Nobody who is
/// missing from the source is touched.
/// </summary>
public static class Planner
{
    /// <summary>Makes the plan.</summary>
    /// <param name="desired">What the source wants.</param>
    /// <param name="current">The account's users, as much of each as was read.</param>
    /// <param name="connection">What the connection allows.</param>
    public static SyncPlan Plan(IReadOnlyList<DesiredUser> desired, IReadOnlyList<ScimUser> current, ZoomScimConnection connection)
    {
        var byName = current.Where(u => u.UserName is not null)
            .GroupBy(u => u.UserName!, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(g => g.Key, g => g.First(), StringComparer.OrdinalIgnoreCase);
        var byId = current.Where(u => u.Id is not null).GroupBy(u => u.Id!, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);

        var changes = new List<PlannedChange>();
        foreach (var group in desired.GroupBy(d => d.Values.UserName ?? d.ZoomId ?? d.Label, StringComparer.OrdinalIgnoreCase))
        {
            var records = group.OrderBy(d => d.Values.UserName, StringComparer.Ordinal).ToList();
            if (records.Count > 1)
            {
                changes.Add(new PlannedChange(PlanAction.Blocked, records[0].Values.UserName ?? group.Key, $"{records.Count} records of the source have this user name; none of them was used") { Desired = records[0] });
                continue;
            }

            changes.Add(UserPlanner.Plan(records[0], Match(records[0], byName, byId), connection, sendUntold: false));
        }

        // Two records may mean one user under two names: one by its Zoom id, one by its present user name.
        foreach (var same in changes.Where(c => c.Current?.Id is not null).GroupBy(c => c.Current!.Id, StringComparer.Ordinal).Where(g => g.Count() > 1).ToList())
        {
            changes.RemoveAll(same.Contains);
            var first = same.OrderBy(c => c.Desired?.Values.UserName, StringComparer.Ordinal).First();
            changes.Add(new PlannedChange(PlanAction.Blocked, first.UserName, $"{same.Count()} records of the source are about this user; none of them was used")
            {
                Current = first.Current,
                Desired = first.Desired,
            });
        }

        return new SyncPlan(changes.OrderBy(c => c.UserName, StringComparer.OrdinalIgnoreCase).ThenBy(c => c.UserName, StringComparer.Ordinal).ToList());
    }

    /// <summary>The user a record is about; null when there is none.</summary>
    internal static ScimUser? Match(DesiredUser desired, IReadOnlyDictionary<string, ScimUser> byName, IReadOnlyDictionary<string, ScimUser> byId)
    {
        if (desired.ZoomId is { } id && byId.TryGetValue(id, out var known))
        {
            return known;
        }

        return desired.LookupName is { } name && byName.TryGetValue(name, out var named) ? named : null;
    }
}
