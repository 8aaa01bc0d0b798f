using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ZoomProvisioning.Simulator;
using ZoomProvisioning.Simulator.Http;

namespace ZoomProvisioning.Cli.Simulate;

/// <summary>
/// Serves a simulated Zoom account over HTTP on 127.0.0.1 and nowhere else: SCIM and token endpoint, and the control
/// endpoints beside them. It writes nothing to the console.
/// </summary>
public sealed class SimulatorHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SimulatorHost(SimulatedZoom zoom, WebApplication app)
    {
        Zoom = zoom;
        _app = app;
        Address = new Uri(app.Urls.Single());
    }

    /// <summary>The account that is served. It stays its maker's to dispose.</summary>
    public SimulatedZoom Zoom { get; }

    /// <summary>Where the host listens.</summary>
    public Uri Address { get; }

    /// <summary>Base address of the SCIM2 API.</summary>
    public Uri ScimUri => new(Address, "scim2");

    /// <summary>Address of the token endpoint.</summary>
    public Uri TokenUri => new(Address, "oauth/token");

    /// <summary>Starts serving.</summary>
    /// <param name="zoom">The account.</param>
    /// <param name="port">A port, or 0 for any that is free.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<SimulatorHost> StartAsync(SimulatedZoom zoom, int port, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(zoom);

        // The empty builder reads no configuration and no environment, so nothing can make it listen anywhere else or log.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        var app = builder.Build();
        var control = new ControlEndpoints(zoom);
        app.Run(context => ControlEndpoints.Owns(context.Request) ? control.HandleAsync(context) : AnswerAsync(zoom, context));
        try
        {
            await app.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        return new SimulatorHost(zoom, app);
    }

    /// <summary>Stops serving. Replies under way get a moment to end.</summary>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _app.StopAsync(patience.Token).ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task AnswerAsync(SimulatedZoom zoom, HttpContext context)
    {
        // The target as it came over the wire: ASP.NET would decode %2F and friends inside ids.
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var request = new SimulatedRequest(context.Request.Method, target)
        {
            Authorization = NullIfEmpty(context.Request.Headers.Authorization.ToString()),
            ContentType = NullIfEmpty(context.Request.ContentType),
            Body = await ReadAsync(context.Request).ConfigureAwait(false),
        };
        try
        {
            var reply = await zoom.HandleAsync(request, context.RequestAborted).ConfigureAwait(false);
            if (reply.Dropped)
            {
                context.Abort();
                return;
            }

            await WriteAsync(context, reply).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client went away while its reply was held back; nobody is left to answer.
            context.Abort();
        }
    }

    private static async Task WriteAsync(HttpContext context, SimulatedResponse reply)
    {
        var response = context.Response;
        response.StatusCode = reply.Status;
        foreach (var header in reply.Headers)
        {
            response.Headers[header.Key] = header.Value;
        }

        if (reply.Status == StatusCodes.Status204NoContent)
        {
            return;
        }

        response.ContentType = reply.ContentType;
        response.ContentLength = reply.Body.Length;
        await response.Body.WriteAsync(reply.Body, context.RequestAborted).ConfigureAwait(false);
    }

    private static async Task<byte[]> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength is null or 0 && !request.Headers.ContainsKey("Transfer-Encoding"))
        {
            return [];
        }

        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted).ConfigureAwait(false);
        return body.ToArray();
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
