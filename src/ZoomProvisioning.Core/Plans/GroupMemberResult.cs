using System.Collections.Generic;

namespace ZoomProvisioning.Plans;

/// <summary>What became of one member: the output of Add- and Remove-ZoomScimGroupMember.</summary>
public sealed class GroupMemberResult
{
    internal GroupMemberResult(ChangeResult result)
    {
        Group = result.Group?.ToString() ?? string.Empty;
        GroupId = result.Group?.Id;
        UserName = result.UserName;
        Id = result.MemberId ?? result.User?.Id;
        Outcome = result.Outcome;
        Reason = result.Reason;
        User = result.User;
        Source = result.Source;
        Warnings = result.Warnings;
    }

    /// <summary>The group's name.</summary>
    public string Group { get; }

    /// <summary>The group's Zoom id.</summary>
    public string? GroupId { get; }

    /// <summary>The member's sign-in name, or what it was called by where that is not known.</summary>
    public string UserName { get; }

    /// <summary>The member's Zoom id.</summary>
    public string? Id { get; }

    /// <summary>How it ended.</summary>
    public ChangeOutcome Outcome { get; }

    /// <summary>Why, in words.</summary>
    public string Reason { get; }

    /// <summary>What is worth a look, in words.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>The member as Zoom showed it; null when it was not looked up.</summary>
    public ScimUser? User { get; }

    /// <summary>The source record.</summary>
    public object? Source { get; }

    /// <summary>The member, the group and the outcome.</summary>
    public override string ToString() => $"{UserName} in {Group}: {Outcome}. {Reason}";
}
