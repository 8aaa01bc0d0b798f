using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace ZoomProvisioning.Reconcile;

/// <summary>What a sync would do, user by user, in a fixed order.</summary>
public sealed class SyncPlan
{
    /// <summary>Makes a plan.</summary>
    public SyncPlan(IReadOnlyList<PlannedChange> changes) => Changes = changes;

    /// <summary>One entry for each user of the source, ordered by user name.</summary>
    public IReadOnlyList<PlannedChange> Changes { get; }

    /// <summary>The entries that would write to Zoom.</summary>
    public IReadOnlyList<PlannedChange> Pending => Changes.Where(c => c.Action is not (PlanAction.NoOp or PlanAction.Blocked)).ToList();

    /// <summary>How many entries have this action.</summary>
    public int Count(PlanAction action) => Changes.Count(c => c.Action == action);

    /// <summary>For example <c>Plan: 12 to create, 3 to update, 1 to disable, 0 to delete, 2 blocked</c>.</summary>
    public override string ToString()
    {
        var reactivate = Count(PlanAction.Reactivate) is > 0 and var number ? string.Format(CultureInfo.CurrentCulture, "{0:N0} to reactivate, ", number) : string.Empty;
        return string.Format(CultureInfo.CurrentCulture, "Plan: {0:N0} to create, {1:N0} to update, {2}{3:N0} to disable, {4:N0} to delete, {5:N0} blocked, {6:N0} unchanged",
            Count(PlanAction.Create), Count(PlanAction.Update), reactivate, Count(PlanAction.Disable), Count(PlanAction.Delete), Count(PlanAction.Blocked), Count(PlanAction.NoOp));
    }
}
