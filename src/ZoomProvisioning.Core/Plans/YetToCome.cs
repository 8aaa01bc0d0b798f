using System;

namespace ZoomProvisioning.Plans;

/// <summary>
/// A time that is yet to come, by this machine's clock: the clock was ahead then, or was set back since, and nobody knows how long ago
/// it really was.
/// </summary>
internal static class YetToCome
{
    /// <summary>By so much the clocks of two computers may differ.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromHours(1);

    /// <summary>Whether a time is yet to come.</summary>
    public static bool Is(DateTimeOffset at, DateTimeOffset now) => at - now > Tolerance;
}
