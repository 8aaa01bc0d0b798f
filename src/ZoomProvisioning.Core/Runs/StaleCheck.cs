using System;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Operations;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;

namespace ZoomProvisioning.Runs;

/// <summary>Looks whether a user is still as the plan knows it, and leaves alone whoever is not, or is protected by now.</summary>
internal sealed class StaleCheck(RunScope run)
{
    /// <summary>In a plan that was saved, the user must still be as it was when the plan was made.</summary>
    /// <returns>Whether the work may go on; when not, the person has a result.</returns>
    public async Task<bool> ConfirmAsync(PersonWork work, ScimCall call)
    {
        if (!run.Options.ConfirmEach)
        {
            return true;
        }

        var change = work.Change;
        if (change.Action == PlanAction.Create)
        {
            if (await new UserDirectory(run.Connection).LookUpAsync(change.UserName, call).ConfigureAwait(false) is not { } existing)
            {
                return true;
            }

            LeaveStale(work, "changed since the plan was made: the user is in Zoom by now", existing);
            return false;
        }

        var now = await run.Reader.FindAsync(change.ZoomId!, call).ConfigureAwait(false);
        if (now is null)
        {
            LeaveStale(work, "changed since the plan was made: the user is gone from Zoom", null);
            return false;
        }

        if (!MayGoOn(work, now))
        {
            return false;
        }

        work.Change = change.Over(now);
        return true;
    }

    /// <summary>Whether a user who was just read may be worked on; when not, the person has a result.</summary>
    public bool MayGoOn(PersonWork work, ScimUser now)
    {
        var change = work.Change;
        if (run.Rule.Protected.ReasonFor(now.UserName, now) is { } protection)
        {
            work.Result = PersonResult.Of(change, ChangeOutcome.Skipped, protection, now);
            run.NoteNotDone(change, work.Result);
            return false;
        }

        if (ReasonFor(change, now) is { } stale)
        {
            LeaveStale(work, stale, now);
            return false;
        }

        return true;
    }

    /// <summary>Leaves somebody alone who is not as the plan knew it.</summary>
    public void LeaveStale(PersonWork work, string reason, ScimUser? now)
    {
        work.Result = PersonResult.Of(work.Change, ChangeOutcome.Skipped, reason, now, isStale: true);
        run.NoteNotDone(work.Change, work.Result);
    }

    private string? ReasonFor(PlannedChange change, ScimUser now)
    {
        if (!string.Equals(now.UserName, change.Current?.UserName, StringComparison.OrdinalIgnoreCase))
        {
            return $"changed since the plan was made: the user is called '{now.UserName}' by now";
        }

        return run.Options.ConfirmEach && change.Current is { } planned && PlanStaleness.Difference(planned, now) is { } difference
            ? $"changed since the plan was made: {difference}"
            : null;
    }
}
