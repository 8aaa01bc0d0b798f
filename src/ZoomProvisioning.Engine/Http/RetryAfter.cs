using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using ZoomProvisioning.Engine.Wire;

namespace ZoomProvisioning.Engine.Http;

/// <summary>
/// Reads a Retry-After header in all three forms there are: seconds and HTTP date (RFC 9110 section 10.2.3), and the ISO 8601
/// date Zoom documents (https://developers.zoom.us/docs/api/rate-limits/).
/// </summary>
internal static class RetryAfter
{
    // As good as for ever, and every sum of times can bear it.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(36_525);

    // The three forms of RFC 9110 section 5.6.7, and ISO 8601 with and without its optional parts. Anything looser takes "1-5" for a date.
    private static readonly string[] Dates =
    [
        "ddd, dd MMM yyyy HH:mm:ss 'GMT'", "dddd, dd-MMM-yy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss yyyy",
        "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd HH:mm:ssK", "yyyyMMdd'T'HHmmssK", "yyyy-MM-dd",
    ];

    /// <summary>How long to wait from now; null when the header is absent or unreadable; never negative, at most a century.</summary>
    public static TimeSpan? Read(HttpResponseMessage response, DateTimeOffset now) =>
        // The typed RetryAfter property drops the ISO form, so the raw text is read.
        response.Headers.TryGetValues("Retry-After", out var values) ? Longer(values.Select(value => Parse(value, now))) : null;

    /// <summary>Reads one header. Where a proxy has joined two into one line, the longer wait is both.</summary>
    public static TimeSpan? Parse(string? text, DateTimeOffset now) =>
        One(text, now) ?? (text is null ? null : Longer(text.Split(',').Select(part => One(part, now))));

    private static TimeSpan? One(string? text, DateTimeOffset now)
    {
        text = text?.Trim();
        if (OutsideNumber.Decimal(text, 0, Longest.TotalSeconds) is { } seconds)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        if (!DateTimeOffset.TryParseExact(
            text, Dates, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowInnerWhite, out var until))
        {
            return null;
        }

        var wait = until - now;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait > Longest ? Longest : wait;
    }

    private static TimeSpan? Longer(IEnumerable<TimeSpan?> waits) => waits.Max();
}
