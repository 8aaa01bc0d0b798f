using System;

namespace ZoomProvisioning;

/// <summary>A failed reply, as read off the wire, before anybody judged it.</summary>
public sealed class ZoomErrorReply
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; init; }

    /// <summary>Zoom's words: SCIM's <c>detail</c>, the gateway's <c>message</c>, OAuth's <c>reason</c>, or the start of an unreadable body.</summary>
    public string Text { get; init; } = string.Empty;

    /// <summary>The gateway's <c>code</c> or OAuth's <c>error</c>.</summary>
    public string? Code { get; init; }

    /// <summary>Whether the body was JSON; HTML pages come from the edge in front of Zoom.</summary>
    public bool IsJson { get; init; } = true;

    /// <summary>Whether the token endpoint answered, not SCIM.</summary>
    public bool FromTokenEndpoint { get; init; }

    /// <summary>GET, POST, PUT, PATCH or DELETE.</summary>
    public string Method { get; init; } = string.Empty;

    /// <summary>Users, Groups or GroupMembers (by the v2 API): the resource the request was for.</summary>
    public string Resource { get; init; } = "Users";

    /// <summary>Zoom's <c>x-zm-trackingid</c>.</summary>
    public string? TrackingId { get; init; }

    /// <summary>How long Zoom asked to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
