using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Reconcile;

/// <summary>
/// Whether a saved plan may still be carried out: once, not later than the rule says, and for each person only while the ledger
/// says of that person what it said when the plan was made.
/// </summary>
internal static class PlanValidity
{
    /// <summary>Notes in a plan what the ledger says of its people.</summary>
    public static SyncPlan Remember(SyncPlan plan, Ledger ledger) =>
        plan with
        {
            RunBefore = ledger.LastStartedAt,
            Changes = plan.Changes.Select(c => Acts(c) && Say(ledger, c.ZoomId) is { } said ? c with { LedgerState = said } : c).ToList(),
        };

    /// <summary>Refuses a plan that was applied already or is too old.</summary>
    /// <exception cref="ScimStateException">It is one of these.</exception>
    public static void Require(SyncPlan plan, Ledger ledger, TimeSpan maxAge, DateTimeOffset now)
    {
        if (ledger.AppliedPlans.TryGetValue(plan.Id, out var applied))
        {
            throw Refused("Zoom.Plan.AppliedBefore", string.Format(
                CultureInfo.CurrentCulture,
                "The plan {0} was applied already, at {1:u}; a plan applies once.",
                plan.ShortId,
                applied.UtcDateTime));
        }

        if (AgeProblem(plan.CreatedAt, maxAge, now) is { } problem)
        {
            throw Refused("Zoom.Plan.TooOld", $"The plan {plan.ShortId} of the rule '{plan.Rule}' {problem}.");
        }
    }

    /// <summary>
    /// What speaks against how old a plan is, as its sentence goes on; null when nothing does. Of one that was made at a time yet to come
    /// nobody knows how old it is.
    /// </summary>
    public static string? AgeProblem(DateTimeOffset made, TimeSpan maxAge, DateTimeOffset now) =>
        YetToCome.Is(made, now) ? string.Format(
            CultureInfo.CurrentCulture,
            "was made at {0:u}, which is yet to come by the clock of this machine ({1:u}), so nobody knows how old it is",
            made.UtcDateTime,
            now.UtcDateTime)
        : now - made > maxAge ? string.Format(
            CultureInfo.CurrentCulture,
            "was made at {0:u}, and plans of the last {1:0.##} hours only are taken (planMaxAgeHours)",
            made.UtcDateTime,
            maxAge.TotalHours)
        : null;

    /// <summary>Marks the entries that no longer hold.</summary>
    public static SyncPlan Confirm(SyncPlan plan, Ledger ledger)
    {
        // By the order of the runs, and not by a clock only, which may have been set back between them.
        var laterRun = ledger.LastStartedAt is { } started && (started > plan.CreatedAt || (plan.RunBefore is { } before && started != before))
            ? started
            : (DateTimeOffset?)null;
        var undone = new HashSet<(string, PlanAction?)>(ledger.Undone.Select(u => (u.Who, u.Action)));
        var anchors = new HashSet<string>(ledger.Entries.Where(e => !e.IsRemoved).Select(e => e.Anchor).OfType<string>(), StringComparer.Ordinal);
        return plan with { Changes = plan.Changes.Select(c => Acts(c) && Why(c) is { } reason ? c with { Stale = reason } : c).ToList() };

        string? Why(PlannedChange change)
        {
            var says = Say(ledger, change.ZoomId);
            if (change.LedgerState is { } said && said != says)
            {
                return says is null
                    ? "changed since the plan was made: the rule does not know the person any more"
                    : $"changed since the plan was made: the ledger said '{said}' and says '{says}'";
            }

            if ((change.Action == PlanAction.Create && change.Anchor is { } anchor && anchors.Contains(anchor)) || (change.Adopts && says is not null))
            {
                return "changed since the plan was made: the person is under the rule by now";
            }

            return laterRun is { } at && !undone.Contains((UndoneChange.KeyOf(change.ZoomId, change.Anchor, change.UserName), change.Action))
                ? string.Format(
                    CultureInfo.CurrentCulture,
                    "changed since the plan was made: the run of {0:u} has seen the person, and this is not what it left to be done",
                    at.UtcDateTime)
                : null;
        }
    }

    // Who is linked anew is noted in the ledger, which must be the one the plan knew.
    private static bool Acts(PlannedChange change) => change.IsAboutZoom || change.Action == PlanAction.Relink;

    /// <summary>What the ledger says of a person, as far as a plan rests on it.</summary>
    private static string? Say(Ledger ledger, string? zoomId) => zoomId is { } id && ledger.Find(id) is { } entry
        ? $"{(entry.IsRemoved ? "removed" : "managed")} {entry.UserName}{(entry.Anchor is { } anchor ? $" ({anchor})" : string.Empty)}"
        : null;

    private static ScimStateException Refused(string id, string message) => new(id, message + " Nothing was sent.")
    {
        Category = "InvalidOperation",
        RecommendedAction = "Make the plan again (New-ZoomProvisioningPlan), look at it, and apply that one.",
    };
}
