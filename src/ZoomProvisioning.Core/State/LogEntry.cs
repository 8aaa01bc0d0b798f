using System.Collections.Generic;

namespace ZoomProvisioning.State;

/// <summary>
/// A line of a run's log file, as <see cref="IStateFactory.ToJson(LogEntry)"/> writes it: a member that has no value is left out,
/// and the order is the one here.
/// </summary>
/// <param name="At">When it was written (UTC), in ISO 8601 with fractions of a second.</param>
/// <param name="Level">How much it matters: <c>info</c>, <c>warning</c> or <c>error</c>.</param>
/// <param name="Event">What it tells: <c>plan</c>, <c>result</c>, <c>end</c>, <c>notification</c> or <c>error</c>.</param>
public sealed record LogEntry(string At, string Level, string Event)
{
    /// <summary>The rule's name.</summary>
    public string? Rule { get; init; }

    /// <summary>The account (see <see cref="AccountKey"/>).</summary>
    public string? Account { get; init; }

    /// <summary>The run (<see cref="Runs.ProvisioningRun.RunId"/>).</summary>
    public string? RunId { get; init; }

    /// <summary>The plan (<see cref="Plans.SyncPlan.Id"/>).</summary>
    public string? PlanId { get; init; }

    /// <summary>The person's user name.</summary>
    public string? UserName { get; init; }

    /// <summary>Zoom's id of the person.</summary>
    public string? ZoomId { get; init; }

    /// <summary>What was to be done with the person (<see cref="Plans.ChangeResult.Action"/>).</summary>
    public string? Action { get; init; }

    /// <summary>What became of it, or of the run.</summary>
    public string? Outcome { get; init; }

    /// <summary>Why, in words.</summary>
    public string? Reason { get; init; }

    /// <summary>The names of the attributes that were changed.</summary>
    public IReadOnlyList<string>? Changes { get; init; }

    /// <summary>The memberships that were changed, in words.</summary>
    public IReadOnlyList<string>? Groups { get; init; }

    /// <summary>What to look at.</summary>
    public IReadOnlyList<string>? Warnings { get; init; }

    /// <summary>Whether anything was to be written to Zoom.</summary>
    public bool? Applied { get; init; }

    /// <summary>The plan or the run in a sentence.</summary>
    public string? Summary { get; init; }

    /// <summary>What the guard found, a sentence each.</summary>
    public IReadOnlyList<string>? Guard { get; init; }

    /// <summary>Why the run ended early.</summary>
    public string? StoppedBecause { get; init; }

    /// <summary>What needs attention, a sentence for each reason.</summary>
    public IReadOnlyList<string>? Attention { get; init; }

    /// <summary>What else the run has to say.</summary>
    public IReadOnlyList<string>? Notes { get; init; }

    /// <summary>How long the run took, in milliseconds.</summary>
    public long? Milliseconds { get; init; }

    /// <summary>The error's id.</summary>
    public string? ErrorId { get; init; }

    /// <summary>The error in words.</summary>
    public string? Message { get; init; }

    /// <summary>What to do about the error.</summary>
    public string? Advice { get; init; }

    /// <summary>Zoom's tracking id of the reply.</summary>
    public string? TrackingId { get; init; }
}
