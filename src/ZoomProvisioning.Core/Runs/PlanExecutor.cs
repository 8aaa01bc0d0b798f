using System;
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
/// Carries out a rule's plan: who comes back first, then creates, updates, managers, groups, and removals last; where seats are needed,
/// those who free them come before all. One write at a time for each person, each in the journal before it is sent; a person who fails
/// never stops the others, and whatever happens each entry of the plan has a result.
/// </summary>
internal sealed class PlanExecutor
{
    private readonly RunScope _run;
    private readonly PersonWrites _people;
    private readonly GroupWrites _groups;
    private readonly object _outputGate = new();
    private readonly Dictionary<PlannedChange, ChangeResult> _results = [];

    public PlanExecutor(ZoomScimConnection connection, ProvisioningRule rule, RunJournal journal, PlanExecutorOptions options)
    {
        _run = new RunScope(connection, rule, journal, options);
        _people = new PersonWrites(_run);
        _groups = new GroupWrites(_run);
    }

    /// <summary>Why the run did not come to its end; null when it did.</summary>
    public string? StoppedBecause => _run.Circuit.OpenedBecause
        ?? (_run.Watch.Findings is { Count: > 0 } findings
            ? $"Zoom did something else than it was asked for, and nothing more of that kind was sent. {string.Join(" ", findings)}"
            : null);

    /// <summary>Whether Zoom did something else than it was asked for.</summary>
    public bool ZoomErred => _run.Watch.Findings.Count > 0;

    /// <summary>What to tell about seats that ran out.</summary>
    public IReadOnlyList<string> Notes => _run.Seats.Report();

    /// <summary>Carries out the plan. What was done is told whatever becomes of the rest.</summary>
    /// <returns>One result for each entry of the plan, in the plan's order.</returns>
    public async Task<IReadOnlyList<ChangeResult>> ApplyAsync(SyncPlan plan, ScimCall call)
    {
        var stopsAll = _run.Options.OnGuard == OnGuard.StopAll && plan.Held.Count > 0;
        var writing = plan.Changes.Where(c => Acts(c, stopsAll)).Select(c => new PersonWork(c)).ToList();
        try
        {
            Unlink(plan.Gone, "gone from Zoom");
            Unlink(plan.Released, "managed by another rule");
            foreach (var change in plan.Changes.Where(c => !Acts(c, stopsAll)))
            {
                Conclude(change, change is { Action: PlanAction.Relink, Held: null } && !stopsAll ? Relink(change) : NotDone(change, stopsAll));
            }

            await WriteAsync(writing, call).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _run.Circuit.Open(OutcomeOf.AsScim(exception, "The run"));
        }

        Conclude(writing.Where(w => !_results.ContainsKey(w.Planned)));
        foreach (var change in plan.Changes.Where(c => !_results.ContainsKey(c)))
        {
            Conclude(change, PersonResult.Of(change, ChangeOutcome.NotSent, $"Not begun, because the run was stopped: {StoppedBecause}", change.Current));
        }

        // A list, because scripts ask it for its Count.
        return plan.Changes.Select(c => _results[c]).ToList();
    }

    private static bool Acts(PlannedChange change, bool stopsAll) =>
        change.Held is null && change.Stale is null && !stopsAll && change.IsAboutZoom;

    private async Task WriteAsync(List<PersonWork> writing, ScimCall call)
    {
        FindWhoWaits(writing);
        Task Change(PersonWork work) => _people.ChangeAsync(work, call);
        Task SetManager(PersonWork work) => _people.SetManagerAsync(work, call);
        var freeing = FreesSeats(writing);
        await PhaseAsync("Freeing licences", freeing.Where(w => !w.Change.IsRemoval), Change, WriteKind.Update).ConfigureAwait(false);
        await PhaseAsync("Freeing licences", freeing.Where(w => w.Change.IsRemoval), w => RemoveAsync(w, call), WriteKind.Deactivate).ConfigureAwait(false);
        var rest = writing.Where(w => !freeing.Contains(w)).ToList();
        await PhaseAsync("Reactivating", rest.Where(w => w.Change.Action == PlanAction.Reactivate), Change, WriteKind.Activate).ConfigureAwait(false);
        await PhaseAsync("Creating", rest.Where(w => w.Change.Action == PlanAction.Create), Change, WriteKind.Create).ConfigureAwait(false);
        await PhaseAsync(
            "Updating",
            rest.Where(w => w.Change.Action is PlanAction.Adopt or PlanAction.Update or PlanAction.ChangeGroups),
            Change,
            WriteKind.Update).ConfigureAwait(false);
        Conclude(writing.Where(w => w is { Result: not null, Goes: false }));
        // A manager who is deactivated gets a new name only then, so whoever has that manager comes after it.
        var late = new HashSet<string>(
            writing.Where(w => w.Change.Action == PlanAction.Disable).Select(w => AddressOrder.NewAddress(w.Change)).OfType<string>(),
            StringComparer.OrdinalIgnoreCase);
        bool ComesLate(PersonWork work) => work.Manager is { NewValue: string manager } && late.Contains(manager);
        await PhaseAsync(
            "Setting managers",
            writing.Where(w => w.Manager is not null && w.Goes && !ComesLate(w)),
            SetManager,
            WriteKind.Update).ConfigureAwait(false);
        await _groups.ChangeAsync(writing, call).ConfigureAwait(false);
        var waiting = writing.Where(w => w.Goes && !w.Change.IsRemoval && ComesLate(w)).ToList();
        Conclude(writing.Where(w => w.Goes && !w.Change.IsRemoval).Except(waiting));
        await PhaseAsync(
            "Deactivating",
            rest.Where(w => w.Change.Action == PlanAction.Disable),
            w => RemoveAsync(w, call),
            WriteKind.Deactivate).ConfigureAwait(false);
        await PhaseAsync("Setting managers", waiting, SetManager, WriteKind.Update).ConfigureAwait(false);
        Conclude(waiting);
        await PhaseAsync(
            "Deleting",
            writing.Where(w => w.Change.Action == PlanAction.Delete),
            w => RemoveAsync(w, call),
            WriteKind.Update).ConfigureAwait(false);
    }

    /// <summary>
    /// Who gives up a seat goes first when others need one. Whose address or groups hang together with somebody else's keeps the usual
    /// order, and nobody is deleted for a seat.
    /// </summary>
    private static HashSet<PersonWork> FreesSeats(List<PersonWork> writing)
    {
        if (!writing.Exists(w => w.Change.Changes.Any(c => c.GivesSeat)))
        {
            return [];
        }

        // A manager is set while the manager is still there.
        var managers = new HashSet<string>(
            writing.SelectMany(w => w.Change.Changes).Where(c => c.Attribute == ZoomAttributes.Manager).Select(c => c.NewValue).OfType<string>(),
            StringComparer.OrdinalIgnoreCase);
        return [.. writing.Where(w => w.WaitsFor is null && w.Change switch
        {
            { Action: PlanAction.Update or PlanAction.Adopt } change => change.Changes.Any(c => c.TakesSeat) && !change.Changes.Any(c => c.GivesSeat),
            { Action: PlanAction.Disable } change =>
                change.Changes.Count == 0 && change.GroupChanges.Count == 0 && !managers.Contains(change.UserName)
                && SeatNeed.PaidOf(change.Current).Count > 0,
            _ => false,
        })];
    }

    private async Task RemoveAsync(PersonWork work, ScimCall call)
    {
        await _people.RemoveAsync(work, call).ConfigureAwait(false);
        Conclude(work.Planned, work.Finish());
    }

    private async Task PhaseAsync(string name, IEnumerable<PersonWork> people, Func<PersonWork, Task> work, WriteKind kind)
    {
        var list = people.ToList();
        var done = 0;
        if (list.Count == 0)
        {
            return;
        }

        _run.Report(name, 0, list.Count);
        foreach (var wave in AddressOrder.Waves(list, w => w.WaitsFor))
        {
            var rest = wave.ToList();
            if (rest.Count > 1 && _run.Watch.AwaitsFirst(kind))
            {
                // The first one goes alone, and tells most when it has most to lose.
                var first = rest.OrderByDescending(Witnesses).First();
                rest.Remove(first);
                await OneAsync(first).ConfigureAwait(false);
            }

            await ParallelWork.ForEachAsync(rest, _run.Options.Concurrency, OneAsync).ConfigureAwait(false);
        }

        async Task OneAsync(PersonWork person)
        {
            await work(person).ConfigureAwait(false);
            if (person.Result is not null && !person.Goes)
            {
                Conclude(person.Planned, person.Finish());
            }

            _run.Report(name, Interlocked.Increment(ref done), list.Count);
        }
    }

    /// <summary>How much would show a loss. Whoever has lost something before goes first: nobody else is to be hurt to find out.</summary>
    private int Witnesses(PersonWork work) =>
        work.Change.Current is not { Id: { } id } current ? 0
        : _run.Journal.With(fold => fold.Ledger.Find(id)?.HasLicensesBefore == true && work.Change.Action != PlanAction.Reactivate) ? int.MaxValue
        : ReplyCheck.Witnesses(current, current, work.Change.Changes, UserDiff.ToBody(work.Change.Changes, current));

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

    private void Unlink(IReadOnlyList<ManagedUser> users, string why)
    {
        foreach (var user in users)
        {
            _run.Journal.Write(_run.Journal.Entry(JournalKind.Unlinked) with { UserName = user.UserName, ZoomId = user.ZoomId, Message = why });
        }
    }

    /// <summary>Notes a new anchor in the ledger; Zoom does not know of anchors.</summary>
    private ChangeResult Relink(PlannedChange change)
    {
        _run.Journal.Write(_run.Journal.Entry(JournalKind.Relinked, change) with { Message = change.Reason });
        return PersonResult.Done(change, change.Current!);
    }

    private ChangeResult NotDone(PlannedChange change, bool stopsAll)
    {
        var result = PersonResult.NotDone(change, stopsAll);
        if (result.Outcome == ChangeOutcome.NoChange || change.Action == PlanAction.Protected)
        {
            RefreshSeen(change);
        }

        if (result.Outcome != ChangeOutcome.NoChange)
        {
            if (change.Problem is not null)
            {
                _run.CountFailure();
            }

            _run.NoteNotDone(change, result);
        }

        return result;
    }

    /// <summary>What was read of a user who needs nothing spares the next run the reading. No request, so no line in the journal.</summary>
    private void RefreshSeen(PlannedChange change)
    {
        if (change.Current is { Id: { } id, Detail: UserDetail.Read } current)
        {
            _run.Journal.With(fold =>
            {
                if (fold.Ledger.Find(id) is { } entry)
                {
                    entry.DeactivatedByOthers = current.Active == false && (entry.DeactivatedByOthers || entry.Seen?.Active == true);
                    if (current.Active == false)
                    {
                        HeldLicenses.KeepSeen(entry);
                    }

                    entry.See(current);
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

    private void Conclude(IEnumerable<PersonWork> people)
    {
        foreach (var work in people.Where(w => w.Result is not null).ToList())
        {
            Conclude(work.Planned, work.Finish());
        }
    }

    /// <summary>Tells a result, once. Whoever listens and fails does not end the run.</summary>
    private void Conclude(PlannedChange change, ChangeResult result)
    {
        lock (_outputGate)
        {
            if (_results.ContainsKey(change))
            {
                return;
            }

            result.Planned = change;
            _results[change] = result;
            try
            {
                _run.Options.OnResult?.Invoke(result);
            }
            catch (Exception exception)
            {
                _run.Circuit.Open(OutcomeOf.AsScim(exception, change.UserName));
            }
        }
    }
}
