using System;
using System.Linq;
using System.Net.Http;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Engine.Wire;

namespace ZoomProvisioning.Engine.Http;

/// <summary>Zoom's rate-limit headers (https://developers.zoom.us/docs/api/rate-limits/), as far as a reply has them.</summary>
internal readonly struct RateHeaders
{
    /// <summary>The slowest pace a header is believed: one request in ten seconds. Less would be a run that never ends.</summary>
    public const double Slowest = 0.1;

    /// <summary>The fastest pace a header is believed; Zoom's largest plan has 80 a second.</summary>
    public const double Fastest = 1000;

    // Zoom's names. Any other text in these headers is not repeated to anybody: it may be somebody's secret.
    private static readonly string[] Categories = ["Light", "Medium", "Heavy", "Resource-intensive"];
    private static readonly string[] Types = ["QPS", "Daily-limit"];

    private RateHeaders(HttpResponseMessage response)
    {
        var limit = OutsideNumber.Decimal(Text(response, "X-RateLimit-Limit"));
        var left = OutsideNumber.Decimal(Text(response, "X-RateLimit-Remaining"));
        var type = OneOf(Types, Text(response, "X-RateLimit-Type"));
        if (limit is > 0)
        {
            Notice = new RateLimitNotice(
                OneOf(Categories, Text(response, "X-RateLimit-Category")),
                type,
                WholeOf(limit.Value),
                left is { } some ? WholeOf(some) : null);
        }

        // A limit of 6000 without a type may be per day. Only what is said to be per second is taken as that.
        if (type == "QPS")
        {
            // A limit of nothing would say that Zoom is closed, which it would not say in a good reply.
            PerSecondLimit = limit is > 0 ? Math.Min(Math.Max(limit.Value, Slowest), Fastest) : null;
            PerSecondRemaining = left;
        }

        if (OutsideNumber.Decimal(Text(response, "X-RateLimit-Reset")) is { } seconds and > 0 and < 253_402_300_799)
        {
            Reset = DateTimeOffset.FromUnixTimeSeconds((long)seconds);
        }
    }

    /// <summary>Requests per second, between <see cref="Slowest"/> and <see cref="Fastest"/>.</summary>
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

    private static string OneOf(string[] names, string? text) =>
        Array.Find(names, name => string.Equals(name, text, StringComparison.OrdinalIgnoreCase)) ?? "unnamed";

    private static int WholeOf(double number) => number < int.MaxValue ? (int)number : int.MaxValue;
}
