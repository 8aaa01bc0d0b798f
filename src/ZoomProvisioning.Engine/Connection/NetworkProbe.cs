using System;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Threading;
using System.Threading.Tasks;

namespace ZoomProvisioning.Engine.Connection;

/// <summary>The two things the connection test does below HTTP.</summary>
internal interface INetworkProbe
{
    /// <summary>Resolves a name.</summary>
    Task<IPAddress[]> ResolveAsync(string host);

    /// <summary>Opens a connection, with TLS when asked, and says in words what it got.</summary>
    Task<string> ConnectAsync(string host, int port, bool tls, CancellationToken stop);

    /// <summary>The proxy requests to an address go through, or null.</summary>
    Uri? ProxyFor(Uri address);
}

/// <summary>The real network.</summary>
internal sealed class NetworkProbe(Uri? proxy) : INetworkProbe
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(15);

    public Task<IPAddress[]> ResolveAsync(string host) => Dns.GetHostAddressesAsync(host);

    public Uri? ProxyFor(Uri address)
    {
        if (proxy is not null)
        {
            return proxy;
        }

#if NETFRAMEWORK
        var system = WebRequest.DefaultWebProxy;
#else
        var system = System.Net.Http.HttpClient.DefaultProxy;
#endif
        return system is null || system.IsBypassed(address) || system.GetProxy(address) is not { } found || found == address ? null : found;
    }

    public async Task<string> ConnectAsync(string host, int port, bool tls, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(TimeLimit);
        using var client = new TcpClient();

        // Closing the socket is the only way to end these calls on .NET Framework.
        using var cutOff = limit.Token.Register(client.Close);
        try
        {
            await client.ConnectAsync(host, port).ConfigureAwait(false);
            if (!tls)
            {
                return string.Format(CultureInfo.InvariantCulture, "Connected to {0} port {1}.", host, port);
            }

            using var stream = new SslStream(client.GetStream());
            await stream.AuthenticateAsClientAsync(host).ConfigureAwait(false);
            return string.Format(
                CultureInfo.InvariantCulture,
                "Connected to {0} port {1} with {2}; certificate issued by {3}.",
                host,
                port,
                stream.SslProtocol,
                stream.RemoteCertificate?.Issuer);
        }
        catch (Exception exception) when (limit.IsCancellationRequested && exception is not AuthenticationException)
        {
            stop.ThrowIfCancellationRequested();
            throw new SocketException((int)SocketError.TimedOut);
        }
    }
}
