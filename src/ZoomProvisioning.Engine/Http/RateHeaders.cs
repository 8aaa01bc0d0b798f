using System;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Engine.Http;

/// <summary>Zoom's rate-limit headers (https://developers.zoom.us/docs/api/rate-limits/), as far as a reply has them.</summary>
internal readonly struct RateHeaders
{
    private RateHeaders(HttpResponseMessage response)
    {
        if (Number(response, "X-RateLimit-Limit") is { } most and > 0 and <= int.MaxValue)
        {
            var left = Number(response, "X-RateLimit-Remaining");
            Notice = new RateLimitNotice(
                Text(response, "X-RateLimit-Category") ?? "unnamed",
                Text(response, "X-RateLimit-Type") ?? "unnamed",
                (int)most,
                left is >= 0 and <= int.MaxValue ? (int)left : null);
        }

        // A limit of 6000 without a type may be per day. Only what is said to be per second is taken as that.
        if (string.Equals(Text(response, "X-RateLimit-Type"), "QPS", StringComparison.OrdinalIgnoreCase))
        {
            PerSecondLimit = Number(response, "X-RateLimit-Limit");
            PerSecondRemaining = Number(response, "X-RateLimit-Remaining");
        }

        if (Number(response, "X-RateLimit-Reset") is { } seconds and > 0 and < 253_402_300_799)
        {
            Reset = DateTimeOffset.FromUnixTimeSeconds((long)seconds);
        }
    }

    /// <summary>Requests per second.</summary>
    public double? PerSecondLimit { get; }

    /// <summary>Requests left of the running second.</summary>
    public double? PerSecondRemaining { get; }

    /// <summary>When the count starts afresh.</summary>
    public DateTimeOffset? Reset { get; }

    /// <summary>All of it as Zoom said it, for people.</summary>
    public RateLimitNotice? Notice { get; }

    public static RateHeaders Of(HttpResponseMessage response) => new(response);

    private static string? Text(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault()?.Trim() : null;

    private static double? Number(HttpResponseMessage response, string name) =>
        double.TryParse(Text(response, name), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
}
