using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Threading;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Engine.Connection;

namespace ZoomProvisioning.Engine.Tests;

public sealed class ConnectionTestTests : IDisposable
{
    private static readonly string[] Names = ["NameResolution", "TcpAndTls", "Token", "Scopes", "ScimRead"];
    private readonly Fixture _f = new();

    public ConnectionTestTests() => _f.Transport.Answer((_, _) => Reply.List(Reply.UserJson()));

    public void Dispose() => _f.Dispose();

    [Fact]
    public async Task A_good_connection_passes_every_step()
    {
        _f.Probe = new FakeProbe();
        var steps = await Run();
        Assert.All(steps, s => Assert.Equal(TestOutcome.Passed, s.Outcome));
        Assert.Contains("zoom.us is 203.0.113.7", steps[0].Detail);
        Assert.Contains("api.zoom.us port 443", steps[1].Detail);
        Assert.Equal("GET /scim2/Users?startIndex=1&count=1", _f.Transport.Scim.Single().ToString());
        Assert.All(steps, s => Assert.Null(s.Remedy));
    }

    [Fact]
    public async Task Without_a_network_there_is_none_to_test()
    {
        var steps = await Run();
        Assert.Equal(
            [TestOutcome.Skipped, TestOutcome.Skipped, TestOutcome.Passed, TestOutcome.Passed, TestOutcome.Passed],
            steps.Select(s => s.Outcome));
    }

    [Fact]
    public async Task A_name_that_does_not_resolve()
    {
        _f.Probe = new FakeProbe { OnResolve = host => throw new SocketException((int)SocketError.HostNotFound) };
        Failed(await Run(), "NameResolution", "DNS");
        Assert.Empty(_f.Transport.Requests);
    }

    [Fact]
    public async Task A_port_that_is_closed()
    {
        _f.Probe = new FakeProbe { OnConnect = _ => throw new SocketException((int)SocketError.ConnectionRefused) };
        Failed(await Run(), "TcpAndTls", "firewall");
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted()
    {
        _f.Probe = new FakeProbe { OnConnect = _ => throw new AuthenticationException("The remote certificate is invalid") };
        Failed(await Run(), "TcpAndTls", "root certificate");
    }

    [Fact]
    public async Task A_proxy_that_is_away()
    {
        _f.Probe = new FakeProbe { Proxy = new Uri("http://proxy.example:8080"), OnConnect = _ => throw new SocketException((int)SocketError.TimedOut) };
        var steps = await Run();
        Failed(steps, "TcpAndTls", "-Proxy");
        Assert.Contains("proxy.example", steps[0].Detail);
    }

    [Theory]
    [InlineData(400, """{"reason":"Invalid client_id or client_secret","error":"invalid_client"}""", "copy the client id and client secret again")]
    [InlineData(401, """{"reason":"Something new","error":"invalid_client"}""", "copy the client id and client secret again")]
    [InlineData(400, """{"reason":"unsupported grant type","error":"unsupported_grant_type"}""", "Server-to-Server OAuth")]
    [InlineData(400, """{"reason":"Bad Request","error":"invalid_request"}""", "check the account id")]
    [InlineData(400, """{"reason":"Invalid Token!","error":"invalid_grant"}""", "check the account id")]
    [InlineData(400, """{"code":4717,"message":"The app has been disabled"}""", "activate the app")]
    [InlineData(400, """{"code":4735,"message":"owner gone"}""", "no longer exists")]
    [InlineData(400, """{"code":4738,"message":"disabled"}""", "account admin has disabled")]
    [InlineData(200, """{"access_token":"","expires_in":3599}""", "activate it")]
    [InlineData(400, """{"code":4700,"message":"Token cannot be empty."}""", "check that the app is activated")]
    [InlineData(400, """{"code":4702,"message":"Invalid client."}""", "copy the client id and client secret again")]
    [InlineData(400, """{"code":4704,"message":"Invalid client secret."}""", "copy the client id and client secret again")]
    [InlineData(400, """{"code":4705,"message":"Grant type is not supported."}""", "an app's type cannot be changed")]
    [InlineData(400, """{"code":4706,"message":"Client ID or client secret is missing."}""", "copy the client id and client secret again")]
    [InlineData(400, """{"code":4711,"message":"Scope mismatch."}""", "add scim2:admin")]
    [InlineData(400, """{"code":4741,"message":"The token has been revoked."}""", "no other integration uses")]
    [InlineData(404, "<html>", "")]
    [InlineData(503, "<html>", "")]
    public async Task Each_refusal_of_a_token_has_its_remedy(int status, string body, string remedy)
    {
        _f.Transport.OnToken = (_, _, _) => Task.FromResult(Reply.Json(status, body));
        var steps = await Run();
        Failed(steps, "Token", remedy);
        Assert.Empty(_f.Transport.Scim);
    }

    [Fact]
    public async Task The_parts_say_what_there_is_below_HTTP()
    {
        _f.Probe = new FakeProbe { Proxy = new Uri("http://joe:hunter2@proxy.example:8080") };
        var parts = (await Run())[1].Parts;
        Assert.Equal(["Proxy", "Tcp", "Tls"], parts.Select(p => p.Name));
        Assert.All(parts, p => Assert.Equal(TestOutcome.Passed, p.Outcome));
        Assert.Equal("http://proxy.example:8080 to zoom.us; http://proxy.example:8080 to api.zoom.us.", parts[0].Detail);
        Assert.Contains("api.zoom.us port 443 through the proxy proxy.example:8080 at 203.0.113.7:443", parts[1].Detail);
        Assert.Contains("api.zoom.us: TLS 1.3, certificate CN=test, issued by CN=test, valid until 2030-01-02", parts[2].Detail);
    }

    [Fact]
    public async Task A_certificate_that_ends_soon_is_a_warning()
    {
        _f.Clock.Advance(new DateTimeOffset(2029, 12, 31, 0, 0, 0, TimeSpan.Zero) - _f.Clock.UtcNow);
        _f.Probe = new FakeProbe();
        var tls = (await Run())[1].Parts.Single(p => p.Name == "Tls");
        Assert.Equal(TestOutcome.Warning, tls.Outcome);
        Assert.Contains("ends soon", tls.Remedy);
    }

    [Fact]
    public async Task A_failure_of_TLS_is_told_from_one_of_TCP()
    {
        _f.Probe = new FakeProbe { OnConnect = _ => throw new AuthenticationException("not trusted") };
        Assert.Equal([TestOutcome.Passed, TestOutcome.Passed, TestOutcome.Failed], (await Run())[1].Parts.Select(p => p.Outcome));
        using var other = new Fixture { Probe = new FakeProbe { OnConnect = _ => throw new SocketException((int)SocketError.ConnectionRefused) } };
        var steps = await other.Run(() => other.Service.TestAsync(other.Call));
        Assert.Equal([TestOutcome.Passed, TestOutcome.Failed, TestOutcome.Skipped], steps[1].Parts.Select(p => p.Outcome));
    }

    [Theory]
    [InlineData(0, TestOutcome.Passed, "agree")]
    [InlineData(-3, TestOutcome.Passed, "agree")]
    [InlineData(30, TestOutcome.Passed, "seconds behind")]
    [InlineData(-600, TestOutcome.Warning, "10 minutes ahead of")]
    [InlineData(86400 * 3, TestOutcome.Warning, "3 days behind")]
    public async Task The_clock_is_compared_with_the_date_of_the_reply(int seconds, TestOutcome outcome, string words)
    {
        _f.Transport.Answer((_, _) =>
        {
            var reply = Reply.List(Reply.UserJson());
            reply.Headers.Date = _f.Clock.UtcNow.AddSeconds(seconds);
            return reply;
        });
        var clock = (await Run()).SelectMany(s => s.Parts).Single(p => p.Name == "Clock");
        Assert.Equal(outcome, clock.Outcome);
        Assert.Contains(words, clock.Detail);
        Assert.Equal(outcome == TestOutcome.Warning, clock.Remedy is not null);
    }

    [Fact]
    public async Task Scopes_held_and_missing_are_listed()
    {
        _f.Transport.OnToken = (_, n, _) => Task.FromResult(Reply.Token(n, scope: "scim2:admin group:read:list_members:admin"));
        Assert.Contains("group:read:list_members:admin, held", (await Run())[3].Parts.Single().Detail);
        _f.Transport.OnToken = (_, n, _) => Task.FromResult(Reply.Token(n, scope: "user:read:admin"));
        var part = (await Run())[3].Parts.Single();
        Assert.Contains("scim2:admin (or scim2), MISSING", part.Detail);
        Assert.Contains("Held in all: user:read:admin", part.Detail);
        Assert.Equal(TestOutcome.Warning, part.Outcome);
    }

    [Theory]
    [InlineData(400, """{"detail":"Account has not enabled Single Sign-On.","status":400}""", TestOutcome.Failed, TestOutcome.Skipped)]
    [InlineData(
        403,
        """{"detail":"The request was denied due to insufficient permissions: \"User:Read\".","status":403}""",
        TestOutcome.Skipped,
        TestOutcome.Failed)]
    [InlineData(500, "<html>", TestOutcome.Skipped, TestOutcome.Skipped)]
    public async Task Single_sign_on_and_the_role_are_told_by_Zooms_words(int status, string body, TestOutcome singleSignOn, TestOutcome userRead)
    {
        _f.Transport.Answer((_, _) => Reply.Json(status, body));
        var parts = (await Run())[4].Parts;
        Assert.Equal(singleSignOn, parts.Single(p => p.Name == "SingleSignOn").Outcome);
        Assert.Equal(userRead, parts.Single(p => p.Name == "UserRead").Outcome);
    }

    [Fact]
    public async Task The_limits_in_Zooms_headers_are_remembered_by_label()
    {
        Assert.Empty(_f.Service.Rate.Limits);
        _f.Transport.Answer((_, n) => Reply.List(Reply.UserJson())
            .With("X-RateLimit-Category", "Medium")
            .With("X-RateLimit-Type", "QPS")
            .With("X-RateLimit-Limit", "60")
            .With("X-RateLimit-Remaining", (60 - n).ToString(System.Globalization.CultureInfo.InvariantCulture)));
        await Run();
        await Run();
        var limit = Assert.Single(_f.Service.Rate.Limits);
        Assert.Equal(("Medium", "QPS", 60, 58), (limit.Label, limit.Type, limit.Limit, limit.Remaining));
    }

    [Fact]
    public async Task A_token_is_fetched_anew_for_every_test()
    {
        _f.Transport.OnToken = (_, n, _) =>
            Task.FromResult(n == 1 ? Reply.Json(400, """{"reason":"Bad Request","error":"invalid_request"}""") : Reply.Token(n));
        Failed(await Run(), "Token", "account id");
        Assert.Equal(TestOutcome.Passed, (await Run())[2].Outcome);
    }

    [Theory]
    [InlineData("user:read:user:admin meeting:write", "user:read:user:admin")]
    [InlineData("", "did not name")]
    public async Task Scopes_that_are_missing_are_a_warning_only(string scope, string detail)
    {
        _f.Transport.OnToken = (_, n, _) => Task.FromResult(Reply.Token(n, scope: scope));
        var steps = await Run();
        Assert.Equal(TestOutcome.Warning, steps[3].Outcome);
        Assert.Contains(detail, steps[3].Detail);
        Assert.Contains("scim2:admin", steps[3].Remedy);
        Assert.Equal(TestOutcome.Passed, steps[4].Outcome);
    }

    [Fact]
    public async Task The_classic_scope_will_do()
    {
        _f.Transport.OnToken = (_, n, _) => Task.FromResult(Reply.Token(n, scope: "user:master scim2"));
        Assert.Equal(TestOutcome.Passed, (await Run())[3].Outcome);
    }

    [Theory]
    [InlineData(400, """{"detail":"Account has not enabled Single Sign-On.","status":400}""", "Single Sign-On")]
    [InlineData(400, """{"code":4711,"message":"Invalid access token, does not contain scopes:[scim2:admin]."}""", "Add Scopes")]
    [InlineData(403, """{"detail":"The current login user does not have the \"User:Read\" permission.","status":403}""", "Roles")]
    [InlineData(403, """{"detail":"The request was denied due to insufficient permissions: \"User:Read\".","status":403}""", "Roles")]
    [InlineData(404, """{"code":2300,"message":"This API endpoint is not recognized."}""", "-ScimUri")]
    [InlineData(404, "<html>nginx</html>", "-ScimUri")]
    [InlineData(401, """{"code":124,"message":"Invalid access token."}""", "active admin")]
    [InlineData(200, """{"hello":"world"}""", "-ScimUri")]
    [InlineData(200, "<html>", "SCIM address")]
    [InlineData(503, "<html>", "")]
    public async Task Each_refusal_of_a_read_has_its_remedy(int status, string body, string remedy)
    {
        _f.Transport.Answer((_, _) => Reply.Json(status, body));
        Failed(await Run(), "ScimRead", remedy);
    }

    [Fact]
    public async Task A_host_that_never_answers_is_tried_twice()
    {
        _f.Transport.OnScim = (_, _, _) => throw new HttpRequestException("reset");
        Failed(await Run(), "ScimRead", "network");
        Assert.Equal(2, _f.Transport.Scim.Count());
    }

    [Fact]
    public async Task With_a_ready_token_the_read_decides()
    {
        _f.AccessToken = Fixture.Secure("ready-token");
        _f.Probe = new FakeProbe();
        var steps = await Run();
        Assert.Equal(
            [TestOutcome.Passed, TestOutcome.Passed, TestOutcome.Skipped, TestOutcome.Skipped, TestOutcome.Passed],
            steps.Select(s => s.Outcome));
    }

    [Fact]
    public async Task A_stopped_test_says_so_and_does_not_throw()
    {
        _f.Stop.Cancel();
        var steps = await _f.Service.TestAsync(_f.Call);
        Assert.Contains("stopped", steps.First(s => s.Outcome == TestOutcome.Failed).Detail);
        Assert.Empty(_f.Transport.Requests);
    }

    private async Task<IReadOnlyList<ConnectionTestStep>> Run()
    {
        var steps = await _f.Run(() => _f.Service.TestAsync(_f.Call));
        Assert.Equal(Names, steps.Select(s => s.Name));
        return steps;
    }

    private static void Failed(IReadOnlyList<ConnectionTestStep> steps, string name, string remedy)
    {
        var failed = steps.Single(s => s.Outcome == TestOutcome.Failed);
        Assert.Equal(name, failed.Name);
        Assert.False(string.IsNullOrEmpty(failed.Remedy), failed.Detail);
        Assert.Contains(remedy, failed.Remedy, StringComparison.OrdinalIgnoreCase);
        Assert.All(steps.SkipWhile(s => s.Name != name).Skip(1), s => Assert.Equal(TestOutcome.Skipped, s.Outcome));
    }

    private sealed class FakeProbe : INetworkProbe
    {
        public Func<string, IPAddress[]> OnResolve { get; init; } = _ => [IPAddress.Parse("203.0.113.7")];

        public Func<Uri, Reached> OnConnect { get; init; } = _ => new Reached("203.0.113.7:443") { Tls = "TLS 1.3", Certificate = Certificates.Words };

        public Uri? Proxy { get; init; }

        public Task<IPAddress[]> ResolveAsync(string host) => Task.FromResult(OnResolve(host));

        public Task<Reached> ConnectAsync(Uri address, Uri? proxy, CancellationToken stop) => Task.FromResult(OnConnect(address));

        public Uri? ProxyFor(Uri address) => Proxy;
    }
}
