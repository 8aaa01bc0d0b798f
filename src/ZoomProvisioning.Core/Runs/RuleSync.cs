using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Input;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Runs;

/// <summary>
/// Runs a rule over an account: settles what a killed run left open, reads, correlates, plans, guards, applies, and keeps
/// ledger and journal.
/// </summary>
internal sealed class RuleSync
{
    private readonly ZoomScimConnection _connection;
    private readonly ProvisioningRule _rule;
    private readonly IRuleState _state;
    private readonly RuleSyncOptions _options;
    private readonly PlanMaker _planner;
    private readonly Approvals _approvals;

    // When the journal's last entry was written, before this run wrote any; null when there is none.
    private DateTimeOffset? _lastEntryAt;

    public RuleSync(ZoomScimConnection connection, ProvisioningRule rule, IRuleState state, RuleSyncOptions options)
    {
        _connection = connection;
        _rule = rule;
        _state = state;
        _options = options;
        _planner = new PlanMaker(connection, rule, state, options);
        _approvals = new Approvals(rule, state, options.Approve, options.Clock);
    }

    /// <summary>Makes a plan and writes nothing to Zoom, and to the disk only what an approval of it would have to know.</summary>
    public async Task<SyncPlan> PlanAsync(SourceSnapshot source, ScimCall call)
    {
        var approval = _approvals.Find(_state.ReadJournal);
        var ledger = _state.Peek(_rule);
        _lastEntryAt = ledger.LastEntryAt;
        Recall(ledger);
        var plan = await _planner.MakeAsync(source, ledger, _lastEntryAt, Recent(_state.ReadJournal), call).ConfigureAwait(false);
        KeepReads(ledger);
        return Approved(plan, approval);
    }

    /// <summary>Plans and applies in one.</summary>
    /// <returns>The run; one that was only planned when <see cref="RuleSyncOptions.Confirm"/> said no.</returns>
    public Task<ProvisioningRun> RunAsync(SourceSnapshot source, ScimCall call) =>
        WithStateAsync(async (folder, journal) =>
        {
            var approval = _approvals.Find(() => folder.ReadJournal(0));
            await new Settlement(_connection, journal).SettleAsync(call).ConfigureAwait(false);
            var recent = Recent(() => folder.ReadJournal(0));
            Recall(journal.Ledger);
            var plan = await _planner.MakeAsync(source, journal.Ledger, _lastEntryAt, recent, call).ConfigureAwait(false);
            return Approved(plan, approval);
        }, source, confirmEach: false, call);

    /// <summary>Applies a plan that was made before. Each user must still be as the plan knows it.</summary>
    /// <exception cref="ScimStateException">The plan is for another account or another rule.</exception>
    public Task<ProvisioningRun> ApplyAsync(SyncPlan plan, ScimCall call)
    {
        RefuseForeign(plan);
        return WithStateAsync(async (folder, journal) =>
        {
            _approvals.RequireUsable(plan, () => folder.ReadJournal(0));
            var approval = _approvals.FindFor(plan, () => folder.ReadJournal(0));
            var signed = SignedOff(plan);
            await new Settlement(_connection, journal).SettleAsync(call).ConfigureAwait(false);
            PlanValidity.Require(plan, journal.Ledger, _rule.PlanMaxAge, _options.Clock.UtcNow);
            var checkedAgain = CheckAgain(plan, journal.Ledger, () => folder.ReadJournal(0));
            var approved = Approved(Released(checkedAgain, signed), approval, identify: false);
            // A plan applies once, so one that would do nothing is left for when it may.
            return approved.IsQuarantined ? throw Quarantine.Error(approved) : PlanValidity.Confirm(approved, journal.Ledger);
        }, null, confirmEach: true, call);
    }

    /// <summary>What would be done of a plan that was made before, and is not carried out.</summary>
    /// <exception cref="ScimStateException">The plan is for another account or another rule, or the approval cannot be used.</exception>
    public SyncPlan Preview(SyncPlan plan)
    {
        RefuseForeign(plan);
        _approvals.RequireUsable(plan, _state.ReadJournal);
        var approval = _approvals.FindFor(plan, _state.ReadJournal);
        var checkedAgain = CheckAgain(plan, _state.Peek(_rule), _state.ReadJournal);
        return Approved(Released(checkedAgain, SignedOff(plan)), approval, identify: false);
    }

    private SyncPlan CheckAgain(SyncPlan plan, Ledger ledger, Func<IEnumerable<JournalEntry>> journal) =>
        PlanGuard.CheckAgain(_options.Resume ? Quarantine.Lift(plan) : plan, _rule, ledger, Recent(journal), _options.Resume);

    private SignOff? SignedOff(SyncPlan plan) => SignOff.IsNeeded(_rule, plan) ? SignOff.Of(_rule, plan) : null;

    /// <summary>The plan with what people have approved let go.</summary>
    /// <exception cref="ScimStateException">They have approved nothing of it.</exception>
    private static SyncPlan Released(SyncPlan plan, SignOff? signed)
    {
        if (signed is null)
        {
            return plan;
        }

        var released = PlanApproval.Apply(plan, signed);
        signed.Require(released);
        return released with { Approvals = signed.Counted };
    }

    /// <summary>The plan with what was approved let go; what is held after that is kept for an approval.</summary>
    private SyncPlan Approved(SyncPlan plan, IApproval? approval, bool identify = true)
    {
        var approved = approval is null ? plan : PlanApproval.Apply(plan, approval);
        if (approved != plan && identify)
        {
            approved = approved.Identified();
        }

        return _approvals.Remember(approved);
    }

    // A ledger that is made anew believes nothing that was seen before.
    private void Recall(Ledger ledger) => ledger.Recall(_options.Rebuild ? null : _state.RecallReads(_options.Clock.UtcNow));

    /// <summary>Keeps whom the plan has read in full and the ledger does not know, for the run after it.</summary>
    private void KeepReads(Ledger ledger)
    {
        if (_options is not { Only: null, Rebuild: false } || _planner.ReadInFull is not { } read)
        {
            return;
        }

        var unknown = read.Where(u => !ledger.Knows(u)).Take(AccountReads.Most).ToList();
        if (unknown.Count > 0)
        {
            // What was recalled is as old as it was.
            _state.KeepReads(new AccountReads(_state.Account, ledger.RecalledFrom ?? _options.Clock.UtcNow, unknown));
        }
    }

    private Func<RecentChanges> Recent(Func<IEnumerable<JournalEntry>> journal) =>
        () => RecentChanges.Read(journal(), _options.Clock.UtcNow, TimeSpan.FromDays(1));

    /// <summary>Refuses a plan that was not made for this account by this very rule.</summary>
    /// <exception cref="ScimStateException">The plan is for another account or another rule.</exception>
    public void RefuseForeign(SyncPlan plan)
    {
        if (plan.Account != _state.Account)
        {
            throw new ScimStateException(
                "Zoom.Plan.OtherAccount",
                $"The plan {plan.ShortId} is for the account '{plan.Account}', and this connection leads to '{_state.Account}'. Nothing was sent.")
            {
                Category = "InvalidArgument",
                RecommendedAction = "Connect to the plan's account, or make a plan for this one (New-ZoomProvisioningPlan).",
            };
        }

        if (!string.Equals(plan.Rule, _rule.Name, StringComparison.OrdinalIgnoreCase) || plan.RuleFingerprint != _rule.Fingerprint)
        {
            // What a changed rule protects or forbids by now was not known when the plan was signed off.
            throw new ScimStateException("Zoom.Plan.OtherRule", plan.Rule == _rule.Name
                ? $"The rule '{_rule.Name}' was changed since the plan {plan.ShortId} was made. Nothing was sent."
                : $"The plan {plan.ShortId} is of the rule '{plan.Rule}', not of '{_rule.Name}'. Nothing was sent.")
            {
                Category = "InvalidArgument",
                RecommendedAction = "Make the plan again with this rule (New-ZoomProvisioningPlan), or give the rule as it was.",
            };
        }
    }

    private async Task<ProvisioningRun> WithStateAsync(
        Func<IStateFolder, RunJournal, Task<SyncPlan>> plan, SourceSnapshot? source, bool confirmEach, ScimCall call)
    {
        var started = _options.Clock.UtcNow;
        var watch = _options.Clock.Elapsed;
        using var folder = _state.Open(_options.Rebuild);
        var journal = RunBooks.Open(folder, _state, _rule);
        _lastEntryAt = journal.Ledger.LastEntryAt;
        if (_options.Rebuild)
        {
            // What was left undone a year ago is not what the last run left undone.
            journal.Ledger.Undone.Clear();
        }

        var made = await plan(folder, journal).ConfigureAwait(false);
        journal.PlanId = made.Id;
        var (goesOn, asked) = await _options.ConfirmAsync(made).ConfigureAwait(false);
        watch += asked;
        if (!goesOn)
        {
            KeepReads(journal.Ledger);
            return Run(made, [], null, [], applied: false);
        }

        RunBooks.WriteApproval(journal, made);

        // From here on the run's result comes back whatever happens: it says who was created.
        journal.Note(journal.Entry(JournalKind.RunStarted) with
        {
            IsSavedPlan = source is null ? true : null,
            Resumes = _options.Resume && journal.Ledger.TroubledRuns > 0 ? true : null,
            DoubtsState = made.Guard.Any(f => f.Check == GuardCheck.StateOlderThanZoom) ? true : null,
            SourceCount = made.SourceCount,
            Summary = made.ToString(),
            Message = string.Join(" ", made.Guard) is { Length: > 0 } findings ? findings : null,
        });
        var executor = new PlanExecutor(_connection, _rule, journal, PlanExecutorOptions.Of(_options, confirmEach));
        var results = await executor.ApplyAsync(made, call).ConfigureAwait(false);
        IReadOnlyList<string> said = folder.OpenToOthers is { } open && !journal.Ledger.IsOpenToOthersTold ? [.. executor.Notes, open] : executor.Notes;
        var byHand = executor.StoppedBecause is null && call.Stop.IsCancellationRequested;
        var run = Run(made, results, byHand ? "stopped by hand" : executor.StoppedBecause, said, applied: true);
        var wentWell = _options.Only is not null || _options.RemovesRule ? null : RunVerdict.Of(run, byHand, executor.ZoomErred);
        var unsaved = new RunBooks(_rule, _options).Close(folder, journal, run, source, _planner.ReadInFull, wentWell);
        if (journal.Failure is null && unsaved is null && _options.Only is null)
        {
            _state.ForgetReads();
        }

        return (journal.Failure ?? unsaved) is { } failure && run.StoppedBecause is null
            ? Run(made, results, $"{failure.Message} {failure.RecommendedAction}", said, applied: true)
            : run;

        ProvisioningRun Run(SyncPlan of, IReadOnlyList<ChangeResult> outcomes, string? because, IReadOnlyList<string> notes, bool applied) => new(of, outcomes)
        {
            RemovesRule = _options.RemovesRule,
            RunId = journal.RunId,
            Actor = journal.Actor,
            StartedAt = started,
            Duration = _options.Clock.Elapsed - watch,
            SourceProblems = source?.Problems ?? [],
            StoppedBecause = because,
            Attention = applied ? Attention.Of(outcomes, _rule) : Attention.Of(of, _rule),
            Notes = [.. source?.Warnings ?? [], .. notes, .. PhoneRemarks.Of(outcomes) is { } phones ? [phones] : Array.Empty<string>()],
            Applied = applied,
        };
    }
}
