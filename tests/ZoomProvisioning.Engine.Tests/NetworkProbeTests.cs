using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Net.Sockets;
#if !NETFRAMEWORK
using System.Security.Authentication;
using System.Security.Cryptography;
#endif
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Engine.Connection;

// The overloads with Memory are not on .NET Framework.
#pragma warning disable CA1835

namespace ZoomProvisioning.Engine.Tests;

/// <summary>Certificates made for the tests.</summary>
internal static class Certificates
{
    /// <summary>Valid until the second of January 2030.</summary>
    public static ServerCertificate Words { get; } = Make();

    private static ServerCertificate Make()
    {
        // The public half only, written down: not every runtime of these tests can make certificates.
#pragma warning disable SYSLIB0057 // Its successor is not on .NET Framework.
        using var certificate = new X509Certificate2(Convert.FromBase64String(PublicHalf));
#pragma warning restore SYSLIB0057
        return ServerCertificate.Of(certificate, null, SslPolicyErrors.None)!;
    }

    private const string PublicHalf =
        "MIIBBTCBrAIBATAKBggqhkjOPQQDAjAPMQ0wCwYDVQQDDAR0ZXN0MB4XDTIwMDEwMTAwMDAwMFoXDTMwMDEwMjAwMDAwMFowDzENMAsGA1UEAwwEdGVzdDBZ"
        + "MBMGByqGSM49AgEGCCqGSM49AwEHA0IABKROVqm8jWJb40GejiKYgv49Kw8SksnokoFd+Qaa7Y2a+EYtxLnuOg/v7f2OcXBMn2En0uVMy85mdBCkmoqjdbcw"
        + "CgYIKoZIzj0EAwIDSAAwRQIhAKF7TZsP1fuLi6cYjYbbgFc4D22Dqpet71nHyCnqXRNDAiACEL2eINpvrP2L8VBxHVktfJ5OhW96hXe2l5Eetn6Ayw==";
}

/// <summary>The network probe at real sockets of this machine.</summary>
public sealed class NetworkProbeTests
{
    private readonly NetworkProbe _probe = new(null);

    [Fact]
    public async Task A_plain_connection_names_its_end_point()
    {
        using var server = new OneTalk(_ => Task.CompletedTask);
        var reached = await _probe.ConnectAsync(new Uri($"http://127.0.0.1:{server.Port}/"), null, CancellationToken.None);
        Assert.Equal($"127.0.0.1:{server.Port}", reached.EndPoint.Replace("::ffff:", "").Replace("[", "").Replace("]", ""));
        Assert.Null(reached.Tls);
    }

    [Fact]
    public async Task A_closed_port_is_a_refusal()
    {
        int port;
        using (var server = new OneTalk(_ => Task.CompletedTask))
        {
            port = server.Port;
        }

        await Assert.ThrowsAsync<SocketException>(() => _probe.ConnectAsync(new Uri($"http://127.0.0.1:{port}/"), null, CancellationToken.None));
    }

    [Theory]
    [InlineData("HTTP/1.1 403 Forbidden\r\n\r\n", "403 Forbidden")]
    [InlineData("garbage\r\n\r\n", "garbage")]
    public async Task A_proxy_that_refuses_the_tunnel_is_quoted(string answer, string words)
    {
        using var server = new OneTalk(stream => AnswerAsync(stream, answer));
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => Through(server));
        Assert.Contains(words, error.Message);
        Assert.DoesNotContain("hunter2", error.ToString());
    }

    [Fact]
    public async Task A_proxy_that_asks_for_a_sign_in_is_no_failure()
    {
        using var server = new OneTalk(stream => AnswerAsync(stream, "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Negotiate\r\n\r\n"));
        Assert.Contains("sign-in", (await Through(server)).Note);
    }

    [Fact]
    public async Task A_proxy_that_hangs_up_is_an_error()
    {
        using var server = new OneTalk(stream => AnswerAsync(stream, "HTTP/1.1 2"));
        await Assert.ThrowsAnyAsync<IOException>(() => Through(server));
    }

#if !NETFRAMEWORK
    [Fact]
    public async Task A_certificate_nobody_vouches_for_is_described()
    {
        using var certificate = SelfSigned("CN=not-zoom");
        using var server = new OneTalk(stream => SpeakTlsAsync(stream, certificate));
        var error = await Assert.ThrowsAsync<AuthenticationException>(
            () => _probe.ConnectAsync(new Uri($"https://localhost:{server.Port}/"), null, CancellationToken.None));
        Assert.Contains("CN=not-zoom, issued by CN=not-zoom, valid until ", error.Message);
        Assert.Contains("another host name", error.Message);
        Assert.Contains("its chain is not trusted: ", error.Message);
    }

    [Fact]
    public async Task TLS_is_spoken_through_the_tunnel()
    {
        using var certificate = SelfSigned("CN=inspecting-proxy");
        using var server = new OneTalk(async stream =>
        {
            await AnswerAsync(stream, "HTTP/1.1 200 Connection established\r\nX: y\r\n\r\n");
            await SpeakTlsAsync(stream, certificate);
        });
        var error = await Assert.ThrowsAsync<AuthenticationException>(() => Through(server));
        Assert.Contains("CN=inspecting-proxy", error.Message);
    }

    private static X509Certificate2 SelfSigned(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));

        // Windows serves only certificates whose key it has stored.
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    private static async Task SpeakTlsAsync(Stream stream, X509Certificate2 certificate)
    {
        using var tls = new SslStream(stream);
        try
        {
            await tls.AuthenticateAsServerAsync(certificate);
            Assert.Equal(0, await tls.ReadAsync(new byte[1]));
        }
        catch (Exception exception) when (exception is IOException or AuthenticationException)
        {
            // The client hangs up on a certificate it does not trust.
        }
    }
#endif

    [Fact]
    public void The_words_of_a_certificate_say_whose_until_when_and_what_is_wrong() =>
        Assert.Equal("certificate CN=test, issued by CN=test, valid until 2030-01-02", Certificates.Words.ToString());

    private Task<Reached> Through(OneTalk server) =>
        _probe.ConnectAsync(new Uri("https://api.zoom.us/scim2"), new Uri($"http://joe:hunter2@127.0.0.1:{server.Port}"), CancellationToken.None);

    private static async Task AnswerAsync(Stream stream, string answer)
    {
        var buffer = new byte[4096];
        var request = Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer, 0, buffer.Length));
        Assert.StartsWith("CONNECT api.zoom.us:443 HTTP/1.1\r\n", request);
        var bytes = Encoding.ASCII.GetBytes(answer);
        await stream.WriteAsync(bytes, 0, bytes.Length);
    }

    /// <summary>A server that takes one connection.</summary>
    private sealed class OneTalk : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public OneTalk(Func<Stream, Task> talk)
        {
            _listener.Start();
            _ = TalkAsync(talk);
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public void Dispose() => _listener.Stop();

        private async Task TalkAsync(Func<Stream, Task> talk)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await talk(client.GetStream());
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException or IOException)
            {
                // The test is over.
            }
        }
    }
}
