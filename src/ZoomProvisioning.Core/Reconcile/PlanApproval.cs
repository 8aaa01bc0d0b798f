using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Reconcile;

/// <summary>
/// Lets go what was held back in a plan that somebody has looked at, as far as it is planned alike and held for no other reason.
/// Whoever is in the list now and was not then stays held.
/// </summary>
internal static class PlanApproval
{
    /// <summary>The plan with what the approval covers let go; the plan itself when it covers nothing of it.</summary>
    public static SyncPlan Apply(SyncPlan plan, IApproval approval)
    {
        var holding = plan.Guard.Where(f => f.HoldsRemovals).ToList();
        var standing = holding.FindAll(f => !f.MayBeApproved || !approval.Covers(f.Check));
        var released = new HashSet<PlannedChange>(
            plan.Changes.Where(c => c.Held is not null && approval.Covers(c) && !standing.Exists(f => PlanGuard.Concerns(f, c))));
        var left = plan.Changes.Where(c => c.Held is not null && !released.Contains(c)).ToList();
        var settled = holding.FindAll(f => !standing.Contains(f) && !left.Exists(c => PlanGuard.Concerns(f, c)));
        if (released.Count == 0 && settled.Count == 0)
        {
            return plan;
        }

        var shown = IdText.Short(approval.PlanId);
        var findings = plan.Guard.Select(f => settled.Contains(f) ? f.Approved(released.Count(c => PlanGuard.Concerns(f, c)), approval.By) : f).ToList();
        if (left.Count > 0)
        {
            var names = string.Join(", ", left.Take(5).Select(c => c.UserName));
            findings.Add(new GuardFinding(GuardCheck.ApprovalIncomplete, HoldsRemovals: false, string.Format(CultureInfo.CurrentCulture,
                "The approval of the plan {0} lets {1:N0} go. {2:N0} more {3} held, {4}: {5}{6}.", shown,
                released.Count, left.Count, left.Count == 1 ? "stays" : "stay", approval.Left, names, left.Count > 5 ? ", …" : string.Empty)));
        }

        return plan.With(
            plan.Changes.Select(c => released.Contains(c) ? c.HeldBack(null) : c).ToList(),
            findings) with
        {
            ApprovedPlan = approval.PlanId,
            ApprovedPeople = plan.Changes.Where(released.Contains).Select(c => c.Key).ToList(),
        };
    }
}
