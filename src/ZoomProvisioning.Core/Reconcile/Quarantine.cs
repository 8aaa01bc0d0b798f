using System.Globalization;
using System.Linq;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Reconcile;

/// <summary>
/// A rule whose runs went wrong one after the other only plans until somebody has looked: what nobody reads does not get better by
/// being done again.
/// </summary>
internal static class Quarantine
{
    /// <summary>Why the rule only plans, and what to do; null when it does not. What somebody does by hand for a few people is not meant.</summary>
    public static string? Message(PlanInput input)
    {
        // Of a rule that wants its plans approved somebody looks at each of them anyway.
        var (most, ledger) = (input.Rule.Guard.QuarantineAfterRuns, input.Ledger);
        return most == 0 || ledger.TroubledRuns < most || input.Resumes || input.RemovesRule || input.Only is not null || input.Rule.Approval is not null
            ? null
            // The number of a further run would make it another plan.
            : string.Format(
                CultureInfo.CurrentCulture,
                "The rule '{0}' is in quarantine: {1} it was held back or failed (guard.quarantineAfterRuns), so it only plans until somebody has "
                    + "looked. See why with Get-ZoomProvisioningRun; then run it once with -Resume, which goes on within the limits of the rule.",
                input.Rule.Name,
                most == 1 ? "in its last run" : string.Format(CultureInfo.CurrentCulture, "in its last {0:N0} runs", most));
    }

    /// <summary>The same as an error, for who does not read warnings.</summary>
    public static ScimStateException Error(SyncPlan plan) => new("Zoom.Rule.Quarantined", plan.Guard.First(f => f.Check == GuardCheck.Quarantined).Message)
    {
        Category = "InvalidOperation",
        RecommendedAction = "Look at the plan and at what went wrong before (Get-ZoomProvisioningRun); put it right, and run the rule once with -Resume.",
    };

    /// <summary>A plan that was made in quarantine, once somebody says that the rule goes on; what is held for another reason stays so.</summary>
    public static SyncPlan Lift(SyncPlan plan)
    {
        var lifted = plan.Guard.Where(f => f.Check == GuardCheck.Quarantined).ToList();
        return lifted.Count == 0 ? plan : plan.With(
            plan.Changes.Select(c => c.Held is { } held && lifted.Exists(f => f.Message == held) ? c.HeldBack(null) : c).ToList(),
            plan.Guard.Where(f => f.Check != GuardCheck.Quarantined).ToList());
    }
}
