using System;
using System.Collections.Generic;
using System.Globalization;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Reports;

/// <summary>What the pages call things and say about them.</summary>
internal static class PageWords
{
    /// <summary>The actions in the order they are listed in: who loses something first, because that is what is signed for.</summary>
    public static readonly PlanAction[] Order =
    [
        PlanAction.Delete, PlanAction.Disable, PlanAction.Create, PlanAction.Reactivate, PlanAction.Adopt, PlanAction.Update,
        PlanAction.ChangeGroups, PlanAction.Relink, PlanAction.Blocked, PlanAction.Protected, PlanAction.NoOp,
    ];

    /// <summary>An action.</summary>
    public static string Of(PlanAction action) => action switch
    {
        PlanAction.NoOp => "No change",
        PlanAction.ChangeGroups => "Change groups",
        _ => action.ToString(),
    };

    /// <summary>What is counted of an action.</summary>
    public static string ToBeDone(PlanAction action) => action switch
    {
        PlanAction.Blocked => "blocked",
        PlanAction.Protected => "protected",
        PlanAction.NoOp => "unchanged",
        PlanAction.ChangeGroups => "to change groups",
        _ => "to " + action.ToString().ToLowerInvariant(),
    };

    /// <summary>How a change ended.</summary>
    public static string Of(ChangeOutcome outcome) => outcome switch
    {
        ChangeOutcome.NoChange => "nothing to do",
        ChangeOutcome.NotSent => "not sent",
        ChangeOutcome.Unknown => "not known",
        _ => outcome.ToString().ToLowerInvariant(),
    };

    /// <summary>Who changed something; null when nobody knows.</summary>
    public static string? Of(ChangeCause cause) => cause switch
    {
        ChangeCause.SourceChanged => "source changed",
        ChangeCause.ZoomChanged => "changed in Zoom by hand",
        ChangeCause.BothChanged => "changed in both",
        _ => null,
    };

    /// <summary>What there is to say about a planned change beside its reason.</summary>
    public static IEnumerable<string> Remarks(PlannedChange change) => [.. change.Remarks, .. change.Desired?.Warnings ?? [], .. Advice(change.Problem)];

    /// <summary>What to do about an error, where it says so.</summary>
    public static IEnumerable<string> Advice(ScimException? error) => error is { RecommendedAction.Length: > 0 } ? [error.RecommendedAction] : [];

    /// <summary>The colour of an action, by the meaning it has in the style sheet.</summary>
    public static string Tone(PlanAction action) => action switch
    {
        PlanAction.Delete or PlanAction.Disable => "bad",
        PlanAction.Create or PlanAction.Reactivate => "good",
        PlanAction.Blocked => "warn",
        PlanAction.Protected or PlanAction.NoOp => "plain",
        _ => "info",
    };

    /// <summary>A number in the user's culture.</summary>
    public static string Number(int number) => number.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>A number for programs.</summary>
    public static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number of things: <c>1 person</c>, <c>1,200 people</c>.</summary>
    public static string Count(int number, string one, string many) => Counted.Of(number, one, many);

    /// <summary>How long something took, as in the run's own line.</summary>
    public static string Of(TimeSpan duration) => duration.TotalSeconds < 60
        ? string.Format(CultureInfo.CurrentCulture, "{0:N1} s", duration.TotalSeconds)
        : string.Format(CultureInfo.CurrentCulture, "{0:N0}:{1:00}:{2:00}", Math.Floor(duration.TotalHours), duration.Minutes, duration.Seconds);
}
