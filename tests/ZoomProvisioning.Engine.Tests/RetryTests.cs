using System;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Engine.Http;

namespace ZoomProvisioning.Engine.Tests;

public sealed class RetryTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
    private readonly Fixture _f = new();

    public void Dispose() => _f.Dispose();

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(429)]
    public async Task A_passing_trouble_is_tried_again_with_growing_waits(int status)
    {
        _f.Transport.AnswerInTurn(() => Reply.Error(status, "busy"), () => Reply.Error(status, "busy"), () => Reply.Error(status, "busy"), () => Reply.User());
        await _f.Run(() => _f.Users.UpdateAsync("id1", new ScimObject { ["title"] = "t" }, _f.Call));

        var requests = _f.Transport.Scim.ToList();
        Assert.Equal(4, requests.Count);
        Assert.All(requests, r => Assert.Equal(requests[0].Body, r.Body));
        Assert.Single(requests.Select(r => r.Headers["X-Request-Id"]).Distinct());
        Assert.True(requests[3].At - requests[0].At > TimeSpan.FromSeconds(1));
        Assert.Equal(3, _f.Events.Count(e => e.Kind == WireEventKind.Waiting && e.Message.Contains(status.ToString(CultureInfo.InvariantCulture))));
    }

    [Theory]
    [InlineData("{\"id\":\"id1\",\"userName\":\"ji")]
    [InlineData("{\"id\":\"id1\",}")]
    [InlineData("")]
    public async Task A_read_whose_reply_is_cut_short_is_tried_again(string body)
    {
        _f.Transport.AnswerInTurn(() => Reply.Json(200, body), () => Reply.User());
        Assert.Equal("id1", (await _f.Run(() => _f.Users.GetAsync("id1", _f.Call))).Id);
        Assert.Equal(2, _f.Transport.Scim.Count());
        Assert.Contains(_f.Events, e => e.Kind == WireEventKind.Waiting && e.Message.Contains("could not be read", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_list_and_a_token_that_are_cut_short_are_tried_again()
    {
        _f.Transport.OnToken = (_, n, _) => Task.FromResult(n == 1 ? Reply.Json(200, "{\"access_token\":\"ey") : Reply.Token(n));
        _f.Transport.AnswerInTurn(() => Reply.Json(200, "{\"totalResults\":1,\"Resources\":["), () => Reply.List(Reply.UserJson()));
        Assert.Single((await _f.Run(() => _f.Users.ListAsync(1, 10, null, _f.Call))).Resources);
        Assert.Equal((2, 2), (_f.Transport.TokenRequests, _f.Transport.Scim.Count()));
    }

    [Fact]
    public async Task A_read_that_is_cut_short_every_time_is_given_up()
    {
        _f.MaxAttempts = 3;
        _f.Transport.Answer((_, _) => Reply.Json(200, "{\"id\":"));
        Assert.Equal("Zoom.Reply.Unreadable", (await _f.Fails<ScimServerException>(() => _f.Users.GetAsync("id1", _f.Call))).ErrorId);
        Assert.Equal(3, _f.Transport.Scim.Count());
    }

    [Fact]
    public async Task A_page_of_somebody_else_is_not_asked_for_again()
    {
        _f.Transport.Answer((_, _) => Reply.Json(200, "<html>Sign in</html>", "text/html"));
        await _f.Fails<ScimServerException>(() => _f.Users.GetAsync("id1", _f.Call));
        Assert.Single(_f.Transport.Scim);
    }

    [Fact]
    public async Task A_change_whose_reply_is_cut_short_was_made_and_the_user_is_read()
    {
        _f.Transport.AnswerInTurn(
            () => Reply.Json(200, "{\"id\":\"id1\",\"us"),
            () => Reply.User(),
            () => Reply.Json(200, "{\"id\":\"id1\",\"us"),
            () => Reply.User());
        Assert.Equal("jill@example.com", (await _f.Run(() => _f.Users.UpdateAsync("id1", new ScimObject { ["title"] = "t" }, _f.Call))).UserName);
        Assert.Equal("jill@example.com", (await _f.Run(() => _f.Users.SetActiveAsync("id1", true, _f.Call))).UserName);
        Assert.Equal(["PUT", "GET", "PATCH", "GET"], _f.Transport.Scim.Select(r => r.Method));
    }

    [Fact]
    public async Task A_page_of_somebody_else_is_no_answer_to_a_change()
    {
        _f.Transport.Answer((_, _) => Reply.Json(200, "<html>Sign in</html>", "text/html"));
        await _f.Fails<ScimServerException>(() => _f.Users.UpdateAsync("id1", new ScimObject { ["title"] = "t" }, _f.Call));
        Assert.Single(_f.Transport.Scim);
    }

    [Fact]
    public async Task A_create_whose_reply_is_cut_short_is_looked_up_and_not_repeated()
    {
        _f.Transport.AnswerInTurn(() => Reply.Json(201, "{\"id\":\"id1\",\"us"), () => Reply.List(Reply.UserJson()), () => Reply.User());
        Assert.Equal("id1", (await _f.Run(() => _f.Users.CreateAsync(new ScimObject { ["userName"] = "jill@example.com" }, _f.Call))).Id);
        Assert.Equal(["POST", "GET", "GET"], _f.Transport.Scim.Select(r => r.Method));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(501)]
    public async Task A_verdict_is_not_asked_for_again(int status)
    {
        _f.Transport.Answer((_, _) => Reply.Error(status, "no"));
        await Assert.ThrowsAnyAsync<ScimException>(() => _f.Run(() => _f.Users.GetAsync("id1", _f.Call)));
        Assert.Single(_f.Transport.Scim);
    }

    [Fact]
    public async Task Nothing_is_tried_for_ever()
    {
        _f.MaxAttempts = 4;
        _f.Transport.Answer((_, _) => Reply.Json(503, "<html>Bad</html>", "text/html"));
        var error = await _f.Fails<ScimServerException>(() => _f.Users.GetAsync("id1", _f.Call));
        Assert.Equal(4, _f.Transport.Scim.Count());
        Assert.Equal(503, error.Status);
        Assert.Equal("v=2.0;clid=us02;rid=WEB_1", error.TrackingId);
    }

    [Fact]
    public async Task One_attempt_is_one_attempt()
    {
        _f.MaxAttempts = 1;
        _f.Transport.Answer((_, _) => Reply.Error(503, "busy"));
        await _f.Fails<ScimServerException>(() => _f.Users.GetAsync("id1", _f.Call));
        Assert.Single(_f.Transport.Scim);
    }

    [Theory]
    [InlineData("17")]
    [InlineData("Mon, 05 Jan 2026 08:00:17 GMT")]
    [InlineData("2026-01-05T08:00:17Z")]
    public async Task A_Retry_After_is_obeyed_in_all_its_forms(string retryAfter)
    {
        _f.Transport.AnswerInTurn(() => Reply.TooMany().With("Retry-After", retryAfter), () => Reply.User());
        await _f.Run(() => _f.Users.GetAsync("id1", _f.Call));
        var requests = _f.Transport.Scim.ToList();
        Assert.Equal(2, requests.Count);
        Assert.InRange(requests[1].At - requests[0].At, TimeSpan.FromSeconds(16.9), TimeSpan.FromSeconds(22));
    }

    [Theory]
    [InlineData("5", 5.0)]
    [InlineData("0", 0.0)]
    [InlineData(" 2.5 ", 2.5)]
    [InlineData("2026-01-05T08:01:00Z", 60.0)]
    [InlineData("2026-01-05T10:01:00+02:00", 60.0)]
    [InlineData("Mon, 05 Jan 2026 08:01:00 GMT", 60.0)]
    [InlineData("2020-05-31T00:00:00Z", 0.0)]
    [InlineData("-3", null)]
    [InlineData("soon", null)]
    [InlineData("", null)]
    public void Retry_After_is_read(string text, double? seconds) =>
        Assert.Equal(seconds, RetryAfter.Parse(text, Now)?.TotalSeconds);

    [Fact]
    public void An_absurd_Retry_After_does_not_overflow() =>
        Assert.True(RetryAfter.Parse("99999999999999999999", Now) > TimeSpan.FromDays(365));

    [Theory]
    [InlineData(429, "2026-01-05T14:00:00Z")]
    [InlineData(429, "86400")]
    [InlineData(503, "99999999999999999999")]
    public async Task A_wait_that_is_too_long_ends_the_call_and_says_until_when(int status, string retryAfter)
    {
        _f.Transport.Answer((_, _) => Reply.Error(status, "You have reached the maximum daily rate limit").With("Retry-After", retryAfter));
        var error = await _f.Fails<ScimRateLimitException>(() => _f.Users.GetAsync("id1", _f.Call));
        Assert.Single(_f.Transport.Scim);
        Assert.True(error.RetryAfter > TimeSpan.FromHours(5));
        Assert.Contains("maximum daily", error.Message);
        Assert.Equal(TimeSpan.Zero, _f.Clock.Elapsed);
    }

    [Fact]
    public async Task The_next_call_is_told_without_asking_Zoom()
    {
        _f.Transport.Answer((_, _) => Reply.TooMany().With("Retry-After", "2026-01-05T14:00:00Z"));
        await _f.Fails<ScimRateLimitException>(() => _f.Users.GetAsync("id1", _f.Call));
        var error = await _f.Fails<ScimRateLimitException>(() => _f.Users.GetAsync("id2", _f.Call));
        Assert.Single(_f.Transport.Scim);
        Assert.Contains("2026-01-05 14:00:00Z", error.Message);

        _f.Clock.Advance(TimeSpan.FromHours(6));
        _f.Transport.Answer((_, _) => Reply.User());
        await _f.Run(() => _f.Users.GetAsync("id1", _f.Call));
    }

    [Fact]
    public async Task A_broken_connection_is_tried_again()
    {
        _f.Transport.OnScim = (_, n, _) => n < 3 ? throw new HttpRequestException("reset") : Task.FromResult(Reply.User());
        await _f.Run(() => _f.Users.SetActiveAsync("id1", true, _f.Call));
        Assert.Equal(3, _f.Transport.Scim.Count());
    }

    [Fact]
    public async Task A_read_that_never_gets_through_is_a_connection_error()
    {
        _f.Transport.OnScim = (_, _, _) => throw new HttpRequestException("x", new SocketException((int)SocketError.HostNotFound));
        var error = await _f.Fails<ScimConnectionException>(() => _f.Users.GetAsync("id1", _f.Call));
        Assert.Equal("Zoom.Connection.NameResolution", error.ErrorId);
        Assert.Contains("api.zoom.us", error.RecommendedAction);
        Assert.Equal(6, _f.Transport.Scim.Count());
    }

    [Fact]
    public async Task A_change_that_never_got_an_answer_is_of_unknown_outcome()
    {
        _f.Transport.OnScim = (_, _, _) => throw new HttpRequestException("reset");
        await _f.Fails<ScimOutcomeUnknownException>(() => _f.Users.SetActiveAsync("id1", true, _f.Call));
    }

    [Fact]
    public async Task A_change_that_never_left_is_a_connection_error()
    {
        _f.Transport.OnScim = (_, _, _) => throw new HttpRequestException("x", new SocketException((int)SocketError.ConnectionRefused));
        await _f.Fails<ScimConnectionException>(() => _f.Users.SetActiveAsync("id1", true, _f.Call));
    }

    [Fact]
    public async Task An_attempt_that_takes_too_long_is_given_up_and_tried_again()
    {
        _f.Transport.OnScim = (_, n, cancel) => n == 1 ? Never.Answer(cancel) : Task.FromResult(Reply.User());
        await _f.Run(() => _f.Users.GetAsync("id1", _f.Call));
        Assert.Equal(2, _f.Transport.Scim.Count());
        Assert.InRange(_f.Clock.Elapsed, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(70));
    }

    [Fact]
    public async Task A_reply_cut_short_is_tried_again()
    {
        _f.Transport.Answer((_, n) => n == 1
            ? new HttpResponseMessage(System.Net.HttpStatusCode.OK) { Content = new StreamContent(new CutStream()) }
            : Reply.User());
        await _f.Run(() => _f.Users.GetAsync("id1", _f.Call));
        Assert.Equal(2, _f.Transport.Scim.Count());
    }

    /// <summary>A body that breaks off.</summary>
    private sealed class CutStream : System.IO.MemoryStream
    {
        public override bool CanSeek => false;

        public override int Read(byte[] buffer, int offset, int count) => throw new System.IO.IOException("cut");

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, System.Threading.CancellationToken cancellationToken) =>
            throw new System.IO.IOException("cut");

#if !NETFRAMEWORK
        public override int Read(Span<byte> buffer) => throw new System.IO.IOException("cut");

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, System.Threading.CancellationToken cancellationToken = default) =>
            throw new System.IO.IOException("cut");
#endif

        public override Task CopyToAsync(System.IO.Stream destination, int bufferSize, System.Threading.CancellationToken cancellationToken) =>
            throw new System.IO.IOException("cut");
    }
}
