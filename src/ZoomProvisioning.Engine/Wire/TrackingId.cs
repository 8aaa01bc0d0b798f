using System.Linq;
using System.Net.Http;

namespace ZoomProvisioning.Engine.Wire;

/// <summary>Zoom's number of a request, which its support asks for.</summary>
internal static class TrackingId
{
    public const string HeaderName = "x-zm-trackingid";

    /// <summary>The number in a reply, or null.</summary>
    public static string? Of(HttpResponseMessage response) =>
        response.Headers.TryGetValues(HeaderName, out var values) ? values.FirstOrDefault() : null;
}
