using System;

namespace ZoomProvisioning.Contracts;

/// <summary>A request that a simulated Zoom account received. The Authorization header is never kept, nor any secret.</summary>
public sealed class SimulatorRequest
{
    /// <summary>Its number since the account began, from 1.</summary>
    public long Number { get; init; }

    /// <summary>When it came.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>GET, POST, PUT, PATCH or DELETE.</summary>
    public string Method { get; init; } = string.Empty;

    /// <summary>The path as sent, percent-encoded.</summary>
    public string Path { get; init; } = string.Empty;

    /// <summary>The query as sent, without its question mark; empty when there was none.</summary>
    public string Query { get; init; } = string.Empty;

    /// <summary>The HTTP status of the reply; 0 when the connection was broken instead.</summary>
    public int Status { get; init; }

    /// <summary>The fault that struck; null when none did.</summary>
    public string? Fault { get; init; }

    /// <summary>The tracking id of the reply.</summary>
    public string TrackingId { get; init; } = string.Empty;

    /// <summary>The content type as sent; null when there was none.</summary>
    public string? ContentType { get; init; }

    /// <summary>The body as sent; empty when there was none.</summary>
    public string Body { get; init; } = string.Empty;

    /// <summary>Method, path and status.</summary>
    public override string ToString() => $"{Method} {Path}{(Query.Length == 0 ? string.Empty : "?" + Query)} {Status}";
}
