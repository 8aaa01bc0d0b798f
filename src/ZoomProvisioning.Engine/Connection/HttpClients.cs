using System;
using System.Linq;
using System.Net.Http;
using System.Threading;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Engine.Auth;
using ZoomProvisioning.Engine.Http;
using ZoomProvisioning.Engine.Wire;

namespace ZoomProvisioning.Engine.Connection;

/// <summary>
/// One connection's two chains of handlers, made by HttpClientFactory: one for SCIM, one for tokens. Both end in the same
/// transport.
/// </summary>
internal sealed class HttpClients : IDisposable
{
    private const string Scim = "scim";
    private const string Token = "token";

    private readonly ServiceProvider _services;
    private readonly IHttpMessageHandlerFactory _handlers;
    private readonly HttpMessageHandler? _ownTransport;

    /// <param name="options">The connection.</param>
    /// <param name="proxy">Its proxy.</param>
    /// <param name="bearer">Makes the handler that signs SCIM requests. It needs the token chain, so it is made when first used.</param>
    /// <param name="pace">What holds SCIM requests back.</param>
    /// <param name="redactor">Cleans what observers see.</param>
    /// <param name="serverClock">Learns the far end's time.</param>
    public HttpClients(EngineOptions options, ProxyChoice proxy, Func<BearerHandler> bearer, Pace pace, Redactor redactor, ServerClock serverClock)
    {
        _ownTransport = options.Transport is null ? SocketTransport.Create(proxy) : null;
        var transport = options.Transport ?? _ownTransport!;

        var services = new ServiceCollection();
        Configure(services.AddHttpClient(Scim), transport)
            .AddHttpMessageHandler(() => new RequestIdHandler())
            .AddHttpMessageHandler(() => new RetryHandler(options))
            .AddHttpMessageHandler(() => new RateGovernorHandler(pace, options.Clock))
            .AddHttpMessageHandler(bearer)
            .AddHttpMessageHandler(() => new WireLogHandler(redactor))
            .AddHttpMessageHandler(() => new SocketHandler(options, serverClock));
        Configure(services.AddHttpClient(Token), transport)
            .AddHttpMessageHandler(() => new RequestIdHandler())
            .AddHttpMessageHandler(() => new RetryHandler(options))
            .AddHttpMessageHandler(() => new WireLogHandler(redactor))
            .AddHttpMessageHandler(() => new SocketHandler(options, serverClock));

        // The factory's own filters add logging, which must not see our headers, and metrics, which fail in a private load
        // context: they hand the framework's socket handler an IMeterFactory from our copy of DiagnosticSource.
        foreach (var filter in services.Where(s => s.ServiceType == typeof(IHttpMessageHandlerBuilderFilter)).ToList())
        {
            services.Remove(filter);
        }

        _services = services.BuildServiceProvider();
        _handlers = _services.GetRequiredService<IHttpMessageHandlerFactory>();
    }

    /// <summary>Makes what sends SCIM requests.</summary>
    public HttpMessageInvoker ScimChain() => new(_handlers.CreateHandler(Scim), disposeHandler: false);

    /// <summary>Makes what sends token requests.</summary>
    public HttpMessageInvoker TokenChain() => new(_handlers.CreateHandler(Token), disposeHandler: false);

    /// <summary>Closes the sockets. A transport that was given belongs to whoever gave it.</summary>
    public void Dispose()
    {
        _services.Dispose();
        _ownTransport?.Dispose();
    }

    private static IHttpClientBuilder Configure(IHttpClientBuilder client, HttpMessageHandler transport) => client
        .ConfigurePrimaryHttpMessageHandler(() => transport)
        // The transport renews its connections by itself; the factory must not replace the chain.
        .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
}
