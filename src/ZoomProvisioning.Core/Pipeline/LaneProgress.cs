using System;

namespace ZoomProvisioning.Pipeline;

/// <summary>How far a lane is.</summary>
public sealed class LaneProgress
{
    /// <summary>Records finished.</summary>
    public int Done { get; init; }

    /// <summary>Records that failed.</summary>
    public int Failed { get; init; }

    /// <summary>Records in all; null while the source is still sending.</summary>
    public int? Total { get; init; }

    /// <summary>Records finished per second since the start.</summary>
    public double PerSecond { get; init; }

    /// <summary>How much longer it will take at this pace; null while nobody can tell.</summary>
    public TimeSpan? Left { get; init; }

    /// <summary>What is being waited for, such as Zoom's rate limit; null when nothing is.</summary>
    public string? Waiting { get; init; }

    /// <summary>Whether this is the last word, and the display can go.</summary>
    public bool Finished { get; init; }
}
