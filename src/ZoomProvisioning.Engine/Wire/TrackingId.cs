using System.Linq;
using System.Net.Http;

namespace ZoomProvisioning.Engine.Wire;

/// <summary>Zoom's number of a request, which its support asks for.</summary>
internal static class TrackingId
{
    public const string HeaderName = "x-zm-trackingid";

    // Zoom's are some 80 characters long.
    private const int Longest = 200;

    /// <summary>The number in a reply, or null. It is repeated in errors, logs and journals, so it is cleaned as any other text from outside.</summary>
    public static string? Of(HttpResponseMessage response, Redactor redactor) =>
        response.Headers.TryGetValues(HeaderName, out var values) && values.FirstOrDefault() is { Length: > 0 } value ? redactor.Shown(value, Longest) : null;
}
