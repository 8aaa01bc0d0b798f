using System;

namespace ZoomProvisioning.Pipeline;

/// <summary>How far a run is, at one moment.</summary>
public sealed class ProgressReport
{
    /// <summary>Records finished, well or not.</summary>
    public int Done { get; init; }

    /// <summary>Records that failed.</summary>
    public int Failed { get; init; }

    /// <summary>Records in all; null while the source is still sending.</summary>
    public int? Total { get; init; }

    /// <summary>Records finished per second: lately while the run goes on, over the whole run at its end.</summary>
    public double PerSecond { get; init; }

    /// <summary>How much longer it will take at the pace that Zoom allows now; null while nobody can tell.</summary>
    public TimeSpan? Left { get; init; }

    /// <summary>How long the run has taken so far.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>How much longer a wait will last; zero when nothing is being waited for.</summary>
    public TimeSpan Waiting { get; init; }

    /// <summary>What is being waited for, in a few words, such as Zoom's rate limit; null when nothing is.</summary>
    public string? WaitingFor { get; init; }

    /// <summary>How many requests Zoom has refused during the run because they were too many.</summary>
    public int Throttled { get; init; }

    /// <summary>Whether this is the last word, and the display can go.</summary>
    public bool Finished { get; init; }

    /// <summary>The share done, 0 to 100; null while the total is not known.</summary>
    public int? Percent => Total is > 0 and var total ? (int)Math.Min(100, Done * 100L / total) : null;
}
