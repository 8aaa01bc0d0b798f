using System;
using System.Globalization;
using System.Linq;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Reconcile;

/// <summary>
/// Whether the clock of this machine can be believed. By it the guard knows what a day is, how old a source is, whose account has
/// expired, and since when somebody is missing.
/// </summary>
internal static class ClockCheck
{
    /// <summary>What there is to say of it; null when nothing is.</summary>
    public static GuardFinding? Finding(PlanInput input) =>
        Wrong(input) is { } wrong ? new(GuardCheck.WrongClock, HoldsRemovals: true, wrong)
        : SetBack(input) is { } setBack ? new(GuardCheck.ClockSetBack, HoldsRemovals: false, setBack)
        : null;

    /// <summary>What is wrong with the clock now, as sentences; null when it says what Zoom's says, or nobody knows what that says.</summary>
    private static string? Wrong(PlanInput input) =>
        input.ClockAhead is not { } ahead || ahead.Duration() < YetToCome.Tolerance ? null : string.Format(
            CultureInfo.CurrentCulture,
            "The clock of this machine says {0:u}, {1} {2} Zoom's. By the clock a rule knows whose account has expired, how old a source is and "
                + "what a day may have, so nobody gets or loses anything by this run. Set the clock (w32tm /resync, timedatectl set-ntp true).",
            input.Now.UtcDateTime,
            Words(ahead),
            ahead > TimeSpan.Zero ? "ahead of" : "behind");

    /// <summary>That the clock was set back since the run before, as sentences; null when it was not.</summary>
    private static string? SetBack(PlanInput input) => input.SetBackBy <= TimeSpan.Zero ? null : string.Format(
        CultureInfo.CurrentCulture,
        "The clock of this machine says {0:u}, {1} before the last line of the journal, so it was set back since, or was ahead then. No time is "
            + "taken to have passed meanwhile: whoever waits to be removed waits so much longer, and what a day may have is counted on.",
        input.Now.UtcDateTime,
        Words(input.SetBackBy));

    /// <summary>Whether a change takes something away or opens a door.</summary>
    public static bool Concerns(PlannedChange change) => GuardedChanges.KindsOf(change).Any(k => k != GuardKind.Update);

    private static string Words(TimeSpan time) =>
        time.Duration() is var so && so < TimeSpan.FromHours(2) ? Counted.Of((long)so.TotalMinutes, "minute", "minutes")
        : so < TimeSpan.FromDays(2) ? Counted.Of((long)so.TotalHours, "hour", "hours")
        : Counted.Of((long)so.TotalDays, "day", "days");
}
