using System;
using System.Linq;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Operations;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Runs;

/// <summary>What is written to Zoom for one person of a plan: state and attributes, the manager, the removal.</summary>
internal sealed class PersonWrites(RunScope run)
{
    private readonly StaleCheck _stale = new(run);

    /// <summary>What a person needs before managers and groups: the state and the attributes.</summary>
    public Task ChangeAsync(PersonWork work, ScimCall call) => GuardedAsync(work, call, async () =>
    {
        if (StillTaken(work) is { } taken)
        {
            _stale.LeaveStale(work, taken, work.Change.Current);
            return;
        }

        if (!await _stale.ConfirmAsync(work, call).ConfigureAwait(false))
        {
            return;
        }

        if (work.Change.Adopts)
        {
            Link(work);
        }

        if (WithoutTakenSeats(work) is not { } change)
        {
            return;
        }

        if (change.Action == PlanAction.ChangeGroups || (change.Changes.Count == 0 && change.Action is PlanAction.Adopt or PlanAction.Update))
        {
            work.Result = PersonResult.Done(change, change.Current!);
            return;
        }

        try
        {
            work.Result = await run.ExecutorFor(change).ApplyAsync(change, call).ConfigureAwait(false);
        }
        catch (ScimSeatsException exception)
        {
            run.Seats.Learn(exception, change.Changes);
            throw;
        }
        catch (ScimConflictException exception) when (change.Action == PlanAction.Create && exception.ErrorId == "Zoom.User.AlreadyExists")
        {
            // Zoom knows the address although it listed no such user. The look-up says whether it is a pending invitation or
            // another account's, which is a reported skip, or somebody who came since, whom the next run adopts.
            await new UserDirectory(run.Connection).LookUpAsync(change.UserName, call).ConfigureAwait(false);
            throw;
        }
    });

    /// <summary>Sets a manager, when everybody is there who may be one.</summary>
    public async Task SetManagerAsync(PersonWork work, ScimCall call)
    {
        var manager = work.Manager!;
        var user = work.Result!.User!;
        try
        {
            run.ThrowIfStopped(call);
            var change = work.Change.As(PlanAction.Update, [manager], work.Seen(run.Journal) ?? user);
            var (unset, notApplied) = await run.Managers.SetAsync(run.ExecutorFor(change), change, user, call).ConfigureAwait(false);
            if (unset is not null)
            {
                work.Miss(unset);
                return;
            }

            work.Verifies = run.Options.Verify;
            work.LaterNotApplied = [.. notApplied];
            work.Warnings.AddRange(work.LaterNotApplied.Select(ReplyCheck.Describe));
        }
        catch (Exception exception)
        {
            var error = OutcomeOf.AsScim(exception, work.Change.UserName);
            work.Fail(error, $"the manager '{manager.NewValue}' could not be set");
            run.Learn(error);
        }

        run.LearnOfJournal();
    }

    /// <summary>Deactivates or deletes somebody.</summary>
    public Task RemoveAsync(PersonWork work, ScimCall call) => GuardedAsync(work, call, async () =>
    {
        // Each removal is confirmed by a direct read: a list may be old, and the person may be an admin by now.
        var change = work.Change;
        var now = await run.Reader.FindAsync(change.ZoomId!, call).ConfigureAwait(false);
        if (now is null)
        {
            // The list of this very run has the user. One read that does not may be a copy that lags behind, and whom the rule let go of
            // on its word would stay signed in for good; when it is true, the next list says so.
            _stale.LeaveStale(work, "changed since the plan was made: Zoom listed the user, and now says that there is no such user", null);
            return;
        }

        if (!_stale.MayGoOn(work, now))
        {
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
            work.Result = PersonResult.Of(change, ChangeOutcome.NoChange, "deactivated already", now);
            return;
        }

        change = change.Over(now);
        work.Result = await run.ExecutorFor(change).ApplyAsync(change, call).ConfigureAwait(false);
    });

    /// <summary>Why somebody cannot be renamed yet: whoever has the address was not renamed. Null when it is free.</summary>
    private static string? StillTaken(PersonWork work) => work.WaitsFor is { Goes: false } giver
        ? $"'{giver.Change.UserName}' still has the address '{AddressOrder.NewAddress(work.Change)}', because it was not changed"
        : null;

    /// <summary>Runs one person's work; whatever ends it is that person's result, and never another's.</summary>
    private async Task GuardedAsync(PersonWork work, ScimCall call, Func<Task> action)
    {
        try
        {
            run.ThrowIfStopped(call);
            await action().ConfigureAwait(false);
            run.Circuit.Succeeded();
        }
        catch (Exception exception) when (OutcomeOf.IsReportedSkip(exception))
        {
            // Whom Zoom protects is a reported skip: no run should end red because of the owner.
            work.Result = PersonResult.Of(work.Change, ChangeOutcome.Skipped, exception.Message, work.Change.Current, (ScimException)exception);
        }
        catch (Exception exception)
        {
            var error = OutcomeOf.AsScim(exception, work.Change.UserName);
            work.Result = PersonResult.Of(work.Change, OutcomeOf.Error(exception), error.Message, work.Change.Current, error);
            run.Learn(error);
        }

        run.LearnOfJournal();
        if (run.Journal.Failure is { } failure && work.Result is { Outcome: ChangeOutcome.Done })
        {
            work.Warnings.Add($"It was done, and may not be written down: {failure.Message}");
        }
    }

    /// <summary>Notes in the ledger that an existing user is under the rule from now on.</summary>
    private void Link(PersonWork work) => run.Journal.Write(run.Journal.Entry(JournalKind.Linked, work.Change) with
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
        var (left, waitsFor) = run.Seats.Reduce(change);
        if (waitsFor is not null)
        {
            work.Result = PersonResult.Of(change, ChangeOutcome.Skipped, waitsFor, change.Current);
            run.NoteNotDone(change, work.Result);
            return null;
        }

        work.Unmet.AddRange(left.Remarks.Skip(change.Remarks.Count));
        return left;
    }
}
