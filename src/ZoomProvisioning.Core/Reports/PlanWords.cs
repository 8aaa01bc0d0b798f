using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Reports;

/// <summary>A plan in a few lines, for whoever is asked about it or has to approve what it holds.</summary>
internal static class PlanWords
{
    private const int Names = 5;

    private static readonly (PlanAction Action, string Words)[] Order =
    [
        (PlanAction.Delete, "delete"), (PlanAction.Disable, "disable"), (PlanAction.Reactivate, "reactivate"), (PlanAction.Create, "create"),
        (PlanAction.Adopt, "take over"), (PlanAction.Update, "change"), (PlanAction.ChangeGroups, "change the groups of"),
    ];

    /// <summary>
    /// What is asked before a plan is carried out: what would really be done, whom it takes access away from, and what the guard
    /// says. What is held is not done, and not counted.
    /// </summary>
    public static string Question(SyncPlan plan)
    {
        var text = new StringBuilder(Outlook(plan));
        foreach (var finding in plan.Guard)
        {
            text.AppendLine().Append(finding.HoldsRemovals ? "Held by the guard: " : "The guard: ").Append(VisibleText.OneLine(finding.Message));
        }

        Line(text, "Held, and not done", plan.Held);
        if (Advice(plan) is { } advice)
        {
            text.AppendLine().Append(advice);
        }

        return text.ToString();
    }

    /// <summary>The same for who is told, by warnings, what the guard says: it is said once.</summary>
    public static string Outlook(SyncPlan plan)
    {
        var text = new StringBuilder();
        var pending = plan.Pending;
        if (plan.Undoes is { } undone)
        {
            text.Append(string.Format(CultureInfo.CurrentCulture, "Undo {0}. ", undone));
        }

        text.Append(pending.Count == 0 ? "Nothing is to be written to Zoom" : Sentence(pending));
        text.Append(string.Format(
            CultureInfo.CurrentCulture,
            plan.Rule.Length == 0 ? " (plan {1})." : " (rule {0}, plan {1}).",
            VisibleText.OneLine(plan.Rule),
            plan.ShortId));
        foreach (var (action, words) in Order.Where(o => o.Action is PlanAction.Delete or PlanAction.Disable))
        {
            Line(text, $"To {words}", pending.Where(c => c.Action == action).ToList());
        }

        if (plan.Undoes is not null)
        {
            Line(text, "To put back", pending.Where(c => !c.IsRemoval).ToList());
        }

        if (SeatNeed.Words(plan) is { } seats && plan.Seats.Any(s => s.Needed > 0))
        {
            text.AppendLine().Append(seats);
        }

        return text.ToString();
    }

    /// <summary>What is asked before a plan is approved: what will be done then, and whom it takes access away from.</summary>
    public static string Approval(SyncPlan plan, ProvisioningApproval approval)
    {
        var entries = plan.Changes.Where(c => approval.Digests.Contains(PlanDigest.OfEntry(c))).ToList();
        var text = new StringBuilder(string.Format(
            CultureInfo.CurrentCulture,
            "Approve {0:N0} of {1} of the plan {2} (rule {3}): {4}.",
            approval.Entries.Count,
            Counted.Of(approval.Of, "entry", "entries"),
            plan.ShortId,
            plan.Rule,
            string.Join(", ", Order.Append((PlanAction.Relink, "know by another anchor"))
                .Select(o => (Count: entries.Count(c => c.Action == o.Item1), o.Item2)).Where(p => p.Count > 0)
                .Select(p => string.Format(CultureInfo.CurrentCulture, "{0} {1:N0}", p.Item2, p.Count)))));
        foreach (var (action, words) in Order.Where(o => o.Action is PlanAction.Delete or PlanAction.Disable))
        {
            Line(text, $"To {words}", entries.Where(c => c.Action == action).ToList());
        }

        foreach (var finding in plan.Guard.Where(f => f.Check != GuardCheck.ApprovalRequired))
        {
            text.AppendLine()
                .Append(!finding.HoldsRemovals ? "The guard: "
                    : finding.MayBeApproved ? "Held by the guard, and let go by the approval: "
                    : "Held by the guard, whoever approves it: ")
                .Append(finding.Message);
        }

        return text.ToString();
    }

    /// <summary>How to let go what is held, as a sentence; null when nothing is, or nobody can.</summary>
    public static string? Advice(SyncPlan plan) =>
        plan is { NeedsSignOff: true, Undoes: not null } ? "Save this plan (-WhatIf | Export-ZoomProvisioningPlan), have it approved with "
            + "Approve-ZoomProvisioningPlan, and undo with -PlanPath."
        : plan.NeedsSignOff ? "Save the plan with Export-ZoomProvisioningPlan, have it approved with Approve-ZoomProvisioningPlan, "
            + "and apply it with Invoke-ZoomProvisioningPlan."
        : !plan.MayBeApproved ? null
        : plan.Held.Count == 0 ? $"To go on all the same, run again within a day with -Approve {plan.ShortId}."
        : string.Format(CultureInfo.CurrentCulture, "Look at the {0}; to let exactly {1} go, run again within a day with -Approve {2}.",
            plan.Held.Count == 1 ? "one that is held" : string.Format(CultureInfo.CurrentCulture, "{0:N0} that are held", plan.Held.Count),
            plan.Held.Count == 1 ? "this" : "these", plan.ShortId);

    /// <summary>The first names of a list, and how many more there are.</summary>
    public static string First(IReadOnlyCollection<PlannedChange> changes) => string.Join(", ", changes.Take(Names).Select(c => c.FriendlyName))
        + (changes.Count > Names ? string.Format(CultureInfo.CurrentCulture, " and {0:N0} more", changes.Count - Names) : string.Empty);

    private static string Sentence(IReadOnlyCollection<PlannedChange> pending)
    {
        var parts = Order.Select(o => (Count: pending.Count(c => c.Action == o.Action), o.Words)).Where(p => p.Count > 0)
            .Select(p => string.Format(CultureInfo.CurrentCulture, "{0} {1:N0}", p.Words, p.Count)).ToList();
        var text = parts.Count == 1 ? parts[0] : $"{string.Join(", ", parts.Take(parts.Count - 1))} and {parts[parts.Count - 1]}";
        return $"{char.ToUpperInvariant(text[0])}{text.Substring(1)} {(pending.Count == 1 ? "person" : "people")}";
    }

    private static void Line(StringBuilder text, string heading, IReadOnlyCollection<PlannedChange> changes)
    {
        if (changes.Count > 0)
        {
            text.AppendLine().Append(heading).Append(": ").Append(VisibleText.OneLine(First(changes))).Append('.');
        }
    }
}
