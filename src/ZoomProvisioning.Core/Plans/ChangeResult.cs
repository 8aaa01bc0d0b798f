using System.Collections.Generic;
using System.Linq;

namespace ZoomProvisioning.Plans;

/// <summary>How the work on one user ended.</summary>
public enum ChangeOutcome
{
    /// <summary>Done.</summary>
    Done,

    /// <summary>Nothing had to be done.</summary>
    NoChange,

    /// <summary>Something was asked for but left out, for the reason given.</summary>
    Skipped,

    /// <summary>Held back by the guard; it is done when it is approved.</summary>
    Held,

    /// <summary>Zoom refused, or it could not be done.</summary>
    Failed,

    /// <summary>Stopped before anything was sent: nothing happened in Zoom.</summary>
    NotSent,

    /// <summary>Stopped after sending and before the reply: look in Zoom before repeating.</summary>
    Unknown,
}

/// <summary>What became of one user: the output of New-, Set- and Remove-ZoomScimUser.</summary>
public sealed class ChangeResult
{
    /// <summary>Makes a result.</summary>
    public ChangeResult(string userName, PlanAction action, ChangeOutcome outcome, string reason)
    {
        UserName = userName;
        Action = action;
        Outcome = outcome;
        Reason = reason;
    }

    /// <summary>The user's sign-in name.</summary>
    public string UserName { get; }

    /// <summary>The user's Zoom id; null when there is none yet.</summary>
    public string? Id => User?.Id;

    /// <summary>What was to be done.</summary>
    public PlanAction Action { get; }

    /// <summary>How it ended.</summary>
    public ChangeOutcome Outcome { get; }

    /// <summary>Why, in words.</summary>
    public string Reason { get; }

    /// <summary>What became of it, in words: <c>created</c>, <c>Department: Sales → Legal</c>; where nothing was done, why.</summary>
    public string Summary => Outcome != ChangeOutcome.Done ? Reason : Action switch
    {
        PlanAction.Create => "created",
        PlanAction.Disable => With("deactivated"),
        PlanAction.Delete => With("deleted"),
        PlanAction.Reactivate => With("activated"),
        PlanAction.Update or PlanAction.Adopt or PlanAction.Relink when Changes.Count > 0 => Differences,
        _ => Reason,
    };

    private string With(string done) => Differences is { Length: > 0 } differences ? $"{done}; {differences}" : done;

    private string Differences => string.Join("; ", Changes.Where(c => !c.IsSentAlong).Select(c => c.InBrief));

    /// <summary>The attributes changed.</summary>
    public IReadOnlyList<AttributeChange> Changes { get; init; } = [];

    /// <summary>The memberships changed.</summary>
    public IReadOnlyList<GroupChange> GroupChanges { get; init; } = [];

    /// <summary>Whether it was left undone because Zoom is no longer as the plan knew it. It is to be planned again.</summary>
    public bool IsStale { get; init; }

    /// <summary>What Zoom accepted but, by its own reply or by a read afterwards, did not apply.</summary>
    public IReadOnlyList<AttributeChange> NotApplied { get; init; } = [];

    /// <summary>What of the wish is not in Zoom although the rest was done, in words: a licence that waits for a seat, a manager who is no user.</summary>
    public IReadOnlyList<string> Unmet { get; init; } = [];

    /// <summary>Whether a read afterwards showed all that Zoom tells as it was sent; null when there was none (-Verify).</summary>
    public bool? Verified { get; init; }

    /// <summary>What Zoom accepted but did not apply, and other things worth a look, in words.</summary>
    public IReadOnlyList<string> Warnings { get; internal set; } = [];

    /// <summary>The user as Zoom answered last; after a deletion as it was before.</summary>
    public ScimUser? User { get; init; }

    /// <summary>The group that was changed, or whose member this is about; null when it is about the user itself.</summary>
    internal ScimGroup? Group { get; init; }

    /// <summary>The member's Zoom id, where the user was not read.</summary>
    internal string? MemberId { get; init; }

    /// <summary>The source record.</summary>
    public object? Source { get; init; }

    /// <summary>The entry of the plan this is the result of; null for a command without a plan.</summary>
    internal PlannedChange? Planned { get; set; }

    /// <summary>The error of a failed change.</summary>
    public ScimException? Error { get; init; }

    /// <summary>The user, the action and the outcome.</summary>
    public override string ToString() => $"{UserName}: {Action}, {Outcome}. {Reason}";
}
