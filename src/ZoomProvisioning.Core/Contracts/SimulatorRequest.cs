using System;

namespace ZoomProvisioning.Contracts;

/// <summary>A request that a simulated Zoom account received. The Authorization header is never kept, nor any secret.</summary>
/// <param name="Number">Its number since the account began, from 1.</param>
/// <param name="Time">When it came.</param>
/// <param name="Method">GET, POST, PUT, PATCH or DELETE.</param>
/// <param name="Path">The path as sent, percent-encoded.</param>
/// <param name="Query">The query as sent, without its question mark; empty when there was none.</param>
/// <param name="Status">The HTTP status of the reply; 0 when the connection was broken instead.</param>
/// <param name="Fault">The fault that struck; null when none did.</param>
/// <param name="TrackingId">The tracking id of the reply.</param>
/// <param name="ContentType">The content type as sent; null when there was none.</param>
/// <param name="Body">The body as sent; empty when there was none.</param>
public sealed record SimulatorRequest(
    long Number,
    DateTimeOffset Time,
    string Method,
    string Path,
    string Query,
    int Status,
    string? Fault,
    string TrackingId,
    string? ContentType,
    string Body)
{
    /// <summary>Method, path and status.</summary>
    public override string ToString() => $"{Method} {Path}{(Query.Length == 0 ? string.Empty : "?" + Query)} {Status}";
}
