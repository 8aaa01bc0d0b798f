using System;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Engine.Tests;

public sealed class TokenTests : IDisposable
{
    private readonly Fixture _f = new();

    public TokenTests() => _f.Transport.Answer((_, _) => Reply.User());

    public void Dispose() => _f.Dispose();

    [Fact]
    public async Task The_request_is_as_Zoom_documents_it()
    {
        await Read();
        var request = _f.Transport.Requests.First();
        Assert.Equal("https://zoom.us/oauth/token", request.Uri.AbsoluteUri);
        Assert.Equal("POST", request.Method);
        Assert.Equal("grant_type=account_credentials&account_id=" + _f.Account, request.Body);
        Assert.Equal("application/x-www-form-urlencoded", request.Headers["Content-Type"]);
        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("client1:" + Fixture.Secret)), request.Headers["Authorization"]);
        Assert.Equal(["scim2:admin"], _f.Service.Scopes);
    }

    [Fact]
    public async Task Fifty_calls_at_once_fetch_one_token()
    {
        _f.Transport.OnToken = async (_, n, _) =>
        {
            await _f.Clock.Delay(TimeSpan.FromSeconds(2), default);
            return Reply.Token(n);
        };
        await _f.Run(() => Task.WhenAll(Enumerable.Range(0, 50).Select(n => _f.Users.GetAsync("id" + n, _f.Call))));
        Assert.Equal(1, _f.Transport.TokenRequests);
        Assert.Equal(50, _f.Transport.Scim.Count());
    }

    [Fact]
    public async Task A_token_is_renewed_five_minutes_early()
    {
        await Read();
        _f.Clock.Advance(TimeSpan.FromSeconds(3599 - 302));
        await Read();
        Assert.Equal(1, _f.Transport.TokenRequests);
        _f.Clock.Advance(TimeSpan.FromSeconds(3));
        await Read();
        await Fixture.Until(() => _f.Events.Count(e => e.Kind == WireEventKind.TokenRefreshed) == 2);
        await Read();
        Assert.Equal(2, _f.Transport.TokenRequests);
        Assert.EndsWith("-2", _f.Transport.Scim.Last().Headers["Authorization"]);
    }

    [Fact]
    public async Task Nobody_stops_for_a_renewal_while_the_old_token_is_good()
    {
        await Read();
        _f.Clock.Advance(TimeSpan.FromSeconds(3599 - 200));
        var held = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _f.Transport.OnToken = async (_, n, _) =>
        {
            await held.Task;
            return Reply.Token(n);
        };
        for (var n = 0; n < 32; n++)
        {
            await _f.Run(() => _f.Users.GetAsync("id" + n, _f.Call));
            _f.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(2, _f.Transport.TokenRequests);
        Assert.All(_f.Transport.Scim, r => Assert.EndsWith("-1", r.Headers["Authorization"]));
        held.SetResult(true);
        await Fixture.Until(() => _f.Events.Count(e => e.Kind == WireEventKind.TokenRefreshed) == 2);
        await Read();
        Assert.EndsWith("-2", _f.Transport.Scim.Last().Headers["Authorization"]);
        Assert.Equal(2, _f.Transport.TokenRequests);
    }

    [Fact]
    public async Task When_the_old_token_ends_before_the_renewal_everybody_waits_for_that_one()
    {
        await Read();
        _f.Clock.Advance(TimeSpan.FromSeconds(3599 - 30));
        var held = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _f.Transport.OnToken = async (_, n, _) =>
        {
            await held.Task;
            return Reply.Token(n);
        };
        await Read();
        await Fixture.Until(() => _f.Transport.TokenRequests == 2);
        _f.Clock.Advance(TimeSpan.FromSeconds(31));
        var waiting = Enumerable.Range(0, 10).Select(n => _f.Users.GetAsync("id" + n, ScimCall.None)).ToList();
        held.SetResult(true);
        await _f.Clock.RunAsync(Task.WhenAll(waiting));
        Assert.Equal(2, _f.Transport.TokenRequests);
        Assert.EndsWith("-2", _f.Transport.Scim.Last().Headers["Authorization"]);
    }

    [Theory]
    [InlineData(typeof(InvalidOperationException))]
    [InlineData(typeof(NullReferenceException))]
    [InlineData(typeof(OutOfMemoryException))]
    [InlineData(typeof(OperationCanceledException))]
    [InlineData(typeof(HttpRequestException))]
    public async Task A_fetch_that_failed_in_any_way_is_over(Type kind)
    {
        _f.MaxAttempts = 1;
        _f.Transport.OnToken = (_, _, _) => throw (Exception)Activator.CreateInstance(kind)!;
        await Assert.ThrowsAnyAsync<Exception>(Read);
        _f.Transport.OnToken = (_, n, _) => Task.FromResult(Reply.Token(n));
        _f.Clock.Advance(TimeSpan.FromSeconds(31));
        await Read();
        Assert.Equal(2, _f.Transport.TokenRequests);
    }

    [Fact]
    public async Task After_the_connection_is_closed_nothing_is_a_defect()
    {
        _f.AccessToken = Fixture.Secure("ready-token-value");
        await Read();
        _f.Service.Dispose();
        await Assert.ThrowsAnyAsync<ScimException>(Read);
    }

    [Fact]
    public async Task A_short_lived_token_is_not_renewed_for_every_call()
    {
        _f.Transport.OnToken = (_, n, _) => Task.FromResult(Reply.Token(n, expiresIn: 60));
        await Read();
        _f.Clock.Advance(TimeSpan.FromSeconds(30));
        await Read();
        Assert.Equal(1, _f.Transport.TokenRequests);
    }

    [Fact]
    public async Task A_renewal_that_fails_early_is_told_and_does_no_harm_yet()
    {
        await Read();
        _f.Transport.OnToken = (_, _, _) => Task.FromResult(Reply.Json(400, """{"reason":"Bad Request","error":"invalid_request"}"""));
        _f.Clock.Advance(TimeSpan.FromSeconds(3400));
        await Read();
        await Fixture.Until(() => _f.Events.Any(e => e.Message.Contains("could not be renewed") && e.Message.Contains("Bad Request")));
        await Read();
        Assert.Equal(2, _f.Transport.TokenRequests);

        _f.Clock.Advance(TimeSpan.FromSeconds(31));
        await Read();
        await Fixture.Until(() => _f.Events.Count(e => e.Message.Contains("could not be renewed")) == 2);
        Assert.Equal(3, _f.Transport.TokenRequests);

        _f.Clock.Advance(TimeSpan.FromSeconds(300));
        var error = await _f.Fails<ScimAuthenticationException>(Read);
        Assert.Contains("Bad Request", error.Message);
    }

    [Fact]
    public async Task A_thousand_records_with_a_wrong_secret_ask_once_and_all_say_so()
    {
        _f.Transport.OnToken = (_, _, _) => Task.FromResult(Reply.Json(400, """{"reason":"Invalid client_id or client_secret","error":"invalid_client"}"""));
        for (var n = 0; n < 5; n++)
        {
            var error = await _f.Fails<ScimAuthenticationException>(Read);
            Assert.Equal("Invalid client_id or client_secret", error.ZoomMessage);
            Assert.Equal("invalid_client", error.ZoomCode);
        }

        Assert.Equal(1, _f.Transport.TokenRequests);
        Assert.Empty(_f.Transport.Scim);
    }

    [Theory]
    [InlineData(401, """{"code":124,"message":"Invalid access token."}""")]
    [InlineData(401, """{"code":"124","message":"Access token is expired."}""")]
    [InlineData(400, """{"code":124,"message":"Invalid access token."}""")]
    [InlineData(401, """{"status":false,"errorCode":401}""")]
    [InlineData(401, "")]
    public async Task A_rejected_token_is_replaced_once_and_the_request_replayed(int status, string body)
    {
        _f.Transport.Answer((seen, _) => seen.Headers["Authorization"].EndsWith("-1", StringComparison.Ordinal) ? Reply.Json(status, body) : Reply.User());
        await Read();
        Assert.Equal(2, _f.Transport.TokenRequests);
        Assert.Equal(2, _f.Transport.Scim.Count());
    }

    [Fact]
    public async Task A_create_is_replayed_too_because_a_401_is_a_refusal()
    {
        _f.Transport.Answer((seen, _) => seen.Headers["Authorization"].EndsWith("-1", StringComparison.Ordinal)
            ? Reply.Gateway(401, 124, "Invalid access token.")
            : Reply.User(status: 201));
        await _f.Run(() => _f.Users.CreateAsync(Fixture.NewUser(), _f.Call));
        Assert.Equal(["POST", "POST"], _f.Transport.Scim.Select(r => r.Method));
        Assert.Equal("{\"schemas\"", _f.Transport.Scim.Last().Body.Substring(0, 10));
    }

    [Fact]
    public async Task A_token_rejected_twice_is_an_error_and_no_storm()
    {
        _f.Transport.Answer((_, _) => Reply.Gateway(401, 124, "Invalid access token."));
        for (var n = 0; n < 4; n++)
        {
            await _f.Fails<ScimAuthenticationException>(Read);
        }

        Assert.Equal(2, _f.Transport.TokenRequests);
    }

    [Fact]
    public async Task Fifty_calls_with_a_rejected_token_fetch_one_new_one()
    {
        await Read();
        _f.Transport.Answer((seen, _) => seen.Headers["Authorization"].EndsWith("-1", StringComparison.Ordinal)
            ? Reply.Gateway(401, 124, "Access token is expired.")
            : Reply.User());
        await _f.Run(() => Task.WhenAll(Enumerable.Range(0, 50).Select(n => _f.Users.GetAsync("id" + n, _f.Call))));
        Assert.Equal(2, _f.Transport.TokenRequests);
    }

    [Fact]
    public async Task A_ready_token_is_used_as_it_is_and_never_renewed()
    {
        _f.AccessToken = Fixture.Secure("ready-token-value");
        await Read();
        Assert.Equal("Bearer ready-token-value", _f.Transport.Scim.Single().Headers["Authorization"]);
        _f.Clock.Advance(TimeSpan.FromDays(1));
        _f.Transport.Answer((_, _) => Reply.Gateway(401, 124, "Access token is expired."));
        await _f.Fails<ScimAuthenticationException>(Read);
        Assert.Equal(0, _f.Transport.TokenRequests);
        Assert.Equal(2, _f.Transport.Scim.Count());
    }

    [Fact]
    public async Task An_empty_token_means_an_app_that_is_not_activated()
    {
        _f.Transport.OnToken = (_, _, _) => Task.FromResult(Reply.Json(200, """{"access_token":"","expires_in":3599}"""));
        var error = await _f.Fails<ScimAuthenticationException>(Read);
        Assert.Contains("Activation", error.RecommendedAction);
    }

    [Theory]
    [InlineData("<html>sign in</html>")]
    [InlineData("[]")]
    [InlineData("""{"access_token":{"a":1}}""")]
    [InlineData("{\"access_token\":\"half-a-token\"")]
    [InlineData("")]
    public async Task A_token_reply_that_is_none_is_a_server_error(string body)
    {
        _f.Transport.OnToken = (_, _, _) => Task.FromResult(Reply.Json(200, body));
        var error = await _f.Fails<ScimServerException>(Read);
        Assert.DoesNotContain("half-a-token", error.ToString());
    }

    [Fact]
    public async Task A_token_that_would_break_a_header_is_refused()
    {
        _f.Transport.OnToken = (_, _, _) => Task.FromResult(Reply.Json(200, """{"access_token":"abcdefg\r\nX-Evil: 1","expires_in":3599}"""));
        await _f.Fails<ScimServerException>(Read);
    }

    [Fact]
    public async Task A_token_as_long_as_a_book_is_refused()
    {
        _f.Transport.OnToken = (_, _, _) => Task.FromResult(Reply.Json(200, $$"""{"access_token":"{{new string('A', 10_000)}}","expires_in":3599}"""));
        Assert.Equal("Zoom.Token.Unreadable", (await _f.Fails<ScimServerException>(() => _f.Users.GetAsync("id1", _f.Call))).ErrorId);
    }

    [Fact]
    public async Task The_token_endpoint_is_retried_too()
    {
        _f.Transport.OnToken = (_, n, _) => n switch
        {
            1 => throw new HttpRequestException("reset"),
            2 => Task.FromResult(Reply.Json(502, "<html/>", "text/html")),
            _ => Task.FromResult(Reply.Token()),
        };
        await Read();
        Assert.Equal(3, _f.Transport.TokenRequests);
    }

    [Fact]
    public async Task When_the_last_waiter_is_stopped_the_fetch_is_broken_off()
    {
        var broken = false;
        _f.Transport.OnToken = async (_, _, cancel) =>
        {
            try
            {
                return await Never.Answer(cancel);
            }
            finally
            {
                broken = true;
            }
        };
        var call = Task.Run(() => _f.Users.GetAsync("id1", _f.Call));
        await Fixture.Until(() => _f.Transport.TokenRequests == 1);
        _f.Stop.Cancel();
        await Assert.ThrowsAsync<ScimNotSentException>(() => call);
        await Fixture.Until(() => broken);

        // Others are not affected.
        _f.Transport.OnToken = (_, n, _) => Task.FromResult(Reply.Token(n));
        await _f.Run(() => _f.Users.GetAsync("id1", ScimCall.None));
    }

    [Fact]
    public async Task A_waiter_that_is_stopped_leaves_the_fetch_to_the_others()
    {
        var held = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _f.Transport.OnToken = async (_, n, _) =>
        {
            await held.Task;
            return Reply.Token(n);
        };
        var stopped = Task.Run(() => _f.Users.GetAsync("id1", _f.Call));
        await Fixture.Until(() => _f.Transport.TokenRequests == 1);
        var other = Task.Run(() => _f.Users.GetAsync("id2", ScimCall.None));
        await Fixture.Until(() => _f.Clock.Pending > 1);
        _f.Clock.Advance(TimeSpan.FromSeconds(1));
        await _f.Clock.RestAsync();
        _f.Stop.Cancel();
        await Assert.ThrowsAsync<ScimNotSentException>(() => stopped);
        held.SetResult(true);
        await _f.Clock.RunAsync(other);
        Assert.Equal(1, _f.Transport.TokenRequests);
    }

    private Task Read() => _f.Run(() => _f.Users.GetAsync("id1", _f.Call));
}
