using System.Collections.Generic;

namespace ZoomProvisioning.Plans;

/// <summary>What became of one group: the output of New-, Set- and Remove-ZoomScimGroup.</summary>
public sealed class GroupResult
{
    internal GroupResult(ChangeResult result)
    {
        Name = result.Group?.DisplayName ?? result.UserName;
        Group = result.Group;
        Action = result.Action;
        Outcome = result.Outcome;
        Reason = result.Reason;
        Warnings = result.Warnings;
    }

    /// <summary>The group's name.</summary>
    public string Name { get; }

    /// <summary>The group's Zoom id; null when there is none yet.</summary>
    public string? Id => Group?.Id;

    /// <summary>What was to be done.</summary>
    public PlanAction Action { get; }

    /// <summary>How it ended.</summary>
    public ChangeOutcome Outcome { get; }

    /// <summary>Why, in words.</summary>
    public string Reason { get; }

    /// <summary>What Zoom accepted but did not apply, in words.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>The group as Zoom answered last; after a deletion as it was before.</summary>
    public ScimGroup? Group { get; }

    /// <summary>The group, the action and the outcome.</summary>
    public override string ToString() => $"{Name}: {Action}, {Outcome}. {Reason}";
}
