using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Engine.Tests;

/// <summary>
/// Times are virtual, but on a busy machine the clock may run ahead of the work by a step or two: lower bounds are exact, upper
/// ones generous.
/// </summary>
public sealed class GovernorTests : IDisposable
{
    private readonly Fixture _f = new();

    public void Dispose() => _f.Dispose();

    [Fact]
    public async Task It_starts_at_ten_a_second_and_climbs_while_nothing_is_refused()
    {
        _f.Transport.Answer((_, _) => Reply.User());
        Assert.Equal(10, _f.Service.Rate.RequestsPerSecond);
        await Read(_f, 300);

        var perSecond = PerSecond(_f);
        Assert.InRange(perSecond[0], 6, 12);
        Assert.True(perSecond[5] > 2 * perSecond[0], string.Join(" ", perSecond));
        Assert.InRange(_f.Service.Rate.RequestsPerSecond, 20, 80);
    }

    [Fact]
    public async Task A_pace_nobody_needs_is_not_raised()
    {
        _f.Transport.Answer((_, _) => Reply.User());
        for (var n = 0; n < 20; n++)
        {
            await _f.Run(() => _f.Users.GetAsync("id1", _f.Call));
            _f.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(10, _f.Service.Rate.RequestsPerSecond);
    }

    [Fact]
    public async Task It_never_climbs_above_what_the_largest_plan_allows()
    {
        _f.Transport.Answer((_, _) => Reply.User());
        await Read(_f, 500);
        Assert.InRange(_f.Service.Rate.RequestsPerSecond, 70, 80);
    }

    [Fact]
    public async Task A_bunch_of_refusals_lowers_it_once_to_just_below_and_pauses_everybody()
    {
        // Ten are under way when the first is refused: one lesson, not ten.
        var held = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _f.Transport.OnScim = async (_, n, _) =>
        {
            if (n is 1 or > 11)
            {
                return Reply.User();
            }

            await held.Task;
            return Reply.TooMany().With("Retry-After", "3");
        };
        await Read(_f, 1);
        Assert.Equal(10, _f.Service.Rate.RequestsPerSecond);
        var run = _f.Run(() => ReadAll(_f, 10));
        await Fixture.Until(() => _f.Transport.Scim.Count() == 11);
        held.SetResult(true);
        await run;
        Assert.Equal(10, _f.Service.Rate.Throttled);
        var requests = _f.Transport.Scim.ToList();
        Assert.Equal(21, requests.Count);
        Assert.Equal(9.7, _f.Service.Rate.RequestsPerSecond, 3);

        // And nobody was sent in the time Zoom asked for.
        Assert.True(requests[11].At - requests[10].At >= TimeSpan.FromSeconds(3));
    }

    [Theory]
    [InlineData(429, "Zoom's rate limit for light requests")]
    [InlineData(503, "Zoom is busy")]
    public async Task A_pause_says_why_as_long_as_it_lasts(int status, string reason)
    {
        _f.Transport.AnswerInTurn(() => Reply.Error(status, "busy").With("Retry-After", "3"), () => Reply.User());
        _ = _f.Service;
        var run = ReadAll(_f, 1);
        await Fixture.Until(() => _f.Service.Rate.PausedFor > TimeSpan.Zero);
        Assert.Equal(reason, _f.Service.Rate.PausedBy);
        await _f.Run(() => run);
        Assert.Null(_f.Service.Rate.PausedBy);
        Assert.Contains(_f.Events, e => e is { Kind: WireEventKind.Waiting, Reason: not null, Duration: not null });
    }

    [Fact]
    public async Task Zooms_headers_are_taken_at_their_word()
    {
        _f.Transport.Answer((_, _) => Reply.User().With("X-RateLimit-Type", "QPS").With("X-RateLimit-Limit", "40").With("X-RateLimit-Remaining", "12"));
        await Read(_f, 200);
        Assert.Equal(39.2, _f.Service.Rate.RequestsPerSecond, 6);
        Assert.All(PerSecond(_f).Skip(1), n => Assert.InRange(n, 0, 40));
        Assert.InRange(_f.Clock.Elapsed.TotalSeconds, 4.5, 12);
    }

    [Fact]
    public async Task A_daily_limit_is_not_a_pace()
    {
        _f.Transport.Answer((_, _) => Reply.User().With("X-RateLimit-Type", "Daily-limit").With("X-RateLimit-Limit", "6000"));
        await _f.Run(() => _f.Users.GetAsync("id1", _f.Call));
        Assert.Equal(10, _f.Service.Rate.RequestsPerSecond);
    }

    [Fact]
    public async Task When_nothing_remains_of_a_second_the_next_one_is_waited_for()
    {
        _f.Transport.Answer(
            (_, n) => Reply.User().With("X-RateLimit-Type", "QPS").With("X-RateLimit-Limit", "80").With("X-RateLimit-Remaining", n == 3 ? "0" : "5"));
        await Read(_f, 6);
        var requests = _f.Transport.Scim.ToList();
        Assert.True(requests[5].At - requests[2].At >= TimeSpan.FromSeconds(0.9));
    }

    [Fact]
    public async Task A_small_limit_is_used_although_its_seconds_are_used_up()
    {
        _f.Transport.Answer((_, n) => Reply.User()
            .With("X-RateLimit-Type", "QPS")
            .With("X-RateLimit-Limit", "2")
            .With("X-RateLimit-Remaining", (n % 2).ToString(System.Globalization.CultureInfo.InvariantCulture)));
        await Read(_f, 20);
        Assert.InRange(_f.Clock.Elapsed.TotalSeconds, 9.5, 11.5);
    }

    [Fact]
    public async Task What_is_told_of_medium_requests_lets_light_ones_begin_as_fast()
    {
        _f.Transport.Answer((request, _) => request.Uri.AbsolutePath.EndsWith("/Users", StringComparison.Ordinal)
            ? Reply.List().With("X-RateLimit-Type", "QPS").With("X-RateLimit-Limit", "60")
            : Reply.User());
        Assert.Equal(10, _f.Service.Rate.RequestsPerSecond);
        await _f.Run(() => _f.Users.ListAsync(1, 1, null, _f.Call));
        Assert.Equal(58.8, _f.Service.Rate.RequestsPerSecond, 6);
        await Read(_f, 1);
        await _f.Run(() => _f.Users.ListAsync(1, 1, null, _f.Call));

        // What was learned of a label itself is not thrown away for that.
        _f.Transport.Answer((_, _) => Reply.TooMany());
        await Assert.ThrowsAnyAsync<ScimException>(() => Read(_f, 1));
        var slower = _f.Service.Rate.RequestsPerSecond;
        Assert.InRange(slower, 0.1, 57);
        _f.Transport.Answer((_, _) => Reply.List().With("X-RateLimit-Type", "QPS").With("X-RateLimit-Limit", "60"));
        await _f.Run(() => _f.Users.ListAsync(1, 1, null, _f.Call));
        Assert.Equal(slower, _f.Service.Rate.RequestsPerSecond, 6);
    }

    [Fact]
    public async Task A_limit_that_Zoom_raises_is_taken_at_once()
    {
        _f.Transport.Answer(
            (_, n) => (n == 5 ? Reply.TooMany() : Reply.User()).With("X-RateLimit-Type", "QPS").With("X-RateLimit-Limit", n < 10 ? "20" : "60"));
        await Read(_f, 8);
        Assert.InRange(_f.Service.Rate.RequestsPerSecond, 17, 19.1);
        await Read(_f, 3);
        Assert.Equal(58.8, _f.Service.Rate.RequestsPerSecond, 6);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(500)]
    [InlineData(0)]
    public async Task Nothing_but_failures_never_climbs(int status)
    {
        _f.MaxAttempts = 4;
        _f.Transport.OnScim = (_, _, _) => status == 0
            ? throw new System.Net.Http.HttpRequestException("reset")
            : Task.FromResult(Reply.Error(status, "down"));
        var highest = 0.0;
        await _f.Run(() => Task.WhenAll(Enumerable.Range(0, 60).Select(async n =>
        {
            await Assert.ThrowsAnyAsync<ScimException>(() => _f.Users.GetAsync("id" + n, _f.Call));
            highest = Math.Max(highest, _f.Service.Rate.RequestsPerSecond);
        })));
        Assert.InRange(highest, 0.1, 10);
        Assert.InRange(_f.Service.Rate.RequestsPerSecond, 0.1, 9);
    }

    [Fact]
    public async Task The_lists_label_is_counted_apart()
    {
        _f.Transport.Answer((seen, _) => seen.Uri.Query.Length > 0 ? Reply.List() : Reply.User());
        await _f.Run(() => Task.WhenAll(
            ReadAll(_f, 10),
            Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _f.Users.ListAsync(1, 1, null, _f.Call)))));
        Assert.InRange(_f.Clock.Elapsed.TotalSeconds, 0.8, 1.6);
    }

    [Fact]
    public async Task A_refusal_of_one_label_says_nothing_of_the_other()
    {
        _f.Transport.Answer((seen, n) => seen.Uri.Query.Length > 0 ? Reply.TooMany() : Reply.User());
        _f.MaxAttempts = 1;
        await Assert.ThrowsAnyAsync<ScimException>(() => _f.Run(() => _f.Users.ListAsync(1, 1, null, _f.Call)));
        Assert.Equal(TimeSpan.Zero, _f.Service.Rate.PausedFor);
        Assert.Equal(10, _f.Service.Rate.RequestsPerSecond);
    }

    [Fact]
    public async Task The_ceiling_holds_whatever_Zoom_says()
    {
        _f.Cap = 2;
        _f.Transport.Answer((seen, _) => (seen.Uri.Query.Length > 0 ? Reply.List() : Reply.User())
            .With("X-RateLimit-Type", "QPS").With("X-RateLimit-Limit", "80"));
        await _f.Run(() => Task.WhenAll(
            ReadAll(_f, 6),
            Task.WhenAll(Enumerable.Range(0, 6).Select(_ => _f.Users.ListAsync(1, 1, null, _f.Call)))));
        Assert.Equal(2, _f.Service.Rate.RequestsPerSecond);
        Assert.InRange(_f.Clock.Elapsed.TotalSeconds, 5.4, 9);
    }

    [Fact]
    public async Task Two_connections_to_one_account_share_its_pace()
    {
        _f.Transport.Answer((_, _) => Reply.User());
        using var second = EngineFactory.Connect(_f.Options(), null);
        await _f.Run(() => Task.WhenAll(
            ReadAll(_f, 10),
            Task.WhenAll(Enumerable.Range(0, 10).Select(_ => second.Users.GetAsync("id1", _f.Call)))));
        Assert.InRange(_f.Clock.Elapsed.TotalSeconds, 1.5, 4);
    }

    [Fact]
    public async Task Two_accounts_do_not()
    {
        _f.Transport.Answer((_, _) => Reply.User());
        _ = _f.Service;
        _f.Account += "-other";
        using var second = EngineFactory.Connect(_f.Options(), null);
        await _f.Run(() => Task.WhenAll(
            ReadAll(_f, 10),
            Task.WhenAll(Enumerable.Range(0, 10).Select(_ => second.Users.GetAsync("id1", _f.Call)))));
        Assert.InRange(_f.Clock.Elapsed.TotalSeconds, 0.8, 1.6);
    }

    [Fact]
    public async Task Every_attempt_pays()
    {
        _f.Cap = 1;
        _f.Transport.AnswerInTurn(
            () => Reply.Gateway(401, 124, "Access token is expired."), () => Reply.User(), () => Reply.User());
        await _f.Run(() => _f.Users.GetAsync("id1", _f.Call));
        await _f.Run(() => _f.Users.GetAsync("id1", _f.Call));
        var times = _f.Transport.Scim.Select(r => r.At.TotalSeconds).ToList();
        Assert.Equal(3, times.Count);
        Assert.All(times.Zip(times.Skip(1), (a, b) => b - a), gap => Assert.True(gap >= 0.99));
    }

    [Fact]
    public async Task It_finds_the_old_limit_of_one_a_second()
    {
        // One request a second, whatever comes above is refused without a word on when to come back.
        var lastSecond = -1;
        var gate = new object();
        _f.MaxAttempts = 8;
        _f.Transport.Answer((seen, _) =>
        {
            lock (gate)
            {
                var second = (int)seen.At.TotalSeconds;
                if (second == lastSecond)
                {
                    return Reply.TooMany();
                }

                lastSecond = second;
                return Reply.User();
            }
        });
        await Read(_f, 40);
        Assert.InRange(_f.Clock.Elapsed.TotalSeconds, 39, 110);
    }

    private static Task<ScimUser[]> Read(Fixture f, int count) => f.Run(() => ReadAll(f, count));

    private static Task<ScimUser[]> ReadAll(Fixture f, int count) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(n => f.Users.GetAsync("id" + n, f.Call)));

    private static List<int> PerSecond(Fixture f)
    {
        var seconds = f.Transport.Scim.GroupBy(r => (int)r.At.TotalSeconds).ToDictionary(g => g.Key, g => g.Count());
        return Enumerable.Range(0, seconds.Keys.Max() + 1).Select(s => seconds.TryGetValue(s, out var n) ? n : 0).ToList();
    }
}
