using System;
using System.Collections.Generic;

namespace ZoomProvisioning.Contracts;

/// <summary>The pace of an account at one moment.</summary>
public sealed class RateSnapshot
{
    /// <summary>Makes a snapshot.</summary>
    public RateSnapshot(double requestsPerSecond, TimeSpan averageLatency, int throttled, TimeSpan pausedFor)
    {
        RequestsPerSecond = requestsPerSecond;
        AverageLatency = averageLatency;
        Throttled = throttled;
        PausedFor = pausedFor;
    }

    /// <summary>The governor's present allowance for light requests, per second.</summary>
    public double RequestsPerSecond { get; }

    /// <summary>How long a request takes lately, without waiting.</summary>
    public TimeSpan AverageLatency { get; }

    /// <summary>How many 429 replies there were.</summary>
    public int Throttled { get; }

    /// <summary>How much longer Zoom asked everybody to wait; zero when it did not.</summary>
    public TimeSpan PausedFor { get; }

    /// <summary>The limits Zoom named in the headers of its last replies, one for each label; empty when it named none.</summary>
    public IReadOnlyList<RateLimitNotice> Limits { get; init; } = [];

    /// <summary>Why it asked, in a few words, such as its rate limit; null when it did not.</summary>
    public string? PausedBy { get; init; }
}
