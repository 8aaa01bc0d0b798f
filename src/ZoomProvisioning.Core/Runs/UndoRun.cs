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
/// Takes a run back: plan, guard, approval, journal and circuit are those of any run, so that an undo has an id, is in the history, and
/// can be undone. The ledger of the rule whose run it was follows.
/// </summary>
internal sealed class UndoRun
{
    private readonly ZoomScimConnection _connection;
    private readonly ProvisioningRule _rule;
    private readonly IRuleState _state;
    private readonly UndoRequest _request;
    private readonly RuleSyncOptions _options;
    private readonly UndoReader _reader;
    private readonly Approvals _approvals;

    private IReadOnlyList<GroupUndo> _groups = [];

    /// <summary>Makes an undo.</summary>
    /// <param name="connection">The account.</param>
    /// <param name="rule">The rule whose run it was; for a command without one, what guards it (<see cref="UndoRequest.GuardOfCommands"/>).</param>
    /// <param name="state">Where the run was written down.</param>
    /// <param name="request">What is to be undone.</param>
    /// <param name="options">How.</param>
    public UndoRun(ZoomScimConnection connection, ProvisioningRule rule, IRuleState state, UndoRequest request, RuleSyncOptions options)
    {
        _connection = connection;
        _rule = rule;
        _state = state;
        _request = request;
        _options = options;
        _reader = new UndoReader(connection, request, state.KeepsLedger ? rule : null, options);
        _approvals = new Approvals(rule, state, options.Approve, options.Clock);
    }

    /// <summary>Makes the plan and writes nothing to Zoom.</summary>
    public async Task<SyncPlan> PlanAsync(ScimCall call)
    {
        var approval = _approvals.Find(_state.ReadJournal);
        return await PlanAsync(_state.Peek(_rule), _state.ReadJournal, approval, call).ConfigureAwait(false);
    }

    /// <summary>What only planning it is as a run.</summary>
    public ProvisioningRun Planned(SyncPlan plan) => new(plan, [])
    {
        Undoes = _request.Run.RunId,
        Attention = Advise(Attention.Of(plan, _rule)),
        Applied = false,
    };

    /// <summary>Whether the plan that was made last changes groups as such, which are no entries of it.</summary>
    public bool ChangesGroups => _groups.Count > 0;

    /// <summary>Plans and applies.</summary>
    /// <returns>The run; one that was only planned when <see cref="RuleSyncOptions.Confirm"/> said no.</returns>
    public async Task<ProvisioningRun> RunAsync(ScimCall call)
    {
        var (started, watch) = (_options.Clock.UtcNow, _options.Clock.Elapsed);
        using var folder = _state.Open(rebuild: false);
        var journal = RunBooks.Open(folder, _state, _rule);
        var approval = _approvals.Find(_state.ReadJournal);
        await new Settlement(_connection, journal).SettleAsync(call).ConfigureAwait(false);
        var plan = await PlanAsync(journal.Ledger, _state.ReadJournal, approval, call).ConfigureAwait(false);
        journal.PlanId = plan.Id;
        var (goesOn, asked) = await _options.ConfirmAsync(plan).ConfigureAwait(false);
        watch += asked;
        if (!goesOn)
        {
            return Run(plan, [], null, [], applied: false);
        }

        RunBooks.WriteApproval(journal, plan);
        journal.Note(journal.Entry(JournalKind.RunStarted) with { Undoes = _request.Run.RunId, IsSavedPlan = true, Summary = plan.ToString() });
        var executor = new PlanExecutor(_connection, _rule, journal, PlanExecutorOptions.Of(_options));
        var groups = new UndoGroupWrites(_connection, journal);
        var failures = await groups.WriteAsync(_groups.Where(g => g.Request != WriteKind.DeleteGroup), call).ConfigureAwait(false);
        plan = groups.Into(plan);
        var results = await executor.ApplyAsync(plan, call).ConfigureAwait(false);
        failures =
        [
            .. failures,
            .. await groups.LeaveAsync(results, call).ConfigureAwait(false),
            .. await groups.WriteAsync(_groups.Where(g => g.Request == WriteKind.DeleteGroup), call).ConfigureAwait(false),
        ];
        var stopped = executor.StoppedBecause ?? (call.Stop.IsCancellationRequested ? "stopped by hand" : null);
        var run = Run(plan, results, stopped ?? (failures.Count > 0 ? string.Join(" ", failures) : null), executor.Notes, applied: true);
        journal.Note(journal.Entry(JournalKind.RunEnded) with
        {
            Summary = run.ToString(),
            Message = run.StoppedBecause,
            Counts = OutcomeCounts.Of(results.Select(r => r.Outcome)),
            Ended = run.Outcome.ToString(),
        });
        return (journal.Failure ?? RunBooks.SaveLedger(folder, journal)) is { } failure && run.StoppedBecause is null
            ? Run(plan, results, $"{failure.Message} {failure.RecommendedAction}", executor.Notes, applied: true)
            : run;

        ProvisioningRun Run(SyncPlan of, IReadOnlyList<ChangeResult> outcomes, string? because, IReadOnlyList<string> notes, bool applied) => new(of, outcomes)
        {
            RunId = journal.RunId,
            Undoes = _request.Run.RunId,
            Actor = journal.Actor,
            StartedAt = started,
            Duration = _options.Clock.Elapsed - watch,
            StoppedBecause = because,
            Attention = Advise(applied ? Attention.Of(outcomes, _rule) : Attention.Of(of, _rule)),
            Notes = [.. notes, .. PhoneRemarks.Of(outcomes) is { } phones ? [phones] : Array.Empty<string>()],
            Applied = applied,
        };
    }

    private async Task<SyncPlan> PlanAsync(Ledger ledger, Func<IEnumerable<JournalEntry>> journal, IApproval? approval, ScimCall call)
    {
        var input = await _reader.ReadAsync(call).ConfigureAwait(false);
        var (groups, notes) = _request.User is null ? UndoGroups.Plan(input) : ([], []);
        var changes = UndoPlanner.Plan(input);
        _groups = groups;
        var plan = new SyncPlan(changes)
        {
            Account = _state.Account,
            Rule = _state.KeepsLedger ? _rule.Name : string.Empty,
            Undoes = _request.Run.ToString(),
            RuleFingerprint = _rule.Fingerprint,
            CreatedAt = _options.Clock.UtcNow,
            ManagedCount = ledger.ManagedCount,
            Guard = Say(input, changes)
                .Concat(groups.Select(g => g.Sentence))
                .Concat(notes)
                .Select(s => new GuardFinding(GuardCheck.Undo, HoldsRemovals: false, s))
                .ToList(),
        };

        // What an admin did by hand is no measure of what may be taken back.
        var recent = _state.KeepsLedger ? RecentChanges.Read(journal(), _options.Clock.UtcNow, TimeSpan.FromDays(1)) : RecentChanges.None;
        var guarded = WithUnmet(PlanGuard.CheckAgain(PlanValidity.Remember(plan, ledger), _rule, ledger, () => recent, resumes: true), plan).Identified();
        if (_options.ApprovedPlan is { } saved)
        {
            var signed = SignOff.Of(_rule, saved, _state, _options.Clock.UtcNow);
            guarded = (PlanApproval.Apply(guarded, signed) with { Approvals = signed.Counted }).Identified();
        }

        if (guarded.NeedsSignOff)
        {
            // Groups are no entries that could be approved or held; they wait for the whole.
            _groups = [];
        }

        return _approvals.Remember(approval is null ? guarded : PlanApproval.Apply(guarded, approval).Identified());
    }

    /// <summary>What the guard takes off an entry, such as an address, does not come back either, so nobody may say that it did.</summary>
    private static SyncPlan WithUnmet(SyncPlan guarded, SyncPlan planned) => guarded.With(
        guarded.Changes.Zip(planned.Changes, (now, before) => now.Changes.Count == before.Changes.Count ? now
            : now with { Unmet = [.. now.Unmet, .. now.Remarks.Skip(before.Remarks.Count)] }).ToList(),
        guarded.Guard);

    /// <summary>What everybody should know before a run is taken back.</summary>
    private IEnumerable<string> Say(UndoInput input, IReadOnlyList<PlannedChange> changes)
    {
        if (input.Trace.UndoneBy is { } earlier)
        {
            var undone = input.Trace.Undone
                .Where(u => input.User is null || changes.Any(c => c.ZoomId == u.Id || c.UserName == u.Id))
                .Select(u => input.Now.TryGetValue(u.Id, out var user) && user?.UserName is { } name ? name : u.Name).ToList();
            if (undone.Count > 0 || input.User is null)
            {
                yield return $"It was undone before{(undone.Count > 0 ? $" for {FirstNames.Of(undone)}" : string.Empty)}, by the run {earlier}.";
            }
        }

        if (_state.KeepsLedger && (_groups.Count > 0 || changes.Any(c => c.Writes)))
        {
            yield return $"The rule '{_rule.Name}' will do it again at its next run, unless its source or the rule is changed first.";
        }
    }

    /// <summary>What helps against what a run left undone is no help here.</summary>
    private static List<AttentionGroup> Advise(IEnumerable<AttentionGroup> groups) => groups.Select(g => g.Kind switch
    {
        AttentionKind.Unknown or AttentionKind.NotSent => g with { Advice = "Undo the run again: it looks at Zoom before it does anything." },
        AttentionKind.NotApplied or AttentionKind.Blocked => g with { Advice = "Look at them in Zoom." },
        _ => g,
    }).ToList();
}
