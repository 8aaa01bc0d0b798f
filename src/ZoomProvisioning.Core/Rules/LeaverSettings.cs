namespace ZoomProvisioning.Rules;

/// <summary>
/// The stages of somebody whom the source or the scope no longer has: missed for so long, then deactivated, then, where that is
/// asked for, deleted. Somebody whom the source itself says is not active is deactivated at once.
/// </summary>
public sealed record LeaverSettings
{
    /// <summary>The value of <see cref="TransferTo"/> that stands for each person's own manager.</summary>
    public const string Manager = "manager";

    /// <summary>In how many runs, one after the other, somebody must be missing; null where the rule does not say, which is 1.</summary>
    public int? MissingRuns { get; init; }

    /// <summary>For how many days somebody must be missing.</summary>
    public double MissingDays { get; init; }

    /// <summary>After how many days somebody who was deactivated is deleted; null for never, or, with the remove action Delete, in the next run.</summary>
    public double? DeleteAfterDays { get; init; }

    /// <summary>Who gets the data of somebody to be deleted: an address, or <see cref="Manager"/>; null for nobody.</summary>
    public string? TransferTo { get; init; }

    /// <summary>In how many runs somebody must be missing before anything happens.</summary>
    internal int RunsToMiss => MissingRuns ?? 1;
}
