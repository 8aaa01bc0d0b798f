using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Runs;

/// <summary>Makes the approval of a plan that was saved, or of some of its entries.</summary>
internal static class ApprovalDesk
{
    /// <summary>Approves.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="only">The people it is about, each with its pattern; null for everybody.</param>
    /// <param name="except">Whom it is not about.</param>
    /// <param name="comment">What the approver has to say.</param>
    /// <param name="clock">The time.</param>
    /// <exception cref="ScimStateException">The plan is too old, or somebody named is not in it, or nothing is left to approve.</exception>
    public static ProvisioningApproval Approve(
        SyncPlan plan, IReadOnlyList<NamePattern>? only, IReadOnlyList<NamePattern>? except, string? comment, IClock clock)
    {
        if (plan.ExpiresAt is { } end && PlanValidity.AgeProblem(plan.CreatedAt, end - plan.CreatedAt, clock.UtcNow) is { } age)
        {
            throw Refused("Zoom.Plan.TooOld", $"The plan {plan.ShortId} {age}.", "Ask for a new plan.");
        }

        var acting = plan.Changes.Where(PlanGuard.Acts).ToList();
        foreach (var pattern in (only ?? []).Concat(except ?? []))
        {
            if (!acting.Exists(pattern.Names))
            {
                // Whoever is misspelt in -Except would else be approved.
                throw Refused(
                    "Zoom.Approval.Nobody",
                    $"The plan {plan.ShortId} has nothing to do for anybody called '{pattern.Text}'.",
                    "Give user names, anchors or Zoom ids as they are in the plan, with * and ? where several are meant.");
            }
        }

        var approved = acting.Where(c => (only is null || only.Any(p => p.Names(c))) && except?.Any(p => p.Names(c)) != true).ToList();
        if (approved.Count == 0)
        {
            throw Refused("Zoom.Approval.Nobody", $"Nothing of the plan {plan.ShortId} is left to approve.", "Look at the plan, and at -Only and -Except.");
        }

        return new ProvisioningApproval
        {
            PlanId = plan.Id,
            Rule = plan.Rule,
            Account = plan.Account,
            PlanMade = plan.CreatedAt,
            Who = RunActor.Self,
            At = clock.UtcNow,
            Comment = string.IsNullOrWhiteSpace(comment) ? null : comment!.Trim(),
            Entries = approved.Select(c => new ApprovedEntry(PlanDigest.OfEntry(c), c.Action.ToString(), c.UserName)).ToList(),
            Of = acting.Count,
            Checks = plan.Guard.Where(f => f.HoldsRemovals).Select(f => f.Check.ToString()).Distinct().ToList(),
        };
    }

    /// <summary>The entries of a plan that an approval is about.</summary>
    public static IReadOnlyList<PlannedChange> Of(SyncPlan plan, ProvisioningApproval approval) =>
        plan.Changes.Where(c => PlanGuard.Acts(c) && approval.Digests.Contains(PlanDigest.OfEntry(c))).ToList();

    private static ScimStateException Refused(string id, string message, string advice) => new(id, message + " Nothing was approved.")
    {
        Category = "InvalidArgument",
        RecommendedAction = advice,
    };
}
