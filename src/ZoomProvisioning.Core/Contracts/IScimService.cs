using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace ZoomProvisioning.Contracts;

/// <summary>One Zoom account over SCIM2. Safe to use from many threads at once.</summary>
public interface IScimService : IDisposable
{
    /// <summary>The account's users.</summary>
    IScimUserClient Users { get; }

    /// <summary>The account's groups.</summary>
    IScimGroupClient Groups { get; }

    /// <summary>The pace in force.</summary>
    RateSnapshot Rate { get; }

    /// <summary>The scopes of the current token; empty before the first one and when Zoom does not name them.</summary>
    IReadOnlyList<string> Scopes { get; }

    /// <summary>How far this machine's clock is ahead of Zoom's (negative: behind), by Zoom's last reply; null when none told.</summary>
    TimeSpan? ClockAhead { get; }

    /// <summary>
    /// Tries the connection step by step: name resolution, TCP and TLS, token, scopes, first SCIM read.
    /// Never throws for a failing step; a step after a failed one is skipped.
    /// </summary>
    Task<IReadOnlyList<ConnectionTestStep>> TestAsync(ScimCall call);
}
