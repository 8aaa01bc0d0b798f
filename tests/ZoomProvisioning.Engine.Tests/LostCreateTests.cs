using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Connections;

namespace ZoomProvisioning.Engine.Tests;

/// <summary>A far end with one memory of users, whose replies get lost.</summary>
public sealed class LostCreateTests : IDisposable
{
    private readonly Fixture _f = new();
    private readonly Dictionary<string, string> _there = new(StringComparer.OrdinalIgnoreCase);

    public void Dispose() => _f.Dispose();

    private enum Loss
    {
        None,
        BeforeProcessing,
        AfterProcessing,
        BadGatewayBefore,
        BadGatewayAfter,
        Refused429,
        ConnectionRefused,
        GarbledReply,
        SlowAfter,
    }

    private int Creates => _f.Transport.Scim.Count(r => r.Method == "POST");

    private void Far(params Loss[] losses)
    {
        var posts = 0;
        _f.Transport.OnScim = (seen, _, cancel) =>
        {
            if (seen.Method != "POST")
            {
                return Task.FromResult(seen.Uri.Query.Length == 0
                    ? Reply.User(userName: _there.Keys.Single())
                    : Reply.List(_there.Select(p => Reply.UserJson(p.Value, p.Key)).ToArray()));
            }

            var loss = losses[Math.Min(posts++, losses.Length - 1)];
            switch (loss)
            {
                case Loss.BeforeProcessing:
                    throw new HttpRequestException("cut");
                case Loss.BadGatewayBefore:
                    return Task.FromResult(Reply.Json(502, "<html>Bad gateway</html>", "text/html"));
                case Loss.Refused429:
                    return Task.FromResult(Reply.TooMany());
                case Loss.ConnectionRefused:
                    throw new HttpRequestException("x", new SocketException((int)SocketError.ConnectionRefused));
            }

            if (_there.ContainsKey("jill@example.com"))
            {
                return Task.FromResult(Reply.Error(400, "The email \"jill@example.com\" is already in use."));
            }

            _there["jill@example.com"] = "id1";
            return loss switch
            {
                Loss.AfterProcessing => throw new HttpRequestException("cut"),
                Loss.BadGatewayAfter => Task.FromResult(Reply.Json(502, "<html>Bad gateway</html>", "text/html")),
                Loss.GarbledReply => Task.FromResult(Reply.Json(201, """{"id":"id""")),
                Loss.SlowAfter => Never.Answer(cancel),
                _ => Task.FromResult(Reply.User(status: 201)),
            };
        };
    }

    private Task<ScimUser> Create() => _f.Run(() => _f.Users.CreateAsync(Fixture.NewUser("Jill@example.com"), _f.Call));

    [Fact]
    public async Task A_reply_lost_after_the_create_was_carried_out_is_settled_by_looking()
    {
        foreach (var loss in new[] { Loss.AfterProcessing, Loss.BadGatewayAfter, Loss.GarbledReply, Loss.SlowAfter })
        {
            using var f = new LostCreateTests();
            f.Far(loss);
            var user = await f.Create();
            Assert.Equal("id1", user.Id);
            Assert.Equal(1, f.Creates);
            Assert.Contains(f._f.Events, e => e.Message.Contains("counts as created"));
        }
    }

    [Fact]
    public async Task Whoever_was_there_long_before_is_not_taken_for_created()
    {
        const string Old = """{"schemas":[],"id":"id1","userName":"jill@example.com","active":true,"meta":{"created":"2020-01-01T00:00:00Z"}}""";
        _f.Transport.OnScim = (seen, _, _) => seen.Method == "POST" ? throw new HttpRequestException("cut")
            : Task.FromResult(seen.Uri.Query.Length == 0 ? Reply.Json(200, Old) : Reply.List(Old));

        var error = await Assert.ThrowsAsync<ScimConflictException>(Create);

        Assert.Equal("Zoom.User.AlreadyExists", error.ErrorId);
        Assert.Contains("2020-01-01", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, Creates);
    }

    [Fact]
    public async Task A_create_lost_on_the_way_is_sent_again_after_looking()
    {
        foreach (var loss in new[] { Loss.BeforeProcessing, Loss.BadGatewayBefore })
        {
            using var f = new LostCreateTests();
            f.Far(loss, Loss.None);
            Assert.Equal("id1", (await f.Create()).Id);
            Assert.Equal(["POST", "GET", "POST"], f._f.Transport.Scim.Select(r => r.Method));
        }
    }

    [Fact]
    public async Task A_create_that_was_certainly_not_processed_is_repeated_without_looking()
    {
        foreach (var loss in new[] { Loss.Refused429, Loss.ConnectionRefused })
        {
            using var f = new LostCreateTests();
            f.Far(loss, loss, Loss.None);
            Assert.Equal("id1", (await f.Create()).Id);
            Assert.Equal(["POST", "POST", "POST"], f._f.Transport.Scim.Select(r => r.Method));
        }
    }

    [Fact]
    public async Task A_look_up_that_comes_too_early_is_made_good_by_the_conflict()
    {
        var looks = 0;
        Far(Loss.AfterProcessing, Loss.None);
        var inner = _f.Transport.OnScim;
        _f.Transport.OnScim = (seen, n, cancel) => seen.Method == "GET" && seen.Uri.Query.Length > 0 && looks++ == 0
            ? Task.FromResult(Reply.List())
            : inner(seen, n, cancel);
        Assert.Equal("id1", (await Create()).Id);
        Assert.Equal(2, Creates);
    }

    [Fact]
    public async Task A_conflict_at_the_first_try_is_a_conflict()
    {
        _there["jill@example.com"] = "id9";
        Far(Loss.None);
        await Assert.ThrowsAsync<ScimConflictException>(Create);
        Assert.Equal(1, Creates);
    }

    [Fact]
    public async Task A_create_that_never_arrives_ends_and_says_that_the_user_is_not_there()
    {
        Far(Loss.BeforeProcessing);
        var error = await Assert.ThrowsAsync<ScimConnectionException>(Create);
        Assert.Equal("Zoom.User.CreateFailed", error.ErrorId);
        Assert.Equal(new EngineOptions().MaxAttempts, Creates);
    }

    [Fact]
    public async Task A_server_that_keeps_failing_is_a_server_error()
    {
        Far(Loss.BadGatewayBefore);
        await Assert.ThrowsAsync<ScimServerException>(Create);
        Assert.Equal(new EngineOptions().MaxAttempts, Creates);
    }

    [Fact]
    public async Task When_looking_fails_too_the_outcome_stays_open()
    {
        _f.Transport.OnScim = (_, _, _) => throw new HttpRequestException("cut");
        var error = await Assert.ThrowsAsync<ScimOutcomeUnknownException>(Create);
        Assert.Contains("jill@example.com", error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1, Creates);
    }

    [Fact]
    public async Task Somebody_elses_match_of_the_filter_is_not_our_user()
    {
        _f.Transport.Answer((seen, n) => seen.Method == "POST"
            ? n == 1 ? Reply.Json(502, "x", "text/html") : Reply.User(status: 201)
            : Reply.List(Reply.UserJson("id7", "jill@example.com.au")));
        Assert.Equal("id1", (await Create()).Id);
    }

    [Fact]
    public async Task A_stop_while_the_question_is_open_leaves_it_open()
    {
        Far(Loss.AfterProcessing);
        var call = Task.Run(() => _f.Users.CreateAsync(Fixture.NewUser(), _f.Call));
        await Fixture.Until(() => Creates == 1 && _f.Clock.Pending > 0);
        _f.Stop.Cancel();
        await Assert.ThrowsAsync<ScimOutcomeUnknownException>(() => call);
        Assert.Single(_f.Transport.Scim);
    }
}
