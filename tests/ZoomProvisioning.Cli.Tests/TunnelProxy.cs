using System;
using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Tasks;

namespace ZoomProvisioning.Cli.Tests;

/// <summary>
/// A forward proxy that wants Basic and gives a tunnel (CONNECT), with TLS inside, whose end is a server of ours: a simulated Zoom, or one
/// that repeats to whoever asks what they sent. The certificates are made for the test and trusted by nobody else.
/// </summary>
internal sealed class TunnelProxy : IDisposable
{
    public const string Host = "zoom.example.test";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate;
    private readonly string _wanted;
    private readonly int? _server;

    /// <param name="user">Whom the proxy knows.</param>
    /// <param name="password">The password.</param>
    /// <param name="server">The port of the server at the end; null for one that repeats what it is sent.</param>
    public TunnelProxy(string user, string password, int? server)
    {
        _wanted = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
        _server = server;
        (_certificate, Authority) = Certificates();
        _listener.Start();
        _ = ListenAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The authority behind the server's certificate, as a file of trusted ones has it.</summary>
    public string Authority { get; }

    /// <summary>What the proxy was asked for, before any tunnel.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public void Dispose()
    {
        _listener.Stop();
        _certificate.Dispose();
    }

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                while (await HeadAsync(stream) is { } head)
                {
                    Asked.Enqueue(head.Split('\r')[0]);
                    var authorization = ValueOf(head, "Proxy-Authorization");
                    if (!head.StartsWith("CONNECT ", StringComparison.Ordinal) || authorization != _wanted)
                    {
                        // It repeats what it was sent, as some do in their error pages.
                        await SendAsync(stream, $"HTTP/1.1 407 No {authorization}\r\nProxy-Authenticate: Basic realm=\"corp\"\r\n"
                            + $"Content-Length: {authorization.Length}\r\n\r\n{authorization}");
                        continue;
                    }

                    await SendAsync(stream, "HTTP/1.1 200 Connection established\r\n\r\n");
                    await using var inside = new SslStream(stream);
                    await inside.AuthenticateAsServerAsync(_certificate);
                    await (_server is { } port ? ForwardAsync(inside, port) : RepeatAsync(inside));
                    return;
                }
            }
            catch (Exception exception) when (exception is IOException or SocketException or System.Security.Authentication.AuthenticationException)
            {
                // The client has left.
            }
        }
    }

    private static async Task ForwardAsync(Stream inside, int port)
    {
        using var server = new TcpClient();
        await server.ConnectAsync(IPAddress.Loopback, port);
        var behind = server.GetStream();
        await Task.WhenAny(inside.CopyToAsync(behind), behind.CopyToAsync(inside));
    }

    /// <summary>Gives a token, and repeats everything else in an error's words and in a tracking id, with what would steer a terminal.</summary>
    private static async Task RepeatAsync(Stream inside)
    {
        while (await HeadAsync(inside) is { } head)
        {
            var body = new byte[int.TryParse(ValueOf(head, "Content-Length"), out var length) ? length : 0];
            await inside.ReadExactlyAsync(body);
            var authorization = ValueOf(head, "Authorization");
            var isToken = head.Contains("/oauth/token", StringComparison.Ordinal);
            var text = isToken
                ? """{"access_token":"the-token-of-this-test-0123456789","token_type":"bearer","expires_in":3599,"scope":"scim2:admin"}"""
                : System.Text.Json.JsonSerializer.Serialize(new { status = 400, detail = $"You sent \u001b[2J{head}\u202E {authorization}" });
            await SendAsync(inside, $"HTTP/1.1 {(isToken ? "200 OK" : "400 Bad Request")}\r\nContent-Type: application/json\r\n"
                + $"x-zm-trackingid: rid={authorization}\u0007\r\nContent-Length: {Encoding.UTF8.GetByteCount(text)}\r\n\r\n{text}");
        }
    }

    private static string ValueOf(string head, string header) => head.Split("\r\n")
        .Where(line => line.StartsWith(header + ":", StringComparison.OrdinalIgnoreCase))
        .Select(line => line[(header.Length + 1)..].Trim())
        .FirstOrDefault() ?? string.Empty;

    private static async Task SendAsync(Stream stream, string text)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text));
        await stream.FlushAsync();
    }

    private static async Task<string?> HeadAsync(Stream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one) == 0)
            {
                return null;
            }

            head.Append((char)one[0]);
        }

        return head.ToString();
    }

    private static (X509Certificate2 Server, string Authority) Certificates()
    {
        var now = DateTimeOffset.UtcNow;
        using var rootKey = RSA.Create(2048);
        var root = new CertificateRequest("CN=Test authority", rootKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        root.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        root.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        using var authority = root.CreateSelfSigned(now.AddDays(-2), now.AddDays(30));

        using var key = RSA.Create(2048);
        var leaf = new CertificateRequest($"CN={Host}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(Host);
        leaf.CertificateExtensions.Add(names.Build());
        leaf.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        using var signed = leaf.Create(authority, now.AddDays(-1), now.AddDays(20), [1, 2, 3, 4]);
        using var whole = signed.CopyWithPrivateKey(key);
        return (X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null), authority.ExportCertificatePem());
    }
}
