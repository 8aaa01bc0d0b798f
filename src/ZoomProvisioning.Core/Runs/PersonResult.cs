using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Runs;

/// <summary>Makes the results of a run's people.</summary>
internal static class PersonResult
{
    /// <summary>Somebody who needed no request of their own.</summary>
    public static ChangeResult Done(PlannedChange change, ScimUser user) => new(change.UserName, change.Action, ChangeOutcome.Done, change.Reason)
    {
        User = user,
        Changes = change.Changes,
        Source = change.Desired?.Source,
        Warnings = [.. change.Desired?.Warnings ?? [], .. change.Remarks],
        Planned = change,
    };

    /// <summary>Somebody who was not done.</summary>
    public static ChangeResult Of(
        PlannedChange change, ChangeOutcome outcome, string reason, ScimUser? user = null, ScimException? error = null, bool isStale = false) =>
        new(change.UserName, change.Action, outcome, reason)
        {
            IsStale = isStale,
            User = user,
            Changes = outcome is ChangeOutcome.Failed or ChangeOutcome.Unknown or ChangeOutcome.NotSent ? change.Changes : [],
            Source = change.Desired?.Source,
            Error = error,
            Warnings = [.. change.Desired?.Warnings ?? [], .. change.Remarks],
            Planned = change,
        };

    /// <summary>Somebody about whom the plan does nothing.</summary>
    /// <param name="change">The entry of the plan.</param>
    /// <param name="stopsAll">Whether nothing goes on without what the guard holds back.</param>
    public static ChangeResult NotDone(PlannedChange change, bool stopsAll) =>
        change.Stale is { } stale ? Of(change, ChangeOutcome.Skipped, stale, change.Current, isStale: true)
        : change.Held is { } held ? Of(change, ChangeOutcome.Held, held, change.Current)
        : change.Problem is { } problem ? Of(change, ChangeOutcome.Failed, change.Reason, change.Current, problem)
        : change.Action == PlanAction.NoOp ? Of(change, ChangeOutcome.NoChange, change.Reason, change.Current)
        : change.Action is PlanAction.Blocked or PlanAction.Protected ? Of(change, ChangeOutcome.Skipped, change.Reason, change.Current)
        : Of(
            change,
            ChangeOutcome.Held,
            stopsAll ? "the guard held removals back, and nothing goes on without them (-OnGuard StopAll)" : change.Reason,
            change.Current);
}
