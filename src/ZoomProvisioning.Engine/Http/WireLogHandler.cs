using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Engine.Wire;

namespace ZoomProvisioning.Engine.Http;

/// <summary>
/// Tells the call's observer what is sent and received. Header values are shown by an allow-list, so that a header nobody
/// thought of is hidden and not shown; whatever text remains goes through the <see cref="Redactor"/> as well.
/// </summary>
internal sealed class WireLogHandler(Redactor redactor) : DelegatingHandler
{
    // A full page of users is longer; the beginning shows what matters.
    private const int LongestBody = 16_384;
    private const int LongestHeader = 500;

    private static readonly HashSet<string> Shown = new(StringComparer.OrdinalIgnoreCase)
    {
        "Accept", "Content-Type", "Content-Length", "Date", "Retry-After", "Server", "User-Agent", "X-Request-Id",
        "X-RateLimit-Category", "X-RateLimit-Type", "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset",
        Wire.TrackingId.HeaderName,
    };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var state = RequestState.Of(request);
        if (state.Call.Observer is not { } observer || state.Call.Stop.IsCancellationRequested)
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        var line = $"[{state.RequestId}] {request.Method} {Place(request.RequestUri!)}";
        observer.OnWire(new WireEvent(WireEventKind.Sending, redactor.Clean(line))
        {
            Detail = await DetailAsync(observer, line, request.Headers, request.Content, state.ShowBodies).ConfigureAwait(false),
        });
        try
        {
            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            var status = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture) + " "
                + redactor.Shown(response.ReasonPhrase ?? string.Empty, LongestHeader);
            observer.OnWire(new WireEvent(WireEventKind.Received, redactor.Clean($"{line}: {status}, {Milliseconds(state.LastExchange)}"))
            {
                Detail = await DetailAsync(
                    observer, $"[{state.RequestId}] {status}", response.Headers, response.Content, state.ShowBodies).ConfigureAwait(false),
                Status = (int)response.StatusCode,
                TrackingId = Wire.TrackingId.Of(response, redactor),
                Duration = state.LastExchange,
            });
            return response;
        }
        catch (Exception exception)
        {
            observer.OnWire(new WireEvent(WireEventKind.Failed, $"{redactor.Clean(line)}: no reply, {redactor.Shown(exception.Message, LongestHeader)}")
            {
                Duration = state.LastExchange,
            });
            throw;
        }
    }

    private static string Place(Uri uri) => uri.GetComponents(UriComponents.PathAndQuery, UriFormat.UriEscaped);

    private static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture) + " ms";

    /// <summary>The request or reply in full; null when nobody would read it, for it is most of the work.</summary>
    private async Task<string?> DetailAsync(IWireObserver observer, string line, HttpHeaders headers, HttpContent? content, bool showBody)
    {
        if (!observer.WantsDetail)
        {
            return null;
        }

        var text = new StringBuilder(redactor.Clean(line));
        foreach (var header in headers.Concat(content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>()))
        {
            text.Append('\n').Append(redactor.Shown(header.Key, LongestHeader)).Append(": ")
                .Append(Shown.Contains(header.Key) ? redactor.Shown(string.Join(", ", header.Value), LongestHeader) : "(hidden)");
        }

        // Contents are in memory already, on both ways.
        var body = content is null ? [] : await content.ReadAsByteArrayAsync().ConfigureAwait(false);
        if (body.Length > 0)
        {
            text.Append("\n\n").Append(showBody ? Start(body) : "(body hidden: it has to do with a token)");
        }

        return text.ToString();
    }

    /// <summary>The beginning of a body. It is cleaned with something to spare, so that no secret is cut in two at the end.</summary>
    private string Start(byte[] body)
    {
        var start = redactor.Clean(Encoding.UTF8.GetString(body, 0, Math.Min(body.Length, LongestBody + Redactor.LongestSecret)));
        return VisibleText.Of(start.Length > LongestBody ? start.Substring(0, LongestBody) : start);
    }
}
