using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;

namespace ZoomProvisioning.Plans;

/// <summary>What is to be done with one user, and why. Two of them are the same only when they are one.</summary>
public sealed record PlannedChange
{
    /// <summary>Makes a planned change.</summary>
    public PlannedChange(PlanAction action, string userName, string reason)
    {
        Action = action;
        UserName = userName;
        Reason = reason;
    }

    /// <summary>What is to be done.</summary>
    public PlanAction Action { get; init; }

    /// <summary>The user's sign-in name: the present one, or the one to be.</summary>
    public string UserName { get; init; }

    /// <summary>Why, in words.</summary>
    public string Reason { get; init; }

    /// <summary>The attributes that change.</summary>
    public IReadOnlyList<AttributeChange> Changes { get; init; } = [];

    /// <summary>The groups the user is to be put into or taken out of.</summary>
    public IReadOnlyList<GroupChange> GroupChanges { get; init; } = [];

    /// <summary>What the ledger said of the person when the plan was made; null when it did not know the person.</summary>
    public string? LedgerState { get; init; }

    /// <summary>Why an entry of a saved plan is not carried out any more; null when it is.</summary>
    internal string? Stale { get; init; }

    /// <summary>Why the guard holds this back; null when it does not.</summary>
    public string? Held { get; init; }

    /// <summary>Whether the user is taken under the rule by this change, being in Zoom already.</summary>
    public bool Adopts { get; init; }

    /// <summary>Whether the person has left the source or the rule's scope.</summary>
    public bool Leaves { get; init; }

    /// <summary>What comes next for somebody who leaves in stages, and when, in words; null when nothing does.</summary>
    public string? Next { get; init; }

    /// <summary>Why, and what comes next.</summary>
    internal string ReasonAndNext => Next is null ? Reason : $"{Reason}; {Next}";

    /// <summary>Whether a view should show it: something is or would be to be done, or will be.</summary>
    internal bool IsWorthShowing => Action != PlanAction.NoOp || Next is not null;

    /// <summary>Why the rule leaves the person alone on purpose; null when it does not. Such an entry counts for nothing.</summary>
    public string? Exception { get; init; }

    /// <summary>Who changed whether the user is active, for a change of that, as far as the ledger tells.</summary>
    public ChangeCause ActiveCause { get; init; }

    /// <summary>What somebody changed in Zoom by hand and this change sets back, or would.</summary>
    internal IEnumerable<AttributeChange> ByHand
    {
        get
        {
            var attributes = Changes.Where(c => c.Cause is ChangeCause.ZoomChanged or ChangeCause.BothChanged);
            var wanted = Action == PlanAction.Reactivate;
            return ActiveCause == ChangeCause.ZoomChanged
                ? attributes.Prepend(new AttributeChange(ZoomAttributes.Active, !wanted, wanted, oldIsKnown: true)
                {
                    Cause = ActiveCause,
                    LedgerValue = wanted,
                })
                : attributes;
        }
    }

    /// <summary>The error of a source record that cannot be used; null when this is no such record.</summary>
    public ScimException? Problem { get; init; }

    /// <summary>The source's own key of the person; null where there is none.</summary>
    public string? Anchor { get; init; }

    /// <summary>The Zoom id; null for a user to be created.</summary>
    public string? ZoomId => Current?.Id;

    /// <summary>By what an approval knows the person: the Zoom id, or the address of somebody to be created.</summary>
    internal string Key => ZoomId ?? UserName;

    /// <summary>What of the wish is not in Zoom and is not sent either, in words.</summary>
    internal IReadOnlyList<string> Unmet { get; init; } = [];

    /// <summary>Whether it is about Zoom at all: the rest is looked at, left alone, or noted in the ledger.</summary>
    internal bool IsAboutZoom => Action is not (PlanAction.NoOp or PlanAction.Relink or PlanAction.Blocked or PlanAction.Protected);

    /// <summary>Whether carrying it out writes to Zoom.</summary>
    public bool Writes => Held is null && Stale is null && IsAboutZoom
        && (Action != PlanAction.Adopt || Changes.Count > 0 || GroupChanges.Count > 0);

    /// <summary>Whether it takes somebody's access away.</summary>
    public bool IsRemoval => Action is PlanAction.Disable or PlanAction.Delete;

    /// <summary>The user as Zoom has it; null when there is none.</summary>
    public ScimUser? Current { get; init; }

    /// <summary>What the source wants; null for a plain removal.</summary>
    public DesiredUser? Desired { get; init; }

    /// <summary>The name to show in a prompt, with the person's own name where it is known.</summary>
    public string FriendlyName
    {
        get
        {
            var person = Current?.DisplayName ?? Desired?.Values.DisplayName
                ?? $"{Desired?.Values.GivenName} {Desired?.Values.FamilyName}".Trim();
            return string.IsNullOrEmpty(person) || person == UserName ? UserName : $"{person} <{UserName}>";
        }
    }

    /// <summary>The same with other changes, and with a remark for the admin.</summary>
    internal PlannedChange With(IReadOnlyList<AttributeChange> changes, string? remark = null) =>
        this with { Changes = changes, Remarks = remark is null ? Remarks : [.. Remarks, remark] };

    /// <summary>The same person, left alone on purpose.</summary>
    internal PlannedChange LeftAlone(string reason) =>
        new(Action == PlanAction.Blocked ? Action : PlanAction.Protected, UserName, Action == PlanAction.Blocked ? $"{reason} ({Reason})" : reason)
        {
            Leaves = Leaves,
            Problem = Problem,
            Anchor = Anchor,
            Current = Current,
            Desired = Desired,
            Remarks = Remarks,
            Exception = reason,
        };

    /// <summary>The same, held back by the guard.</summary>
    internal PlannedChange HeldBack(string? reason) => this with { Held = reason };

    /// <summary>The same, over the user as Zoom has it now.</summary>
    internal PlannedChange Over(ScimUser current) => this with { Current = current };

    /// <summary>The same person, another action.</summary>
    internal PlannedChange As(PlanAction action, IReadOnlyList<AttributeChange> changes, ScimUser current) =>
        this with { Action = action, Changes = changes, Current = current };

    /// <summary>What the admin should know about how it was decided.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>Whether it is this very entry: a plan may hold two that say the same.</summary>
    public bool Equals(PlannedChange? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

    /// <summary>The action and the user.</summary>
    public override string ToString() => $"{Action} {UserName}: {Reason}";
}
