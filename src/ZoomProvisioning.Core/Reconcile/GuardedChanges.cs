using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Reconcile;

/// <summary>Of which kinds the guard counts a change. A change may be of several; a removal is a removal and nothing else.</summary>
internal static class GuardedChanges
{
    /// <summary>The kinds of an entry of a plan, held or not; none for one that writes nothing.</summary>
    public static IReadOnlyList<GuardKind> KindsOf(PlannedChange change)
    {
        switch (change.Action)
        {
            case PlanAction.Create:
                return [GuardKind.Create];
            case PlanAction.Disable:
                return [GuardKind.Disable];
            case PlanAction.Delete:
                return [GuardKind.Delete];
            case PlanAction.Reactivate or PlanAction.Adopt or PlanAction.Update or PlanAction.ChangeGroups:
                var kinds = KindsOf(change.Changes, change.Current).ToList();
                if (change.Action == PlanAction.Reactivate)
                {
                    kinds.Add(GuardKind.Reactivate);
                }
                else if (change.Changes.Count > 0 || change.GroupChanges.Count > 0)
                {
                    kinds.Add(GuardKind.Update);
                }

                if (change.GroupChanges.Any(g => !g.Adds))
                {
                    kinds.Add(GuardKind.GroupLeave);
                }

                return kinds;
            default:
                return [];
        }
    }

    /// <summary>The kinds of what is sent of somebody's attributes.</summary>
    public static IEnumerable<GuardKind> KindsOf(IReadOnlyCollection<AttributeChange> changes, ScimUser? current)
    {
        if (changes.Any(c => c.TakesAddOn) || (changes.Any(c => c.TakesSeat) && !changes.Any(c => c.GivesSeat)))
        {
            yield return GuardKind.LicenseLoss;
        }

        // Whoever has neither the address nor any of the names of before is as good as renamed.
        if (AddressOrder.NewAddress(changes, current) is not null || AskFirst.TakesName(changes))
        {
            yield return GuardKind.Rename;
        }

        if (changes.Any(c => c.Clears))
        {
            yield return GuardKind.Clear;
        }
    }
}
