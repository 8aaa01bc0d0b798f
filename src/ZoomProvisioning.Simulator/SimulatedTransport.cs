using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Simulator.Http;

namespace ZoomProvisioning.Simulator;

/// <summary>The bottom of an HttpClient that has no socket: hands requests to the simulator in process.</summary>
internal sealed class SimulatedTransport(SimulatedZoom zoom) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var simulated = new SimulatedRequest(request.Method.Method, request.RequestUri!.PathAndQuery)
        {
            Authorization = request.Headers.Authorization?.ToString(),
            ContentType = request.Content?.Headers.ContentType?.ToString(),
            Body = request.Content is null ? [] : await ReadAsync(request.Content, cancellationToken).ConfigureAwait(false),
        };
        var reply = await zoom.HandleAsync(simulated, cancellationToken).ConfigureAwait(false);
        if (reply.Dropped)
        {
            // What a socket says when the other side breaks the connection.
            throw new HttpRequestException("An error occurred while sending the request.", new IOException("The response ended prematurely."));
        }

        var message = new HttpResponseMessage((HttpStatusCode)reply.Status)
        {
            RequestMessage = request,
            Version = new Version(1, 1),
            Content = new ByteArrayContent(reply.Body),
        };
        if (reply.ContentType is not null)
        {
            message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(reply.ContentType);
        }

        foreach (var header in reply.Headers)
        {
            message.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        // Every web server says when it answers.
        message.Headers.Date ??= zoom.Now;
        return message;
    }

    private static Task<byte[]> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
#if NET
        return content.ReadAsByteArrayAsync(cancellationToken);
#else
        // .NET Framework cannot stop in the middle of reading.
        cancellationToken.ThrowIfCancellationRequested();
        return content.ReadAsByteArrayAsync();
#endif
    }
}
