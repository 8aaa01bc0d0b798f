using System;
using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Engine.Http;

// The overloads with Memory are not on .NET Framework, and these are a few bytes.
#pragma warning disable CA1835

namespace ZoomProvisioning.Engine.Connection;

/// <summary>The things the connection test does below HTTP.</summary>
internal interface INetworkProbe
{
    /// <summary>Resolves a name.</summary>
    Task<IPAddress[]> ResolveAsync(string host);

    /// <summary>Opens a connection, with TLS where the address is https, and says what it got.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="proxy">The proxy to go through, or null.</param>
    /// <param name="stop">Ends it.</param>
    Task<Reached> ConnectAsync(Uri address, Uri? proxy, CancellationToken stop);

    /// <summary>The proxy requests to an address go through, or null.</summary>
    Uri? ProxyFor(Uri address);
}

/// <summary>The real network.</summary>
internal sealed class NetworkProbe(ProxyChoice? choice) : INetworkProbe
{
    private const int LongestProxyReply = 16 * 1024;
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(15);

    public Task<IPAddress[]> ResolveAsync(string host) => Dns.GetHostAddressesAsync(host);

    public Uri? ProxyFor(Uri address) => choice?.For(address);

    public async Task<Reached> ConnectAsync(Uri address, Uri? proxy, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(TimeLimit);
        using var client = new TcpClient();

        // Closing the socket is the only way to end these calls on .NET Framework.
        using var cutOff = limit.Token.Register(client.Close);
        try
        {
            var first = proxy ?? address;
            await client.ConnectAsync(first.Host, first.Port).ConfigureAwait(false);
            var endPoint = client.Client.RemoteEndPoint?.ToString() ?? first.Authority;
            if (address.Scheme != Uri.UriSchemeHttps)
            {
                return new Reached(endPoint);
            }

            if (proxy is not null && await TunnelAsync(client.GetStream(), address, proxy).ConfigureAwait(false) is { } note)
            {
                return new Reached(endPoint) { Note = note };
            }

            return await SpeakTlsAsync(client.GetStream(), address.Host, endPoint).ConfigureAwait(false);
        }
        catch (Exception exception) when (limit.IsCancellationRequested && exception is not AuthenticationException)
        {
            stop.ThrowIfCancellationRequested();
            throw new SocketException((int)SocketError.TimedOut);
        }
    }

    private static async Task<Reached> SpeakTlsAsync(Stream socket, string host, string endPoint)
    {
        ServerCertificate? certificate = null;
        using var stream = new SslStream(socket, leaveInnerStreamOpen: true, (_, shown, chain, errors) =>
        {
            certificate = ServerCertificate.Of(shown, chain, errors);
            return errors == SslPolicyErrors.None;
        });
        try
        {
            await stream.AuthenticateAsClientAsync(host).ConfigureAwait(false);
            return new Reached(endPoint) { Tls = Reached.NameOf(stream.SslProtocol), Certificate = certificate };
        }
        catch (AuthenticationException exception) when (certificate?.Trouble is { } trouble)
        {
            // The runtime's words do not say whose certificate it is, and that is what shows an inspecting proxy.
            throw new AuthenticationException($"The {certificate} is not trusted: {trouble}.", exception);
        }
    }

    /// <summary>Asks a proxy for a tunnel (RFC 9110 section 9.3.6). No credentials are sent: the requests of the next step do that.</summary>
    /// <returns>Null when the tunnel stands; otherwise why it was not tried to its end.</returns>
    /// <exception cref="HttpRequestException">The proxy refused.</exception>
    private static async Task<string?> TunnelAsync(Stream socket, Uri address, Uri proxy)
    {
        if (proxy.Scheme != Uri.UriSchemeHttp)
        {
            return $"a proxy of the kind {proxy.Scheme} is not looked through";
        }

        var target = string.Format(CultureInfo.InvariantCulture, "{0}:{1}", address.IdnHost, address.Port);
        var request = Encoding.ASCII.GetBytes($"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n");
        await socket.WriteAsync(request, 0, request.Length).ConfigureAwait(false);
        var status = await ReadStatusLineAsync(socket).ConfigureAwait(false);
        return StatusOf(status) switch
        {
            >= 200 and < 300 => null,
            407 => "the proxy asks for a sign-in, which the next step does",
            _ => throw new HttpRequestException($"The proxy {proxy.Authority} refused the tunnel to {target}: {status}"),
        };
    }

    private static int StatusOf(string line) =>
        line.StartsWith("HTTP/", StringComparison.Ordinal) && line.Split(' ') is { Length: > 1 } parts
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? status : 0;

    /// <summary>Reads a reply's head byte by byte, so that nothing of what follows is taken along, and gives its first line.</summary>
    private static async Task<string> ReadStatusLineAsync(Stream socket)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (head.Length < LongestProxyReply && !EndsWith(head, "\r\n\r\n"))
        {
            if (await socket.ReadAsync(one, 0, 1).ConfigureAwait(false) == 0)
            {
                throw new IOException("The proxy closed the connection.");
            }

            head.Append(one[0] is >= 32 and < 127 or 13 or 10 ? (char)one[0] : '?');
        }

        return VisibleText.OneLine(head.ToString().Split('\r')[0], 200);
    }

    private static bool EndsWith(StringBuilder text, string end) =>
        text.Length >= end.Length && text.ToString(text.Length - end.Length, end.Length) == end;
}
