using System;

namespace ZoomProvisioning.Engine.Wire;

/// <summary>A reply, read to its end.</summary>
internal sealed class Reply
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    public int Status { get; init; }

    public string ReasonPhrase { get; init; } = string.Empty;

    public byte[] Body { get; init; } = [];

    /// <summary>What the body says, where it was read on the way; null where not.</summary>
    public ScimObject? Parsed { get; init; }

    /// <summary>The media type without parameters, or null.</summary>
    public string? MediaType { get; init; }

    /// <summary>Where a redirect points.</summary>
    public Uri? Location { get; init; }

    public string? TrackingId { get; init; }

    /// <summary>How long Zoom asked to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether an attempt of this request may have been carried out without saying so.</summary>
    public bool OutcomeOpen { get; init; }

    public bool IsSuccess => Status is >= 200 and < 300;

    public bool IsEmpty => Json.IsEmpty;

    /// <summary>The body without the byte order mark that some servers put in front.</summary>
    public ReadOnlySpan<byte> Json => Body.AsSpan().StartsWith(ByteOrderMark) ? Body.AsSpan(ByteOrderMark.Length) : Body;

    /// <summary>Whether the body claims to be JSON. A missing claim is not held against it.</summary>
    public bool ClaimsJson => MediaType is null || MediaType.EndsWith("json", StringComparison.OrdinalIgnoreCase);
}
