using System.Collections.Generic;

namespace ZoomProvisioning.Reconcile;

/// <summary>What is to be done with one user, and why.</summary>
public sealed class PlannedChange
{
    /// <summary>Makes a planned change.</summary>
    public PlannedChange(PlanAction action, string userName, string reason)
    {
        Action = action;
        UserName = userName;
        Reason = reason;
    }

    /// <summary>What is to be done.</summary>
    public PlanAction Action { get; }

    /// <summary>The user's sign-in name: the present one, or the one to be.</summary>
    public string UserName { get; }

    /// <summary>Why, in words.</summary>
    public string Reason { get; }

    /// <summary>The attributes that change.</summary>
    public IReadOnlyList<AttributeChange> Changes { get; init; } = [];

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
    internal PlannedChange With(IReadOnlyList<AttributeChange> changes, string? remark = null) => new(Action, UserName, Reason)
    {
        Changes = changes,
        Current = Current,
        Desired = Desired,
        Remarks = remark is null ? Remarks : [.. Remarks, remark],
    };

    /// <summary>What the admin should know about how it was decided.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>The action and the user.</summary>
    public override string ToString() => $"{Action} {UserName}: {Reason}";
}
