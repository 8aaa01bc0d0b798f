using System.Linq;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Reconcile;

/// <summary>Lets go what the guard held back in a plan, where an admin has approved at least as many removals as there are.</summary>
internal static class PlanApproval
{
    /// <summary>The plan with its removals let go; the plan itself when the approval is not enough or of no use, or nothing is held.</summary>
    public static SyncPlan Apply(SyncPlan plan, int? approved)
    {
        var removals = plan.Changes.Count(c => c.IsRemoval);
        if (approved is not { } ceiling || ceiling < removals || plan.Held.Count == 0 || plan.Guard.Any(f => f.HoldsRemovals && !f.MayBeApproved))
        {
            return plan;
        }

        return plan with
        {
            Changes = plan.Changes.Select(c => c.Held is null ? c : c.HeldBack(null)).ToList(),
            Guard = plan.Guard.Select(f => f.HoldsRemovals ? f.Approved(removals, ceiling) : f).ToList(),
        };
    }
}
