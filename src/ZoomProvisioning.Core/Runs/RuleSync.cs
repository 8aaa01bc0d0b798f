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

    // Who was read in full for the plan, or known so; null when the plan was made before.
    private IReadOnlyList<ScimUser>? _readInFull;

    // Why the ledger could not be saved; null when it could, or nothing was to be saved.
    private ScimStateException? _unsaved;

    public RuleSync(ZoomScimConnection connection, ProvisioningRule rule, IRuleState state, RuleSyncOptions options)
    {
        _connection = connection;
        _rule = rule;
        _state = state;
        _options = options;
        _reader = new AccountReader(connection, options.Concurrency);
    }

    /// <summary>Makes a plan and writes nothing, neither to Zoom nor to the disk.</summary>
    public Task<SyncPlan> PlanAsync(SourceSnapshot source, ScimCall call) => PlanAsync(source, _state.Peek(_rule), call);

    /// <summary>Plans and applies in one.</summary>
    /// <returns>The run; one that was only planned when <see cref="RuleSyncOptions.Confirm"/> said no.</returns>
    public Task<ProvisioningRun> RunAsync(SourceSnapshot source, ScimCall call) =>
        WithStateAsync(async (folder, journal) =>
        {
            await new Settlement(_connection, journal).SettleAsync(call).ConfigureAwait(false);
            return await PlanAsync(source, journal.Ledger, call).ConfigureAwait(false);
        }, source, confirmEach: false, call);

    /// <summary>Applies a plan that was made before. Each user must still be as the plan knows it.</summary>
    /// <exception cref="ScimStateException">The plan is for another account or another rule.</exception>
    public Task<ProvisioningRun> ApplyAsync(SyncPlan plan, ScimCall call)
    {
        RefuseForeign(plan);
        return WithStateAsync(async (folder, journal) =>
        {
            await new Settlement(_connection, journal).SettleAsync(call).ConfigureAwait(false);
            PlanValidity.Require(plan, journal.Ledger, _rule.PlanMaxAge, _options.Clock.UtcNow);
            return PlanValidity.Confirm(PlanApproval.Apply(plan, _options.Approve), journal.Ledger);
        }, null, confirmEach: true, call);
    }

    /// <summary>Refuses a plan that was not made for this account by this very rule.</summary>
    /// <exception cref="ScimStateException">The plan is for another account or another rule.</exception>
    public void RefuseForeign(SyncPlan plan)
    {
        if (plan.Account != _state.Account)
        {
            throw new ScimStateException("Zoom.Plan.OtherAccount", $"The plan {plan.ShortId} is for the account '{plan.Account}', and this connection leads to '{_state.Account}'. Nothing was sent.")
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

    private async Task<ProvisioningRun> WithStateAsync(Func<IStateFolder, RunJournal, Task<SyncPlan>> plan, SourceSnapshot? source, bool confirmEach, ScimCall call)
    {
        var started = _options.Clock.UtcNow;
        var watch = _options.Clock.Elapsed;
        using var folder = _state.Open(_options.Rebuild);
        var fold = new LedgerFold(folder.Ledger ?? new Ledger(_state.Account, _state.Rule), _rule);
        foreach (var entry in folder.ReadJournal(fold.Ledger.JournalPosition))
        {
            fold.Apply(entry);
        }

        if (_options.Rebuild)
        {
            // What was left undone a year ago is not what the last run left undone.
            fold.Ledger.Undone.Clear();
        }

        var journal = new RunJournal(folder, fold, Guid.NewGuid().ToString("N"), $"{Environment.UserName}@{Environment.MachineName}");
        var made = await plan(folder, journal).ConfigureAwait(false);
        journal.PlanId = made.Id;
        if (_options.Confirm is { } confirm && !await confirm(made).ConfigureAwait(false))
        {
            return Run(made, [], null, [], applied: false);
        }

        // From here on the run's result comes back whatever happens: it says who was created.
        journal.Note(journal.Entry(JournalKind.RunStarted) with { IsSavedPlan = source is null ? true : null, SourceCount = made.SourceCount, Summary = made.ToString(), Message = string.Join(" ", made.Guard) is { Length: > 0 } findings ? findings : null });
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
        var run = Run(made, results, executor.StoppedBecause ?? (call.Stop.IsCancellationRequested ? "stopped by hand" : null), said, applied: true);
        Save(folder, journal, run, source);
        return (journal.Failure ?? _unsaved) is { } failure && run.StoppedBecause is null
            ? Run(made, results, $"{failure.Message} {failure.RecommendedAction}", said, applied: true)
            : run;

        ProvisioningRun Run(SyncPlan of, IReadOnlyList<ChangeResult> outcomes, string? stopped, IReadOnlyList<string> notes, bool applied) => new(of, outcomes)
        {
            RunId = journal.RunId,
            Actor = journal.Actor,
            StartedAt = started,
            Duration = _options.Clock.Elapsed - watch,
            SourceProblems = source?.Problems ?? [],
            StoppedBecause = stopped,
            Attention = applied ? Attention.Of(outcomes, _rule) : Attention.Of(of, _rule),
            Notes = [.. source?.Warnings ?? [], .. notes, .. PhoneRemarks.Of(outcomes) is { } phones ? [phones] : Array.Empty<string>()],
            Applied = applied,
        };
    }

    /// <summary>
    /// Closes the books of a run. Where the disk does not let that happen the run is told all the same: the next one folds the
    /// journal anew, and settles what is open.
    /// </summary>
    private void Save(IStateFolder folder, RunJournal journal, ProvisioningRun run, SourceSnapshot? source)
    {
        // The next run compares the size of its source with this one's, so a run that was stopped does not count, nor does a
        // source that the guard did not believe: or the same broken export would pass for the usual one an hour later.
        var believed = run.Plan.Guard.All(f => !f.HoldsRemovals || f.Check is not (GuardCheck.EmptySource or GuardCheck.ShrunkenSource or GuardCheck.UnreadableSource));
        journal.Note(journal.Entry(JournalKind.RunEnded) with
        {
            SourceCount = run.StoppedBecause is null && source is not null && believed ? run.Plan.SourceCount : null,
            Summary = run.ToString(),
            Message = run.StoppedBecause,
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

        if (_readInFull is { } read)
        {
            ledger.Bystanders = read.Where(u => ledger.Find(u.Id!) is null).ToList();
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
            if (change is not { Anchor: { } anchor, ZoomId: { } id, Leaves: false } || ledger.Find(id) is not { } entry || entry.Anchor == anchor)
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

        if (isSettled)
        {
            ledger.AnchorProperty = _rule.Anchor;
        }
    }

    private async Task<SyncPlan> PlanAsync(SourceSnapshot source, Ledger ledger, ScimCall call)
    {
        var (users, isComplete) = await _reader.ListAsync(user => DetailNeeds.AsKnown(user, ledger), (done, total) => Report("Listing Zoom", done, total), call).ConfigureAwait(false);
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

        await ReadAsync("Reading users", DetailNeeds.Decide(_rule, correlations, account, ledger), account, call).ConfigureAwait(false);
        await ReadAsync("Reading users who have left", _rule.KeepsAbsent ? [] : DetailNeeds.OfLeavers(ledger, correlations, account), account, call).ConfigureAwait(false);
        _readInFull = account.Users.Where(u => u.Detail == UserDetail.Read).ToList();
        var plan = RulePlanner.Plan(new PlanInput
        {
            Rule = _rule,
            Source = source,
            Account = account,
            Ledger = ledger,
            Correlations = correlations,
            OtherRules = _state.FindOthers(Contested(ledger, correlations, account)),
            Connection = _connection,
            Approved = _options.Approve,
            RemovesRule = _options.RemovesRule,
            Now = _options.Clock.UtcNow,
        });
        return PlanValidity.Remember(plan, ledger).Identified();
    }

    /// <summary>The users who would be removed or taken over, and about whom another rule may have a say.</summary>
    private static IReadOnlyCollection<string> Contested(Ledger ledger, IReadOnlyList<Correlation> correlations, AccountSnapshot account)
    {
        var present = new HashSet<string>(correlations.Select(c => c.User?.Id).OfType<string>(), StringComparer.Ordinal);
        return
        [
            .. ledger.Entries.Select(e => e.ZoomId).Where(id => !present.Contains(id) && account.Find(id) is { Active: not false }),
            .. correlations.Where(c => c.Entry is null).Select(c => c.User?.Id).OfType<string>(),
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
            var names = correlations.Where(c => c.Situation == CorrelationSituation.Unmatched).Select(c => c.Desired.LookupName).OfType<string>().ToList();
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
            var listed = account.Users.Where(u => u.Detail == UserDetail.Listed && !taken.Contains(u.Id!)).Select(u => u.Id!).OrderBy(id => id, StringComparer.Ordinal).ToList();
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
                vanished[id] = new ScimNotFoundException("Zoom.User.NotFound", $"Zoom lists '{listed}' (id {id}), but says that there is no such user when it is asked for; it was deleted just now, or is very new.")
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
