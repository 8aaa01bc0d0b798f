using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Runs;

/// <summary>The books of a run: opened in step with each other, and closed with what the next run must know of this one.</summary>
internal sealed class RunBooks(ProvisioningRule rule, RuleSyncOptions options)
{
    /// <summary>Brings the ledger in step with the journal, and begins a run in both.</summary>
    public static RunJournal Open(IStateFolder folder, IRuleState state, ProvisioningRule rule)
    {
        var fold = new LedgerFold(folder.Ledger ?? new Ledger(state.Account, state.Rule), rule);
        foreach (var entry in folder.ReadJournal(fold.Ledger.JournalPosition))
        {
            fold.Apply(entry);
        }

        return new RunJournal(folder, fold, Guid.NewGuid().ToString("N"), RunActor.Self) { LeaverPolicy = LeaverPolicy.Of(rule).ToString() };
    }

    /// <summary>Writes down what was approved, before anything of it is sent: an approval holds once.</summary>
    public static void WriteApproval(RunJournal journal, SyncPlan plan)
    {
        if (plan.ApprovedPlan is { } approved)
        {
            journal.Write(journal.Entry(JournalKind.Approved) with
            {
                PlanId = approved,
                Members = plan.ApprovedPeople,
                Message = plan.Approvals.Count == 0 ? null : string.Join("; ", plan.Approvals),
            });
        }
    }

    /// <summary>
    /// Closes the books of a run. Where the disk does not let that happen the run is told all the same: the next one folds the
    /// journal anew, and settles what is open.
    /// </summary>
    /// <param name="folder">Where they are kept.</param>
    /// <param name="journal">What the run did.</param>
    /// <param name="run">What became of it.</param>
    /// <param name="source">The source; null when the plan was made before.</param>
    /// <param name="readInFull">Who was read in full for the plan, or known so; null when the plan was made before.</param>
    /// <param name="wentWell">What the run counts as for the next ones (<see cref="RunVerdict"/>).</param>
    /// <returns>Why the ledger could not be saved; null when it could, or nothing was to be saved.</returns>
    public ScimStateException? Close(
        IStateFolder folder, RunJournal journal, ProvisioningRun run, SourceSnapshot? source, IReadOnlyList<ScimUser>? readInFull,
        bool? wentWell)
    {
        // The next run compares the size of its source with this one's, so a run that was stopped does not count, nor does a
        // source that the guard did not believe: or the same broken export would pass for the usual one an hour later.
        var counts = run.StoppedBecause is null && source is not null && options.Only is null && !run.Plan.Guard.Any(f => f.DoubtsSource);
        CountMissed(journal, run.Plan, source);
        journal.Note(journal.Entry(JournalKind.RunEnded) with
        {
            SourceCount = counts ? run.Plan.SourceCount : null,
            Properties = counts && source is { People.Count: > 0 } ? SourceContract.Remember(source) : null,
            Summary = run.ToString(),
            Message = run.StoppedBecause,
            Counts = OutcomeCounts.Of(run.Results.Select(r => r.Outcome)),
            Ended = run.Outcome.ToString(),
            WentWell = wentWell,
            StillUndone = journal.StillUndone > 0 ? journal.StillUndone : null,
        });
        if (journal.Failure is not null)
        {
            return null;
        }

        var ledger = journal.Ledger;
        Anchor(ledger, run.Plan);
        ledger.IsOpenToOthersTold = folder.OpenToOthers is not null;
        if (run.StoppedBecause is null)
        {
            journal.ForgetUndone();
        }

        if (readInFull is { } read && options.Only is null)
        {
            var waiting = new HashSet<string>(
                run.Plan.Changes.Where(c => c.Held is not null || c.Action == PlanAction.Blocked).Select(c => c.ZoomId).OfType<string>(),
                StringComparer.Ordinal);
            ledger.Bystanders = read.Where(u => ledger.Find(u.Id!) is not { } entry || (waiting.Contains(entry.ZoomId) && entry.Seen != u)).ToList();
        }

        return SaveLedger(folder, journal);
    }

    /// <summary>Saves the ledger, as far as the journal has been taken into it. Where the disk does not let that happen, why.</summary>
    public static ScimStateException? SaveLedger(IStateFolder folder, RunJournal journal)
    {
        journal.Ledger.JournalPosition = journal.With(fold => fold.SafePosition);
        try
        {
            folder.SaveLedger(journal.Ledger);
            return null;
        }
        catch (ScimStateException exception)
        {
            return exception;
        }
    }

    /// <summary>Who is missing is counted by a run that believes its source, and who is back is so whatever else it says.</summary>
    private static void CountMissed(RunJournal journal, SyncPlan plan, SourceSnapshot? source)
    {
        var missed = source is null || plan.Guard.Any(f => f.DoubtsMissing) ? [] : plan.Missed.Where(id => journal.Ledger.Find(id) is not null).ToList();
        foreach (var (kind, people) in new[] { (JournalKind.Missed, missed), (JournalKind.Present, plan.Present) })
        {
            if (people.Count > 0)
            {
                journal.Note(journal.Entry(kind) with { Members = people });
            }
        }
    }

    /// <summary>
    /// Who is whom was settled by the plan, whatever became of the writes. Under a new anchor property everybody gets the new
    /// anchor at once, because from then on another anchor is another person. As long as somebody is blocked under a new
    /// anchor, and may be in dispute, the property is not taken for known.
    /// </summary>
    private void Anchor(Ledger ledger, SyncPlan plan)
    {
        var isSettled = true;
        foreach (var change in plan.Changes)
        {
            if (change is not { Anchor: { } anchor, ZoomId: { } id, Leaves: false, Action: not PlanAction.Relink }
                || ledger.Find(id) is not { } entry || entry.Anchor == anchor)
            {
                continue;
            }

            if (change.Action == PlanAction.Blocked)
            {
                isSettled = false;
            }
            else
            {
                entry.Anchor = anchor;
            }
        }

        if (isSettled && options.Only is null)
        {
            ledger.AnchorProperty = rule.Anchor;
        }
    }
}
