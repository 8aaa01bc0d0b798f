using System;
using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Engine.Http;
using ZoomProvisioning.Engine.Wire;

// The overloads with Memory are not on .NET Framework.
#pragma warning disable CA1835

namespace ZoomProvisioning.Engine.Tests;

/// <summary>A forward proxy that wants Basic: what it is sent, and that nobody else gets to see it.</summary>
public sealed class ProxyTests : IDisposable, IWireObserver
{
    private const string Password = "S3cr3t/Pr@xy";
    private readonly ConcurrentQueue<WireEvent> _events = new();
    private readonly AskingProxy _proxy = new();

    private static string Wanted => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("svc-proxy:" + Password));

    bool IWireObserver.WantsDetail => true;

    void IWireObserver.OnWire(WireEvent wireEvent) => _events.Enqueue(wireEvent);

    public void Dispose() => _proxy.Dispose();

    [Fact]
    public async Task User_name_and_password_of_the_address_are_signed_in_with()
    {
        await Fails(Options(new Uri($"http://svc-proxy:{Uri.EscapeDataString(Password)}@127.0.0.1:{_proxy.Port}")));
        Assert.Contains(Wanted, _proxy.Authorizations);
    }

    [Fact]
    public async Task A_credential_goes_before_those_of_the_address()
    {
        await Fails(Options(new Uri($"http://somebody:else@127.0.0.1:{_proxy.Port}"), new NetworkCredential("svc-proxy", Password)));
        Assert.Contains(Wanted, _proxy.Authorizations);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_sign_in_that_is_missing_or_wrong_is_told_apart_and_tried_once(bool isGiven)
    {
        var error = await Fails(Options(
            new Uri(isGiven ? $"http://svc-proxy:{Uri.EscapeDataString(Password)}@127.0.0.1:{_proxy.Port}" : $"http://127.0.0.1:{_proxy.Port}")));
        Assert.Equal("Zoom.Connection.ProxySignIn", error.ErrorId);
        Assert.Equal("AuthenticationError", error.Category);
        Assert.Contains("-ProxyCredential", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("HTTPS_PROXY", error.RecommendedAction, StringComparison.Ordinal);

        // A password that is tried again and again locks an account.
        Assert.InRange(_proxy.Authorizations.Count(a => a.Length > 0), 0, 1);
    }

    [Fact]
    public async Task The_password_is_in_nothing_that_is_shown()
    {
        var options = Options(new Uri($"http://svc-proxy:{Uri.EscapeDataString(Password)}@127.0.0.1:{_proxy.Port}"));
        using var service = EngineFactory.Connect(options, null);
        var error = await Assert.ThrowsAnyAsync<ScimException>(() => service.Users.GetAsync("id1", new ScimCall(default, default, this)));
        var steps = await service.TestAsync(new ScimCall(default, default, this));
        var shown = error + error.RecommendedAction
            + string.Concat(_events.Select(e => e.Message + e.Detail))
            + string.Concat(steps.SelectMany(s => s.Parts.Append(s)).Select(s => s.Detail + s.Remedy + s.ZoomMessage));
        Assert.Contains("127.0.0.1", shown, StringComparison.Ordinal);
        foreach (var secret in new[] { Password, Uri.EscapeDataString(Password), "S3cr3t", Wanted.Substring(6), "svc-proxy:" })
        {
            Assert.DoesNotContain(secret, shown, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_proxy_that_repeats_what_it_was_sent_gives_nothing_away()
    {
        // Plain http goes to the proxy as it is, and its page is Zoom's answer then.
        _proxy.Repeats = true;
        var options = Options(new Uri($"http://svc-proxy:{Uri.EscapeDataString(Password)}@127.0.0.1:{_proxy.Port}"));
        var error = await Fails(options);
        Assert.DoesNotContain(Wanted.Substring(6), error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("S3cr3t", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_proxy_reply_in_place_of_Zooms_is_told_apart_too()
    {
        var error = ZoomErrorCatalog.ToException(new ZoomErrorReply { Status = 407, Text = "<html>sign in</html>", IsJson = false, FromTokenEndpoint = true });
        Assert.Equal("Zoom.Connection.ProxySignIn", error.ErrorId);
    }

    [Fact]
    public void The_chosen_proxy_is_shown_without_what_it_is_signed_in_with()
    {
        var choice = ProxyChoice.Of(Options(new Uri("http://u:p%40ss-w0rd@proxy.example.com:8080/")), new Redactor());
        Assert.Equal("http://proxy.example.com:8080/", choice.For(new Uri("https://zoom.invalid/"))!.AbsoluteUri);
        Assert.Equal("p@ss-w0rd", choice.Proxy!.Credentials!.GetCredential(new Uri("http://proxy.example.com:8080/"), "Basic")!.Password);
    }

    [Theory]
    [InlineData("http://user:pa55-w0rd@api.zoom.us/scim2")]
    [InlineData("ftp://user:pa55-w0rd@api.zoom.us/scim2")]
    public void An_address_with_a_password_is_refused_without_repeating_it(string address)
    {
        var options = new EngineOptions { ScimUri = new Uri(address), AccessToken = Fixture.Secure("ready-token") };
        var error = Assert.Throws<ArgumentException>(() => EngineFactory.Connect(options, null));
        Assert.DoesNotContain("pa55", error.ToString(), StringComparison.Ordinal);
    }

    private static EngineOptions Options(Uri proxy, NetworkCredential? credential = null) => new()
    {
        AccountId = "proxy-" + Guid.NewGuid().ToString("N"),
        ClientId = "client1",
        ClientSecret = Fixture.Secure(Fixture.Secret),
        ScimUri = new Uri("https://zoom.invalid/scim2"),
        TokenUri = new Uri("https://zoom.invalid/oauth/token"),
        Proxy = proxy,
        ProxyCredential = credential,
    };

    private async Task<ScimException> Fails(EngineOptions options)
    {
        using var service = EngineFactory.Connect(options, null);
        return await Assert.ThrowsAnyAsync<ScimException>(() => service.Users.GetAsync("id1", new ScimCall(default, default, this)));
    }

    /// <summary>Answers 407 to whatever comes, and notes with what sign-in it came.</summary>
    private sealed class AskingProxy : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public AskingProxy()
        {
            _listener.Start();
            _ = ListenAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public bool Repeats { get; set; }

        public ConcurrentQueue<string> Authorizations { get; } = new();

        public void Dispose() => _listener.Stop();

        private async Task ListenAsync()
        {
            try
            {
                while (true)
                {
                    _ = TalkAsync(await _listener.AcceptTcpClientAsync());
                }
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // The test is over.
            }
        }

        private async Task TalkAsync(TcpClient client)
        {
            using (client)
            {
                var stream = client.GetStream();
                try
                {
                    while (await HeadAsync(stream) is { } head)
                    {
                        var line = head.Split('\n')
                            .Select(l => l.Trim())
                            .FirstOrDefault(l => l.StartsWith("Proxy-Authorization:", StringComparison.OrdinalIgnoreCase));
                        var authorization = line?.Substring("Proxy-Authorization:".Length).Trim() ?? "";
                        Authorizations.Enqueue(authorization);
                        var body = Repeats ? authorization : "";
                        var reply = Encoding.ASCII.GetBytes(
                            $"HTTP/1.1 407 {(Repeats ? "No " + authorization : "Proxy Authentication Required")}\r\n"
                            + $"Proxy-Authenticate: Basic realm=\"corp\"\r\nContent-Length: {body.Length}\r\n\r\n{body}");
                        await stream.WriteAsync(reply, 0, reply.Length);
                    }
                }
                catch (IOException)
                {
                    // The client has left.
                }
            }
        }

        private static async Task<string?> HeadAsync(Stream stream)
        {
            var head = new StringBuilder();
            var one = new byte[1];
            while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            {
                if (await stream.ReadAsync(one, 0, 1) == 0)
                {
                    return null;
                }

                head.Append((char)one[0]);
            }

            return head.ToString();
        }
    }
}
