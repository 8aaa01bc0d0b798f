using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Reconcile;

/// <summary>
/// Looks at a plan before the first write: takes it too many people's access away, or is what it rests on not to be trusted?
/// What it holds back is held back; everything else goes on.
/// </summary>
internal static class PlanGuard
{
    /// <summary>Checks the changes, and holds removals back where it must.</summary>
    public static (IReadOnlyList<PlannedChange> Changes, IReadOnlyList<GuardFinding> Findings) Check(PlanInput input, IReadOnlyList<PlannedChange> changes, int disputed, IReadOnlyList<SourceProblem> uncertain)
    {
        var disables = changes.Count(c => c.Action == PlanAction.Disable);
        var deletes = changes.Count(c => c.Action == PlanAction.Delete);
        var findings = new List<GuardFinding>();
        if (disputed > 0)
        {
            findings.Add(new GuardFinding(GuardCheck.DuplicatesInSource, HoldsRemovals: false, Text("{0:N0} people are named more than once or cannot be told apart; nothing is done about them.", disputed)));
        }

        if (disables + deletes == 0)
        {
            if (input.Source.InScopeCount == 0 && !input.RemovesRule)
            {
                findings.Add(new GuardFinding(GuardCheck.EmptySource, HoldsRemovals: false, "The source has nobody in scope, so there is nothing to do."));
            }

            return (changes, findings);
        }

        var managed = input.Ledger.ManagedCount + changes.Count(c => c.Adopts);
        Limit(GuardCheck.TooManyDisables, disables, input.Rule.Guard.DisableAllowance(managed), "disabled", input.Rule.Guard.MaxDisable, input.Rule.Guard.MaxDisablePercent);
        Limit(GuardCheck.TooManyDeletes, deletes, input.Rule.Guard.DeleteAllowance(managed), "deleted", input.Rule.Guard.MaxDelete, input.Rule.Guard.MaxDeletePercent);
        if (!input.RemovesRule)
        {
            CheckSource();
        }

        if (uncertain.Count > 0)
        {
            // Any of the leavers may be one of them, so all are held.
            var labels = string.Join(", ", uncertain.Select(p => p.Label).OrderBy(l => l, StringComparer.Ordinal).Take(3));
            Hold(GuardCheck.UnreadableSource, Text("{0:N0} records of the source cannot be used and do not say for certain who they are about ({1}{2}), so nobody knows who is really missing.", uncertain.Count, labels, uncertain.Count > 3 ? ", …" : string.Empty));
        }

        if (input.OtherRules.Unreadable.Count > 0)
        {
            Hold(GuardCheck.OtherRuleUnreadable, Text("Whom other rules of the account manage cannot be read: {0}. Somebody who would be removed may be one of theirs.", string.Join("; ", input.OtherRules.Unreadable)));
        }

        if (!input.Account.IsComplete)
        {
            Hold(GuardCheck.IncompleteListing, "Zoom did not list all of its users in three passes, so what is known of them is not complete.");
        }

        return (changes.Select(Held).ToList(), findings);

        PlannedChange Held(PlannedChange change)
        {
            var finding = change.IsRemoval ? findings.FirstOrDefault(f => f.HoldsRemovals && Concerns(f, change)) : null;
            return finding is null ? change : change.HeldBack(finding.Message);
        }

        void CheckSource()
        {
            var count = input.Source.InScopeCount;
            if (count == 0)
            {
                findings.Add(new GuardFinding(GuardCheck.EmptySource, HoldsRemovals: true, "The source has nobody in scope. An export that failed looks just like this, so no approval lets anybody be removed. To remove everybody, remove the rule (deprovisionOnRuleRemoval)."));
            }
            else if (input.Ledger.LastSourceCount is { } last && count < last * (1 - (input.Rule.Guard.MaxSourceShrinkPercent / 100)))
            {
                Hold(GuardCheck.ShrunkenSource, Text("The source has {0:N0} people in scope; it had {1:N0} in the run before, and may shrink by {2:0.##} % (guard.maxSourceShrinkPercent).", count, last, input.Rule.Guard.MaxSourceShrinkPercent));
            }
        }

        void Limit(GuardCheck check, int number, int allowed, string what, int count, double percent)
        {
            if (number > allowed)
            {
                Hold(check, Text("{0:N0} of {1:N0} people would be {2}; the rule allows {3:N0} in one run ({4:N0}, and {5:0.##} %).", number, managed, what, allowed, count, percent));
            }
        }

        void Hold(GuardCheck check, string found)
        {
            var finding = GuardFinding.Holding(check, found, disables + deletes, input.Approved);
            findings.Add(input.Approved is { } ceiling && ceiling >= disables + deletes ? finding.Approved(disables + deletes, ceiling) : finding);
        }
    }

    private static bool Concerns(GuardFinding finding, PlannedChange change) => finding.Check switch
    {
        GuardCheck.TooManyDisables => change.Action == PlanAction.Disable,
        GuardCheck.TooManyDeletes => change.Action == PlanAction.Delete,
        _ => true,
    };

    private static string Text(string format, params object[] values) => string.Format(CultureInfo.CurrentCulture, format, values);
}
