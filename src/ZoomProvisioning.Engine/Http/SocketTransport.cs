#if !NETFRAMEWORK
using System;
#endif
using System.Net;
using System.Net.Http;

namespace ZoomProvisioning.Engine.Http;

/// <summary>Makes the handler that opens sockets, with the settings each framework needs.</summary>
internal static class SocketTransport
{
    // Above what the fastest plan can keep in flight (80 requests a second, each taking under a second).
    private const int MostConnections = 64;

    /// <summary>Makes the handler.</summary>
    public static HttpMessageHandler Create(ProxyChoice proxy)
    {
#if NETFRAMEWORK
        // Windows PowerShell on an older Windows may not offer TLS 1.2. The setting is the whole process's: it is only ever
        // added to, and left alone where the system decides.
        if (ServicePointManager.SecurityProtocol != SecurityProtocolType.SystemDefault)
        {
            ServicePointManager.SecurityProtocol |= SecurityProtocolType.Tls12;
        }

        var handler = new HttpClientHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            DefaultProxyCredentials = proxy.SystemsCredentials,
            MaxConnectionsPerServer = MostConnections,
            UseCookies = false,
        };
        if (proxy.Proxy is { } chosen)
        {
            handler.Proxy = chosen;
        }

        return handler;
#else
        var handler = new SocketsHttpHandler
        {
            // A redirect would carry the bearer token to wherever it points. Zoom's API has none.
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            ConnectTimeout = TimeSpan.FromSeconds(15),

            DefaultProxyCredentials = proxy.SystemsCredentials,
            MaxConnectionsPerServer = MostConnections,
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),

            // So that a long run notices when Zoom's addresses change.
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),

            // Zoom's cookies would tie all requests to one of its servers.
            UseCookies = false,
        };
        if (proxy.Proxy is { } chosen)
        {
            handler.Proxy = chosen;
        }

        return handler;
#endif
    }
}
