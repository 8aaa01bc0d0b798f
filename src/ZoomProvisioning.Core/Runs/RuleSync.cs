using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Input;
using ZoomProvisioning.Operations;
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
    private readonly AccountReader _reader;
    private readonly Approvals _approvals;

    // Who was read in full for the plan, or known so; null when the plan was made before.
    private IReadOnlyList<ScimUser>? _readInFull;

    // When the journal's last entry was written, before this run wrote any; null when there is none.
    private DateTimeOffset? _lastEntryAt;

    // Why the ledger could not be saved; null when it could, or nothing was to be saved.
    private ScimStateException? _unsaved;

    public RuleSync(ZoomScimConnection connection, ProvisioningRule rule, IRuleState state, RuleSyncOptions options)
    {
        _connection = connection;
        _rule = rule;
        _state = state;
        _options = options;
        _reader = new AccountReader(connection, options.Concurrency);
        _approvals = new Approvals(state, options.Approve, options.Clock);
    }

    /// <summary>Makes a plan and writes nothing to Zoom, and to the disk only what an approval of it would have to know.</summary>
    public async Task<SyncPlan> PlanAsync(SourceSnapshot source, ScimCall call)
    {
        var approval = _approvals.Find(_state.ReadJournal);
        var ledger = _state.Peek(_rule);
        _lastEntryAt = ledger.LastEntryAt;
        return Approved(await PlanAsync(source, ledger, _state.ReadJournal, call).ConfigureAwait(false), approval);
    }

    /// <summary>Plans and applies in one.</summary>
    /// <returns>The run; one that was only planned when <see cref="RuleSyncOptions.Confirm"/> said no.</returns>
    public Task<ProvisioningRun> RunAsync(SourceSnapshot source, ScimCall call) =>
        WithStateAsync(async (folder, journal) =>
        {
            var approval = _approvals.Find(() => folder.ReadJournal(0));
            await new Settlement(_connection, journal).SettleAsync(call).ConfigureAwait(false);
            var plan = await PlanAsync(source, journal.Ledger, () => folder.ReadJournal(0), call).ConfigureAwait(false);
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
            await new Settlement(_connection, journal).SettleAsync(call).ConfigureAwait(false);
            PlanValidity.Require(plan, journal.Ledger, _rule.PlanMaxAge, _options.Clock.UtcNow);
            var checkedAgain = PlanGuard.CheckAgain(plan, _rule, journal.Ledger, Recent(() => folder.ReadJournal(0)));
            return PlanValidity.Confirm(Approved(checkedAgain, approval, identify: false), journal.Ledger);
        }, null, confirmEach: true, call);
    }

    /// <summary>What would be done of a plan that was made before, and is not carried out.</summary>
    /// <exception cref="ScimStateException">The plan is for another account or another rule, or the approval cannot be used.</exception>
    public SyncPlan Preview(SyncPlan plan)
    {
        RefuseForeign(plan);
        _approvals.RequireUsable(plan, _state.ReadJournal);
        var approval = _approvals.FindFor(plan, _state.ReadJournal);
        return Approved(PlanGuard.CheckAgain(plan, _rule, _state.Peek(_rule), Recent(_state.ReadJournal)), approval, identify: false);
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

    private Func<RecentChanges> Recent(Func<IEnumerable<JournalEntry>> journal) =>
        () => RecentChanges.Read(journal(), _options.Clock.UtcNow.AddDays(-1));

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
        var fold = new LedgerFold(folder.Ledger ?? new Ledger(_state.Account, _state.Rule), _rule);
        foreach (var entry in folder.ReadJournal(fold.Ledger.JournalPosition))
        {
            fold.Apply(entry);
        }

        _lastEntryAt = fold.Ledger.LastEntryAt;
        if (_options.Rebuild)
        {
            // What was left undone a year ago is not what the last run left undone.
            fold.Ledger.Undone.Clear();
        }

        var journal = new RunJournal(folder, fold, Guid.NewGuid().ToString("N"), RunActor.Self)
        {
            LeaverPolicy = LeaverPolicy.Of(_rule).ToString(),
        };
        var made = await plan(folder, journal).ConfigureAwait(false);
        journal.PlanId = made.Id;
        if (_options.Confirm is { } confirm && !await confirm(made).ConfigureAwait(false))
        {
            return Run(made, [], null, [], applied: false);
        }

        if (made.ApprovedPlan is { } approved)
        {
            journal.Write(journal.Entry(JournalKind.Approved) with { PlanId = approved, Members = made.ApprovedPeople });
        }

        // From here on the run's result comes back whatever happens: it says who was created.
        journal.Note(journal.Entry(JournalKind.RunStarted) with
        {
            IsSavedPlan = source is null ? true : null,
            DoubtsState = made.Guard.Any(f => f.Check == GuardCheck.StateOlderThanZoom) ? true : null,
            SourceCount = made.SourceCount,
            Summary = made.ToString(),
            Message = string.Join(" ", made.Guard) is { Length: > 0 } findings ? findings : null,
        });
        var executor = new PlanExecutor(_connection, _rule, journal, new PlanExecutorOptions
        {
            Concurrency = _options.Concurrency,
            OnGuard = _options.OnGuard,
            ConfirmEach = confirmEach,
            Verify = _options.Verify,
            Clock = _options.Clock,
            OnResult = _options.OnResult,
            OnProgress = _options.OnProgress,
        });
        var results = await executor.ApplyAsync(made, call).ConfigureAwait(false);
        IReadOnlyList<string> said = folder.OpenToOthers is { } open && !fold.Ledger.IsOpenToOthersTold ? [.. executor.Notes, open] : executor.Notes;
        var stopped = executor.StoppedBecause ?? (call.Stop.IsCancellationRequested ? "stopped by hand" : null);
        var run = Run(made, results, stopped, said, applied: true);
        Save(folder, journal, run, source);
        return (journal.Failure ?? _unsaved) is { } failure && run.StoppedBecause is null
            ? Run(made, results, $"{failure.Message} {failure.RecommendedAction}", said, applied: true)
            : run;

        ProvisioningRun Run(SyncPlan of, IReadOnlyList<ChangeResult> outcomes, string? because, IReadOnlyList<string> notes, bool applied) => new(of, outcomes)
        {
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
    /// Closes the books of a run. Where the disk does not let that happen the run is told all the same: the next one folds the
    /// journal anew, and settles what is open.
    /// </summary>
    private void Save(IStateFolder folder, RunJournal journal, ProvisioningRun run, SourceSnapshot? source)
    {
        // The next run compares the size of its source with this one's, so a run that was stopped does not count, nor does a
        // source that the guard did not believe: or the same broken export would pass for the usual one an hour later.
        var counts = run.StoppedBecause is null && source is not null && _options.Only is null && !run.Plan.Guard.Any(f => f.DoubtsSource);
        CountMissed(journal, run.Plan, source);
        journal.Note(journal.Entry(JournalKind.RunEnded) with
        {
            SourceCount = counts ? run.Plan.SourceCount : null,
            Properties = counts && source is { People.Count: > 0 } ? SourceContract.Remember(source) : null,
            Summary = run.ToString(),
            Message = run.StoppedBecause,
            Counts = OutcomeCounts.Of(run.Results.Select(r => r.Outcome)),
            Ended = run.Outcome.ToString(),
            StillUndone = journal.StillUndone > 0 ? journal.StillUndone : null,
        });
        if (journal.Failure is not null)
        {
            return;
        }

        var ledger = journal.Ledger;
        Anchor(ledger, run.Plan);
        ledger.IsOpenToOthersTold = folder.OpenToOthers is not null;
        if (run.StoppedBecause is null)
        {
            journal.ForgetUndone();
        }

        if (_readInFull is { } read && _options.Only is null)
        {
            var waiting = new HashSet<string>(
                run.Plan.Changes.Where(c => c.Held is not null || c.Action == PlanAction.Blocked).Select(c => c.ZoomId).OfType<string>(),
                StringComparer.Ordinal);
            ledger.Bystanders = read.Where(u => ledger.Find(u.Id!) is not { } entry || (waiting.Contains(entry.ZoomId) && entry.Seen != u)).ToList();
        }

        ledger.JournalPosition = journal.With(fold => fold.SafePosition);
        try
        {
            folder.SaveLedger(ledger);
        }
        catch (ScimStateException exception)
        {
            _unsaved = exception;
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

        if (isSettled && _options.Only is null)
        {
            ledger.AnchorProperty = _rule.Anchor;
        }
    }

    private async Task<SyncPlan> PlanAsync(SourceSnapshot source, Ledger ledger, Func<IEnumerable<JournalEntry>> journal, ScimCall call)
    {
        var (users, isComplete) = await _reader.ListAsync(
            user => DetailNeeds.AsKnown(user, ledger), (done, total) => Report("Listing Zoom", done, total), call).ConfigureAwait(false);
        var needsGroups = _rule.Groups.Count > 0 || _rule.GroupSource is not null || ledger.Entries.Any(e => e.HasGroups);
        var account = new AccountSnapshot(users, isComplete)
        {
            Groups = needsGroups ? await _reader.ListGroupsAsync(call).ConfigureAwait(false) : null,
        };
        await FindUnlistedAsync(account, ledger, call).ConfigureAwait(false);

        var correlator = new Correlator(_rule, account, ledger);
        var correlations = correlator.Correlate(source.People);
        if (await FindUnmatchedAsync(account, ledger, correlator, correlations, call).ConfigureAwait(false))
        {
            correlations = new Correlator(_rule, account, ledger).Correlate(source.People);
        }

        var only = _options.Only;
        only?.Require(_rule, source, ledger, correlations);
        var about = only is null ? correlations : correlations.Where(only.Includes).ToList();
        await ReadAsync("Reading users", DetailNeeds.Decide(_rule, about, account, ledger), account, call).ConfigureAwait(false);
        var left = _rule.KeepsAbsent ? [] : DetailNeeds.OfLeavers(ledger, correlations, account);
        left = only is null ? left : left.Where(id => only.Includes(ledger.Find(id)!)).ToList();
        await ReadAsync("Reading users who have left", left, account, call).ConfigureAwait(false);
        _readInFull = account.Users.Where(u => u.Detail == UserDetail.Read).ToList();
        var others = _state.FindOthers(Contested(ledger, correlations, account), _options.Clock.UtcNow);
        var plan = RulePlanner.Plan(new PlanInput
        {
            Rule = _rule,
            Source = source,
            Account = account,
            Ledger = ledger,
            Correlations = correlations,
            OtherRules = others,
            StateDoubt = StateAge.Doubt(ledger, Matched(about, account, others), _lastEntryAt, _options.Clock.UtcNow),
            Connection = _connection,
            Recent = Recent(journal),
            RemovesRule = _options.RemovesRule,
            Only = only,
            Now = _options.Clock.UtcNow,
        });
        return PlanValidity.Remember(plan, ledger).Identified();
    }

    /// <summary>Who is in Zoom and known in full, as wanted and as it is; what other rules do to their people says nothing here.</summary>
    private static IEnumerable<(ScimUser Wanted, ScimUser User)> Matched(
        IEnumerable<Correlation> correlations, AccountSnapshot account, OtherRules others)
    {
        foreach (var correlation in correlations.Where(c => c.Situation != CorrelationSituation.Disputed))
        {
            if (correlation.User?.Id is { } id && account.Find(id) is { Detail: UserDetail.Read } user && others.Managing(id) is null)
            {
                yield return (correlation.Desired.Values, user);
            }
        }
    }

    /// <summary>The users about whom another rule may have a say: those of the source, and those who would be removed.</summary>
    private static IReadOnlyCollection<string> Contested(Ledger ledger, IReadOnlyList<Correlation> correlations, AccountSnapshot account)
    {
        var present = new HashSet<string>(correlations.Select(c => c.User?.Id).OfType<string>(), StringComparer.Ordinal);
        return
        [
            .. ledger.Entries.Select(e => e.ZoomId).Where(id => !present.Contains(id) && account.Find(id) is { Active: not false }),
            .. present,
        ];
    }

    /// <summary>Whom the ledger knows and the list does not show is looked for by id: only a direct no says that somebody is gone.</summary>
    private async Task FindUnlistedAsync(AccountSnapshot account, Ledger ledger, ScimCall call)
    {
        var unlisted = ledger.Entries.Where(e => account.Find(e.ZoomId) is null).ToList();
        var unread = await ReadAsync("Looking for users that are not listed", unlisted.Select(e => e.ZoomId).ToList(), account, call).ConfigureAwait(false);
        foreach (var entry in unlisted.Where(e => unread.ContainsKey(e.ZoomId)))
        {
            // Neither there nor gone: nothing is decided about the person in this run.
            account.Put(entry.Seen ?? new ScimUser(new ScimObject { ["id"] = entry.ZoomId, ["userName"] = entry.UserName }, UserDetail.Listed));
        }
    }

    /// <summary>Reads what people without a match may be found by: keys that a list does not tell, or the name itself where the list is not complete.</summary>
    private async Task<bool> FindUnmatchedAsync(AccountSnapshot account, Ledger ledger, Correlator correlator, IReadOnlyList<Correlation> correlations, ScimCall call)
    {
        var any = false;
        if (!account.IsComplete)
        {
            var directory = new UserDirectory(_connection);
            var names = correlations.Where(c => c.Situation == CorrelationSituation.Unmatched)
                .Select(c => c.Desired.LookupName).OfType<string>().ToList();
            var gate = new object();
            await ParallelWork.ForEachAsync(names, _options.Concurrency, async name =>
            {
                if (await LookUpAsync(directory, name, call).ConfigureAwait(false) is { } user)
                {
                    lock (gate)
                    {
                        account.Put(user);
                        any = true;
                    }
                }
            }).ConfigureAwait(false);
        }

        if (correlator.NeedsKeysBeyondLists(correlations))
        {
            var taken = new HashSet<string>(correlations.Select(c => c.User?.Id).OfType<string>(), StringComparer.Ordinal);
            var listed = account.Users.Where(u => u.Detail == UserDetail.Listed && !taken.Contains(u.Id!))
                .Select(u => u.Id!).OrderBy(id => id, StringComparer.Ordinal).ToList();
            await ReadAsync("Reading users that may match", listed, account, call).ConfigureAwait(false);
            // Of its own people the ledger knows the keys: somebody renamed is found by them, and not taken for a leaver.
            account.HasKeysBeyondLists = true;
            any = true;
        }

        return any;
    }

    private static async Task<ScimUser?> LookUpAsync(UserDirectory directory, string name, ScimCall call)
    {
        try
        {
            return await directory.LookUpAsync(name, call).ConfigureAwait(false);
        }
        catch (ScimUserStateException exception) when (exception.ErrorId == "Zoom.User.PendingOrForeign")
        {
            // Zoom will say so again when the user is to be created, and then it is that person's error.
            return null;
        }
    }

    private async Task<IReadOnlyDictionary<string, ScimException>> ReadAsync(string phase, IReadOnlyList<string> ids, AccountSnapshot account, ScimCall call)
    {
        if (ids.Count == 0)
        {
            return new Dictionary<string, ScimException>();
        }

        var done = 0;
        Report(phase, 0, ids.Count);
        var vanished = new Dictionary<string, ScimException>(StringComparer.Ordinal);
        var unread = await _reader.ReadAsync(ids, (id, user) =>
        {
            if (user is not null)
            {
                account.Put(user);
            }
            else if (account.Find(id) is { } listed)
            {
                // On the word of a list alone everything a list does not tell would be sent anew.
                vanished[id] = new ScimNotFoundException(
                    "Zoom.User.NotFound",
                    $"Zoom lists '{listed}' (id {id}), but says that there is no such user when it is asked for; it was deleted just now, or is very new.")
                {
                    Category = "ObjectNotFound",
                    RecommendedAction = "Run the rule again; the next run reads the user anew.",
                };
            }

            Report(phase, ++done, ids.Count);
        }, call).ConfigureAwait(false);
        account.AddUnread(unread);
        account.AddUnread(vanished);
        return unread;
    }

    private void Report(string phase, int done, int total) => _options.OnProgress?.Invoke(new SyncProgress(phase, done, total, 0));
}
