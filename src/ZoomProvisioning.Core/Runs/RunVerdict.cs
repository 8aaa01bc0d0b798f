using System.Linq;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Runs;

/// <summary>
/// Whether a run went well, as far as the next ones have to know. One that was held back waits for somebody to look. One that failed was
/// stopped before anything was done, or Zoom did something else than it was asked for, or nobody at all came right. Whoever is stopped by
/// the network on the way has got on, and whoever is stopped by hand has somebody who looks: that says neither.
/// </summary>
internal static class RunVerdict
{
    /// <summary>True for well, false for held back or failed, null for neither.</summary>
    /// <param name="run">The run.</param>
    /// <param name="byHand">Whether somebody stopped it.</param>
    /// <param name="zoomErred">Whether Zoom did something else than it was asked for.</param>
    public static bool? Of(ProvisioningRun run, bool byHand, bool zoomErred)
    {
        var got = run.Results.Any(r => r.Outcome == ChangeOutcome.Done);
        return zoomErred ? false
            : run.StoppedBecause is not null ? (byHand || got ? null : false)
            : run.Plan.ApprovedPlan is not null && got ? true
            : run.Held > 0 || run.Plan.Guard.Any(f => f.HoldsRemovals) ? false
            : run.Failed == 0 || got || run.Unchanged > 0;
    }
}
