using System;
using System.Collections.Generic;

namespace ZoomProvisioning;

/// <summary>How much of a licence is in use, and who waits for it. How many seats there are Zoom does not tell over SCIM.</summary>
/// <param name="License">The licence, as -License takes it.</param>
/// <param name="Kind">UserType, Plan or AddOn.</param>
public sealed record ZoomLicenseUsage(string License, string Kind)
{
    /// <summary>How many active users have it, as far as they were read.</summary>
    public int Assigned { get; init; }

    /// <summary>How many seats were bought; null where nobody said.</summary>
    public int? Total { get; init; }

    /// <summary>How many seats are left; null where nobody said how many there are. Below 0 when more are assigned.</summary>
    public int? Left => Total - Assigned;

    /// <summary>How many people wait for it, by the journals.</summary>
    public int Waiting => WaitingUsers.Count;

    /// <summary>Who waits for it: the user names.</summary>
    public IReadOnlyList<string> WaitingUsers { get; init; } = [];

    /// <summary>When Zoom last refused it to somebody who still waits (UTC); null when nobody does.</summary>
    public DateTimeOffset? RefusedAt { get; init; }

    /// <summary>The licence and the numbers.</summary>
    public override string ToString() => $"{License}: {Assigned}{(Total is { } total ? $" of {total}" : string.Empty)}";
}
