using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Operations;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Runs;

/// <summary>
/// Carries out a rule's plan: who comes back first, then creates, updates, managers, groups, and removals last. One write at a
/// time for each person, each in the journal before it is sent; a person who fails never stops the others.
/// </summary>
internal sealed class PlanExecutor
{
    private readonly ZoomScimConnection _connection;
    private readonly ProvisioningRule _rule;
    private readonly RunJournal _journal;
    private readonly PlanExecutorOptions _options;
    private readonly AccountReader _reader;
    private readonly ManagerDirectory _managers;
    private readonly SeatGate _seats = new();
    private readonly Circuit _circuit = new();
    private readonly ConcurrentDictionary<PlannedChange, PersonWork> _work = new();
    private readonly object _outputGate = new();
    private readonly List<ChangeResult> _results = [];
    private int _failed;

    public PlanExecutor(ZoomScimConnection connection, ProvisioningRule rule, RunJournal journal, PlanExecutorOptions options)
    {
        _connection = connection;
        _rule = rule;
        _journal = journal;
        _options = options;
        _reader = new AccountReader(connection, options.Concurrency);
        _managers = new ManagerDirectory(new UserDirectory(connection));
    }

    /// <summary>Why the run was stopped before its end; null when it was not.</summary>
    public string? StoppedBecause => _circuit.OpenedBecause;

    /// <summary>What to tell about seats that ran out.</summary>
    public IReadOnlyList<string> Notes => _seats.Report();

    /// <summary>Carries out the plan.</summary>
    /// <returns>One result for each entry of the plan, in the plan's order.</returns>
    public async Task<IReadOnlyList<ChangeResult>> ApplyAsync(SyncPlan plan, ScimCall call)
    {
        Unlink(plan.Gone, "gone from Zoom");
        Unlink(plan.Released, "managed by another rule");

        var stopsAll = _options.OnGuard == OnGuard.StopAll && plan.Held.Count > 0;
        var writing = new List<PersonWork>();
        foreach (var change in plan.Changes)
        {
            var acts = change.Held is null && !stopsAll && change.Action is not (PlanAction.NoOp or PlanAction.Blocked or PlanAction.Protected);
            if (acts)
            {
                var work = new PersonWork(change);
                _work[change] = work;
                writing.Add(work);
            }
            else
            {
                Conclude(change, NotDone(change, stopsAll));
            }
        }

        FindWhoWaits(writing);
        await PhaseAsync("Reactivating", writing.Where(w => w.Change.Action == PlanAction.Reactivate), w => PersonAsync(w, call)).ConfigureAwait(false);
        await PhaseAsync("Creating", writing.Where(w => w.Change.Action == PlanAction.Create), w => PersonAsync(w, call)).ConfigureAwait(false);
        await PhaseAsync("Updating", writing.Where(w => w.Change.Action is PlanAction.Adopt or PlanAction.Update or PlanAction.ChangeGroups), w => PersonAsync(w, call)).ConfigureAwait(false);
        // A manager who is deactivated gets a new name only then, so whoever has that manager comes after it.
        var late = new HashSet<string>(writing.Where(w => w.Change.Action == PlanAction.Disable).Select(w => AddressOrder.NewAddress(w.Change)).OfType<string>(), StringComparer.OrdinalIgnoreCase);
        bool ComesLate(PersonWork work) => work.Manager is { NewValue: string manager } && late.Contains(manager);
        await PhaseAsync("Setting managers", writing.Where(w => w.Manager is not null && w.Goes && !ComesLate(w)), w => ManagerAsync(w, call)).ConfigureAwait(false);
        await GroupsAsync(writing, call).ConfigureAwait(false);
        // Whoever failed before has been concluded then.
        var waiting = writing.Where(w => w.Goes && !w.Change.IsRemoval && ComesLate(w)).ToList();
        Conclude(writing.Where(w => w.Goes && !w.Change.IsRemoval).Except(waiting));
        await PhaseAsync("Deactivating", writing.Where(w => w.Change.Action == PlanAction.Disable), w => RemovalAsync(w, call)).ConfigureAwait(false);
        await PhaseAsync("Setting managers", waiting, w => ManagerAsync(w, call)).ConfigureAwait(false);
        Conclude(waiting);
        await PhaseAsync("Deleting", writing.Where(w => w.Change.Action == PlanAction.Delete), w => RemovalAsync(w, call)).ConfigureAwait(false);

        var order = plan.Changes.Select((change, index) => (change, index)).ToDictionary(p => p.change, p => p.index);
        return _results.OrderBy(r => order[r.Planned!]).ToList();
    }

    private async Task PhaseAsync(string name, IEnumerable<PersonWork> people, Func<PersonWork, Task> work)
    {
        var list = people.ToList();
        var done = 0;
        if (list.Count == 0)
        {
            return;
        }

        Report(name, 0, list.Count);
        foreach (var wave in AddressOrder.Waves(list, w => w.WaitsFor))
        {
            await ParallelWork.ForEachAsync(wave, _options.Concurrency, async person =>
            {
                await work(person).ConfigureAwait(false);
                Report(name, Interlocked.Increment(ref done), list.Count);
            }).ConfigureAwait(false);
        }
    }

    /// <summary>Notes who takes an address that another gives up in this run.</summary>
    private static void FindWhoWaits(List<PersonWork> people)
    {
        var renamed = people.Where(w => AddressOrder.NewAddress(w.Change) is not null).ToList();
        var givers = new Dictionary<string, PersonWork>(StringComparer.OrdinalIgnoreCase);
        foreach (var work in renamed.Where(w => w.Change.Current?.UserName is not null))
        {
            givers[work.Change.Current!.UserName!] = work;
        }

        foreach (var work in renamed)
        {
            work.WaitsFor = givers.TryGetValue(AddressOrder.NewAddress(work.Change)!, out var giver) ? giver : null;
        }
    }

    /// <summary>Why somebody cannot be renamed yet: whoever has the address was not renamed. Null when it is free.</summary>
    private static string? StillTaken(PersonWork work) => work.WaitsFor is { Goes: false } giver
        ? $"'{giver.Change.UserName}' still has the address '{AddressOrder.NewAddress(work.Change)}', because it was not changed"
        : null;

    /// <summary>What a person needs before managers and groups: the state and the attributes.</summary>
    private Task PersonAsync(PersonWork work, ScimCall call) => GuardedAsync(work, async () =>
    {
        if (StillTaken(work) is { } taken)
        {
            LeaveStale(work, taken, work.Change.Current);
            return;
        }

        if (!await ConfirmAsync(work, call).ConfigureAwait(false))
        {
            return;
        }

        var change = work.Change;
        if (change.Adopts)
        {
            Link(work);
        }

        var seatless = WithoutTakenSeats(work);
        if (seatless is null)
        {
            return;
        }

        change = seatless;
        if (change.Action == PlanAction.ChangeGroups || (change.Changes.Count == 0 && change.Action is PlanAction.Adopt or PlanAction.Update))
        {
            work.Result = Done(change, change.Current!);
            return;
        }

        try
        {
            var executor = new ChangeExecutor(_connection, new JournaledUserClient(_connection.Service.Users, _journal, change), _options.Verify);
            work.Result = await executor.ApplyAsync(change, call).ConfigureAwait(false);
        }
        catch (ScimSeatsException exception)
        {
            _seats.Learn(exception, change.Changes);
            throw;
        }
        catch (ScimConflictException exception) when (change.Action == PlanAction.Create && exception.ErrorId == "Zoom.User.AlreadyExists")
        {
            // Zoom knows the address although it listed no such user. The look-up says whether it is a pending invitation or
            // another account's, which is a reported skip, or somebody who came since, whom the next run adopts.
            await new UserDirectory(_connection).LookUpAsync(change.UserName, call).ConfigureAwait(false);
            throw;
        }
    });

    private Task RemovalAsync(PersonWork work, ScimCall call) => GuardedAsync(work, async () =>
    {
        // Each removal is confirmed by a direct read: a list may be old, and the person may be an admin by now.
        var change = work.Change;
        var now = await _reader.FindAsync(change.ZoomId!, call).ConfigureAwait(false);
        if (now is null)
        {
            _journal.Write(_journal.Entry(JournalKind.Unlinked, change) with { Message = "gone from Zoom" });
            work.Result = Result(change, ChangeOutcome.NoChange, "gone from Zoom already");
            return;
        }

        if (_rule.Protected.ReasonFor(now.UserName, now) is { } protection)
        {
            work.Result = Result(change, ChangeOutcome.Skipped, protection, now);
            NotDoneEntry(change, work.Result);
            return;
        }

        if (StaleReason(change, now) is { } stale)
        {
            LeaveStale(work, stale, now);
            return;
        }

        if (change.Adopts)
        {
            work.Change = change.Over(now);
            Link(work);
            change = work.Change;
        }

        if (StillTaken(work) is { } taken)
        {
            // An address must not keep a leaver signed in.
            change = change.With(change.Changes.Where(c => c.Attribute != ZoomAttributes.Email).ToList(), $"The address stays as it is: {taken}.");
        }

        if (change.Action == PlanAction.Disable && now.Active == false)
        {
            work.Result = Result(change, ChangeOutcome.NoChange, "deactivated already", now);
            return;
        }

        var executor = new ChangeExecutor(_connection, new JournaledUserClient(_connection.Service.Users, _journal, change.Over(now)), _options.Verify);
        work.Result = await executor.ApplyAsync(change.Over(now), call).ConfigureAwait(false);
    }, conclude: true);

    /// <summary>In a plan that was saved, the user must still be as it was when the plan was made.</summary>
    private async Task<bool> ConfirmAsync(PersonWork work, ScimCall call)
    {
        if (!_options.ConfirmEach)
        {
            return true;
        }

        var change = work.Change;
        if (change.Action == PlanAction.Create)
        {
            if (await new UserDirectory(_connection).LookUpAsync(change.UserName, call).ConfigureAwait(false) is not { } existing)
            {
                return true;
            }

            LeaveStale(work, "changed since the plan was made: the user is in Zoom by now", existing);
            return false;
        }

        var now = await _reader.FindAsync(change.ZoomId!, call).ConfigureAwait(false);
        if (now is not null && _rule.Protected.ReasonFor(now.UserName, now) is { } protection)
        {
            work.Result = Result(change, ChangeOutcome.Skipped, protection, now);
            NotDoneEntry(change, work.Result);
            return false;
        }

        var reason = now is null ? "changed since the plan was made: the user is gone from Zoom" : StaleReason(change, now);
        if (reason is null)
        {
            work.Change = change.Over(now!);
            return true;
        }

        LeaveStale(work, reason, now);
        return false;
    }

    /// <summary>Leaves somebody alone who is not as the plan knew it.</summary>
    private void LeaveStale(PersonWork work, string reason, ScimUser? now)
    {
        work.Result = Result(work.Change, ChangeOutcome.Skipped, reason, now, isStale: true);
        NotDoneEntry(work.Change, work.Result);
    }

    private string? StaleReason(PlannedChange change, ScimUser now)
    {
        if (!string.Equals(now.UserName, change.Current?.UserName, StringComparison.OrdinalIgnoreCase))
        {
            return $"changed since the plan was made: the user is called '{now.UserName}' by now";
        }

        return _options.ConfirmEach && change.Current is { } planned && PlanStaleness.Difference(planned, now) is { } difference
            ? $"changed since the plan was made: {difference}"
            : null;
    }

    private async Task ManagerAsync(PersonWork work, ScimCall call)
    {
        var manager = work.Manager!;
        var user = work.Result!.User!;
        try
        {
            ThrowIfOpen();
            if (!await _managers.HasAsync((string)manager.NewValue!, call).ConfigureAwait(false))
            {
                work.Warnings.Add($"The manager '{manager.NewValue}' is not a user of this Zoom account, so none was set.");
                return;
            }

            var change = work.Change.As(PlanAction.Update, [manager], work.Seen(_journal) ?? user);
            var client = new JournaledUserClient(_connection.Service.Users, _journal, change);
            await client.UpdateAsync(user.Id!, UserDiff.ToBody(change.Changes, user), call).ConfigureAwait(false);
            if (_options.Verify && await _reader.FindAsync(user.Id!, call).ConfigureAwait(false) is { } read)
            {
                work.LaterNotApplied = ChangeExecutor.NotApplied(read, [manager]);
                work.Warnings.AddRange(work.LaterNotApplied.Select(ChangeExecutor.Describe));
            }
        }
        catch (ScimException exception)
        {
            work.Fail(exception, $"the manager '{manager.NewValue}' could not be set");
            Learn(exception);
        }
    }

    /// <summary>Puts people into groups and takes them out, 30 to a request. A group is changed by one request at a time.</summary>
    private async Task GroupsAsync(List<PersonWork> people, ScimCall call)
    {
        var wishes = people
            .Where(w => w.Goes && !w.Change.IsRemoval)
            .SelectMany(w => w.Change.GroupChanges.Select(g => (Work: w, Group: g)))
            .GroupBy(p => (Key: p.Group.GroupId ?? "new " + p.Group.GroupName.ToUpperInvariant(), p.Group.Adds))
            .OrderBy(g => g.Key.Adds ? 1 : 0).ThenBy(g => g.First().Group.GroupName, StringComparer.OrdinalIgnoreCase)
            .ToList();
        var total = wishes.Sum(g => g.Count());
        var done = 0;
        foreach (var wish in wishes)
        {
            var group = wish.First().Group;
            try
            {
                group = await ExistingAsync(group, call).ConfigureAwait(false);
            }
            catch (ScimException exception)
            {
                foreach (var (work, _) in wish)
                {
                    work.Fail(exception, $"the group '{group.GroupName}' could not be created");
                }

                Learn(exception);
                continue;
            }

            foreach (var batch in Batches(wish.Select(w => w.Work).ToList()))
            {
                await MembersAsync(group, batch, call).ConfigureAwait(false);
                done += batch.Count;
                Report("Changing groups", done, total);
            }
        }
    }

    private async Task<GroupChange> ExistingAsync(GroupChange group, ScimCall call)
    {
        if (group.GroupId is not null)
        {
            return group;
        }

        ThrowIfOpen();
        var intent = _journal.Write(_journal.Entry(JournalKind.Intent) with { Request = WriteKind.CreateGroup, GroupName = group.GroupName });
        try
        {
            var created = await _connection.Service.Groups.CreateAsync(group.GroupName, null, call).ConfigureAwait(false);
            _journal.Write(_journal.Entry(JournalKind.Outcome) with { Answers = intent.Number, Request = intent.Request, Outcome = ChangeOutcome.Done, GroupId = created.Id, GroupName = group.GroupName });
            return group with { GroupId = created.Id };
        }
        catch (ScimException exception)
        {
            _journal.Write(Failure(intent, exception));
            throw;
        }
    }

    private async Task MembersAsync(GroupChange group, List<PersonWork> members, ScimCall call)
    {
        var ids = members.Select(w => w.Result!.Id!).ToList();
        JournalEntry? intent = null;
        try
        {
            ThrowIfOpen();
            intent = _journal.Write(_journal.Entry(JournalKind.Intent) with
            {
                Request = group.Adds ? WriteKind.AddToGroup : WriteKind.RemoveFromGroup,
                GroupId = group.GroupId,
                GroupName = group.GroupName,
                Members = ids,
            });
            var observer = new TrackingObserver(call.Observer);
            var watched = new ScimCall(call.Stop, call.Abort, observer);
            await (group.Adds
                ? _connection.Service.Groups.AddMembersAsync(group.GroupId!, ids, watched)
                : _connection.Service.Groups.RemoveMembersAsync(group.GroupId!, ids, watched)).ConfigureAwait(false);
            _journal.Write(_journal.Entry(JournalKind.Outcome) with { Answers = intent.Number, Request = intent.Request, Outcome = ChangeOutcome.Done, GroupId = group.GroupId, GroupName = group.GroupName, TrackingId = observer.TrackingId });
            foreach (var work in members)
            {
                work.Groups.Add(group);
            }
        }
        catch (ScimException exception)
        {
            if (intent is not null)
            {
                _journal.Write(Failure(intent, exception));
            }

            Learn(exception);
            if (members.Count > 1 && JournalOutcome.Of(exception) == ChangeOutcome.Failed && _circuit.OpenedBecause is null)
            {
                // One of them may be the reason; the others must not wait for that one.
                foreach (var work in members)
                {
                    await MembersAsync(group, [work], call).ConfigureAwait(false);
                }

                return;
            }

            foreach (var work in members)
            {
                work.Fail(exception, $"group {group} could not be changed");
            }
        }
    }

    private static IEnumerable<List<PersonWork>> Batches(List<PersonWork> people)
    {
        for (var start = 0; start < people.Count; start += GroupMembership.BatchSize)
        {
            yield return people.GetRange(start, Math.Min(GroupMembership.BatchSize, people.Count - start));
        }
    }

    /// <summary>Runs one person's work; whatever Zoom refuses is that person's result.</summary>
    private async Task GuardedAsync(PersonWork work, Func<Task> action, bool conclude = false)
    {
        try
        {
            ThrowIfOpen();
            await action().ConfigureAwait(false);
            _circuit.Succeeded();
        }
        catch (ScimUserStateException exception) when (exception.ErrorId is "Zoom.User.AdminOrRoomProtected" or "Zoom.User.AdminProtected" or "Zoom.User.RoomProtected" or "Zoom.User.EmailChangeRefused" or "Zoom.User.PendingOrForeign")
        {
            // Whom Zoom protects is a reported skip: no run should end red because of the owner.
            work.Result = Result(work.Change, ChangeOutcome.Skipped, exception.Message, work.Change.Current, exception);
        }
        catch (ScimException exception)
        {
            work.Result = Result(work.Change, JournalOutcome.Of(exception), exception.Message, work.Change.Current, exception);
            Learn(exception);
        }

        if (conclude || !work.Goes)
        {
            Conclude(work.Planned, work.Finish());
        }
    }

    private void Learn(ScimException exception)
    {
        if (exception is not ScimNotSentException)
        {
            Interlocked.Increment(ref _failed);
        }

        _circuit.Failed(exception);
    }

    private void ThrowIfOpen()
    {
        if (_circuit.OpenedBecause is { } reason)
        {
            throw new ScimNotSentException($"Not begun, because the run was stopped: {reason}")
            {
                Category = "OperationStopped",
                RecommendedAction = "Mend what stopped the run, then run the rule again.",
            };
        }
    }

    /// <summary>Notes in the ledger that an existing user is under the rule from now on.</summary>
    private void Link(PersonWork work) => _journal.Write(_journal.Entry(JournalKind.Linked, work.Change) with
    {
        Origin = LedgerOrigin.Adopted,
        After = work.Change.Current is { Detail: UserDetail.Read } current ? current.Attributes : null,
        Message = work.Change.Reason,
    });

    /// <summary>Leaves out what needs a seat that Zoom has said is gone, and the manager, who comes later.</summary>
    /// <returns>What is left to do; null when the person waits as a whole, and has the result for it.</returns>
    private PlannedChange? WithoutTakenSeats(PersonWork work)
    {
        var change = work.Change;
        work.Manager = change.Changes.FirstOrDefault(c => c.Attribute == ZoomAttributes.Manager && c.NewValue is string { Length: > 0 });
        change = change.With(change.Changes.Where(c => c != work.Manager).ToList());
        if (_seats.Exhausted(change.Changes) is not { } seat)
        {
            return change;
        }

        _seats.CountWaiting(seat);
        var others = change.Changes.Where(c => !_seats.IsExhausted(c)).ToList();
        if (change.Action == PlanAction.Create || (others.Count == 0 && change.Action is PlanAction.Update or PlanAction.Adopt))
        {
            work.Result = Result(change, ChangeOutcome.Skipped, $"waits for a {seat}: Zoom has none left", change.Current);
            NotDoneEntry(change, work.Result);
            return null;
        }

        return change.With(others, $"No {seat} is left, so everything else is changed and the licence waits.");
    }

    private void Unlink(IReadOnlyList<ManagedUser> users, string why)
    {
        foreach (var user in users)
        {
            _journal.Write(_journal.Entry(JournalKind.Unlinked) with { UserName = user.UserName, ZoomId = user.ZoomId, Message = why });
        }
    }

    private ChangeResult NotDone(PlannedChange change, bool stopsAll)
    {
        var result = change.Held is { } held ? Result(change, ChangeOutcome.Held, held, change.Current)
            : change.Problem is { } problem ? Result(change, ChangeOutcome.Failed, change.Reason, change.Current, problem)
            : change.Action == PlanAction.NoOp ? Result(change, ChangeOutcome.NoChange, change.Reason, change.Current)
            : change.Action is PlanAction.Blocked or PlanAction.Protected ? Result(change, ChangeOutcome.Skipped, change.Reason, change.Current)
            : Result(change, ChangeOutcome.Held, stopsAll ? "the guard held removals back, and nothing goes on without them (-OnGuard StopAll)" : change.Reason, change.Current);
        if (result.Outcome == ChangeOutcome.NoChange || change.Action == PlanAction.Protected)
        {
            RefreshSeen(change);
        }

        if (result.Outcome != ChangeOutcome.NoChange)
        {
            if (change.Problem is not null)
            {
                Interlocked.Increment(ref _failed);
            }

            NotDoneEntry(change, result);
        }

        return result;
    }

    /// <summary>What was read of a user who needs nothing spares the next run the reading. No request, so no line in the journal.</summary>
    private void RefreshSeen(PlannedChange change)
    {
        if (change.Current is { Id: { } id, Detail: UserDetail.Read } current)
        {
            _journal.With(fold =>
            {
                if (fold.Ledger.Find(id) is { } entry)
                {
                    entry.Seen = current;
                    entry.MustRead = false;
                    if (current.Active == true && !change.Leaves)
                    {
                        // Whoever was activated by others is back too, with the licences of today.
                        entry.IsRemoved = false;
                        entry.ForgetLicenses();
                    }

                    entry.UserName = current.UserName ?? entry.UserName;
                    entry.Anchor = change.Anchor ?? entry.Anchor;
                }

                return true;
            });
        }
    }

    private void NotDoneEntry(PlannedChange change, ChangeResult result) => _journal.Write(_journal.Entry(JournalKind.NotDone, change) with
    {
        Outcome = result.Outcome,
        Message = result.Reason,
        ErrorId = result.Error?.ErrorId,
    });

    private JournalEntry Failure(JournalEntry intent, ScimException exception) => _journal.Entry(JournalKind.Outcome) with
    {
        Answers = intent.Number,
        Request = intent.Request,
        Outcome = JournalOutcome.Of(exception),
        GroupId = intent.GroupId,
        GroupName = intent.GroupName,
        ErrorId = exception.ErrorId,
        Message = exception.ZoomMessage ?? exception.Message,
        TrackingId = exception.TrackingId,
    };

    private static ChangeResult Done(PlannedChange change, ScimUser user) => new(change.UserName, change.Action, ChangeOutcome.Done, change.Reason)
    {
        User = user,
        Changes = change.Changes,
        Source = change.Desired?.Source,
        Warnings = [.. change.Desired?.Warnings ?? [], .. change.Remarks],
        Planned = change,
    };

    private static ChangeResult Result(PlannedChange change, ChangeOutcome outcome, string reason, ScimUser? user = null, ScimException? error = null, bool isStale = false) => new(change.UserName, change.Action, outcome, reason)
    {
        IsStale = isStale,
        User = user,
        Changes = outcome is ChangeOutcome.Failed or ChangeOutcome.Unknown or ChangeOutcome.NotSent ? change.Changes : [],
        Source = change.Desired?.Source,
        Error = error,
        Warnings = [.. change.Desired?.Warnings ?? [], .. change.Remarks],
        Planned = change,
    };

    private void Conclude(IEnumerable<PersonWork> people)
    {
        foreach (var work in people.ToList())
        {
            Conclude(work.Planned, work.Finish());
        }
    }

    private void Conclude(PlannedChange change, ChangeResult result)
    {
        lock (_outputGate)
        {
            result.Planned = change;
            _results.Add(result);
            _options.OnResult?.Invoke(result);
        }
    }

    private void Report(string phase, int done, int total) => _options.OnProgress?.Invoke(new SyncProgress(phase, done, total, Volatile.Read(ref _failed)));
}
