using System;
using System.Globalization;
using System.Linq;
using System.Net.Http;

namespace ZoomProvisioning.Engine.Http;

/// <summary>
/// Reads a Retry-After header in all three forms there are: seconds and HTTP date (RFC 9110 section 10.2.3), and the ISO 8601
/// date Zoom documents (https://developers.zoom.us/docs/api/rate-limits/).
/// </summary>
internal static class RetryAfter
{
    /// <summary>How long to wait from now; null when the header is absent or unreadable; never negative.</summary>
    public static TimeSpan? Read(HttpResponseMessage response, DateTimeOffset now) =>
        // The typed RetryAfter property drops the ISO form, so the raw text is read.
        response.Headers.TryGetValues("Retry-After", out var values) ? Parse(values.FirstOrDefault(), now) : null;

    /// <inheritdoc cref="Read"/>
    public static TimeSpan? Parse(string? text, DateTimeOffset now)
    {
        text = text?.Trim();
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
        {
            // A century is as good as for ever, and fits a TimeSpan.
            return TimeSpan.FromSeconds(Math.Min(seconds, 100 * 365.0 * 86_400));
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var until)
            ? (until > now ? until - now : TimeSpan.Zero)
            : null;
    }
}
