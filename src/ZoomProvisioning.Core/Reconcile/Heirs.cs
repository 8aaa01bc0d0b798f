using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Reconcile;

/// <summary>Looks after the data of those who go: whoever is to get it must not go by the same plan.</summary>
internal static class Heirs
{
    /// <summary>Blocks the deletions whose data would go to somebody who is disabled or deleted as well.</summary>
    public static void Check(List<PlannedChange> changes)
    {
        var leaving = new Dictionary<string, PlanAction>(StringComparer.OrdinalIgnoreCase);
        foreach (var change in changes.Where(c => c.IsRemoval))
        {
            leaving[change.Current?.UserName ?? change.UserName] = change.Action;
        }

        for (var i = 0; i < changes.Count; i++)
        {
            if (changes[i].Action == PlanAction.Delete && HeirOf(changes[i]) is { } heir && leaving.TryGetValue(heir, out var action))
            {
                changes[i] = changes[i] with
                {
                    Action = PlanAction.Blocked,
                    Changes = [],
                    Reason = $"{changes[i].Reason}, but the data would be lost: '{heir}' is to be {(action == PlanAction.Delete ? "deleted" : "disabled")} "
                        + "by this run too (leavers.transferTo)",
                };
            }
        }
    }

    private static string? HeirOf(PlannedChange change) => change.Changes.FirstOrDefault(c => c.Name == ZoomExtension.Transferee)?.NewValue as string;
}
