
namespace ZoomProvisioning.Runs;

/// <summary>Where a run is.</summary>
/// <param name="Phase">What it does now, such as <c>Listing Zoom</c> or <c>Creating</c>.</param>
/// <param name="Done">How many people or requests of the phase are done.</param>
/// <param name="Total">How many there will be.</param>
/// <param name="Failed">How many have failed so far in the run.</param>
public sealed record SyncProgress(string Phase, int Done, int Total, int Failed);
