using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Simulator;
using ZoomProvisioning.Tests;

namespace ZoomProvisioning.Engine.Tests.AgainstSimulator;

/// <summary>Whole conversations with the embedded simulator, in virtual time. Engine and simulator share no code.</summary>
public sealed class ConversationTests : IDisposable
{
    private readonly FakeClock _clock = new();
    private readonly ISimulator _zoom;
    private readonly IScimService _service;
    private readonly Watcher _watcher = new();
    private readonly ScimCall _call;

    public ConversationTests()
    {
        _zoom = new SimulatorFactory().Create(new SimulatorOptions { SeedUsers = 120, Clock = _clock });
        _zoom.PatchBehaviour("""{"ids":"hostile"}""");
        _service = new EngineFactory().Connect(new EngineOptions
        {
            ScimUri = _zoom.ScimUri,
            TokenUri = _zoom.TokenUri,
            AccountId = _zoom.AccountId,
            ClientId = _zoom.ClientId,
            ClientSecret = Fixture.Secure(_zoom.ClientSecret),
            Transport = _zoom.CreateTransport(),
            Clock = _clock,
        });
        _call = new ScimCall(CancellationToken.None, CancellationToken.None, _watcher);
    }

    public void Dispose()
    {
        _service.Dispose();
        _zoom.Dispose();
    }

    [Fact]
    public async Task The_life_of_a_user()
    {
        var steps = await Run(() => _service.TestAsync(_call));
        Assert.All(steps.Skip(2), s => Assert.Equal(TestOutcome.Passed, s.Outcome));

        var body = New("jill.o'brien+1@example.com");
        body.ComplexOrNew("name")["givenName"] = "Jill";
        body.ComplexOrNew("name")["familyName"] = "O'Brien";
        body.ComplexOrNew(ScimSchemas.EnterpriseUser)["department"] = "Ünits";
        var created = await Run(() => _service.Users.CreateAsync(body, _call));
        Assert.Equal("jill.o'brien+1@example.com", created.UserName);

        var found = await Run(() => _service.Users.ListAsync(1, 2, ScimFilter.UserName("jill.o'brien+1@example.com"), _call));
        Assert.Equal(created.Id, found.Resources.Single().Id);

        var update = new ScimObject { ["title"] = "Chief" };
        var updated = await Run(() => _service.Users.UpdateAsync(created.Id!, update, _call));
        Assert.Equal("Chief", updated.Title);
        Assert.Equal("Ünits", updated.Department);

        Assert.False((await Run(() => _service.Users.SetActiveAsync(created.Id!, false, _call))).Active);
        await Assert.ThrowsAsync<ScimUserStateException>(() => Run(() => _service.Users.UpdateAsync(created.Id!, update, _call)));
        Assert.True((await Run(() => _service.Users.SetActiveAsync(created.Id!, true, _call))).Active);

        await Run(async () =>
        {
            await _service.Users.DeleteAsync(created.Id!, _call);
            return true;
        });
        await Assert.ThrowsAsync<ScimNotFoundException>(() => Run(() => _service.Users.GetAsync(created.Id!, _call)));
    }

    [Fact]
    public async Task Every_user_can_be_listed_and_read_whatever_is_in_the_id()
    {
        var all = await ListAllAsync();
        Assert.Equal(all.Count, all.Select(u => u.Id).Distinct().Count());
        Assert.Contains(all, u => u.Id!.Contains('&'));
        await Run(() => Task.WhenAll(all.Select(async user =>
        {
            var read = await _service.Users.GetAsync(user.Id!, _call);
            Assert.Equal(user.UserName, read.UserName);
        }).Select(async t =>
        {
            await t;
            return true;
        })));
    }

    [Theory]
    [InlineData("drop", "after", 1)]
    [InlineData("drop", "before", 2)]
    [InlineData("html", "after", 1)]
    [InlineData("status", "before", 2)]
    [InlineData("truncate", "after", 1)]
    [InlineData("content-type", "after", 1)]
    public async Task A_create_whose_reply_is_lost_makes_one_user(string kind, string when, int posts)
    {
        _zoom.PatchBehaviour($$"""{"faults":[{"kind":"{{kind}}","method":"POST","when":"{{when}}","count":1}]}""");
        var user = await Run(() => _service.Users.CreateAsync(New("new@example.com"), _call));
        Assert.Equal("new@example.com", user.UserName);
        Assert.Equal(posts, Requests("POST", "/scim2/Users"));
        var found = await Run(() => _service.Users.ListAsync(1, 10, ScimFilter.UserName("new@example.com"), _call));
        Assert.Equal(user.Id, found.Resources.Single().Id);
    }

    [Theory]
    [InlineData("drop", "after")]
    [InlineData("drop", "before")]
    public async Task A_delete_whose_reply_is_lost_is_done(string kind, string when)
    {
        var user = await Run(() => _service.Users.CreateAsync(New("leaver@example.com"), _call));
        _zoom.PatchBehaviour($$"""{"faults":[{"kind":"{{kind}}","method":"DELETE","when":"{{when}}","count":1}]}""");
        await Run(async () =>
        {
            await _service.Users.DeleteAsync(user.Id!, _call);
            return true;
        });
        Assert.Empty((await Run(() => _service.Users.ListAsync(1, 10, ScimFilter.UserName("leaver@example.com"), _call))).Resources);
    }

    [Fact]
    public async Task A_user_that_shows_late_is_waited_for()
    {
        _zoom.PatchBehaviour("""{"eventual_consistency_reads":3}""");
        var user = await Run(() => _service.Users.CreateAsync(New("late@example.com"), _call));
        Assert.Equal(user.Id, (await Run(() => _service.Users.GetAsync(user.Id!, _call))).Id);
    }

    [Theory]
    [InlineData("both")]
    [InlineData("unquoted-only")]
    [InlineData("quoted-only")]
    public async Task Either_spelling_of_a_filter_finds_the_user(string quotes)
    {
        _zoom.PatchBehaviour($$"""{"filter_quotes":"{{quotes}}"}""");
        var user = await Run(() => _service.Users.CreateAsync(New("quoted@example.com"), _call));
        for (var n = 0; n < 2; n++)
        {
            var page = await Run(() => _service.Users.ListAsync(1, 2, ScimFilter.UserName("quoted@example.com"), _call));
            Assert.Equal(user.Id, page.Resources.Single().Id);
        }
    }

    [Theory]
    [InlineData("token-expired")]
    [InlineData("token-revoked")]
    public async Task A_token_that_ends_in_the_middle_is_replaced_unseen(string kind)
    {
        await ListAllAsync();
        _zoom.PatchBehaviour($$"""{"faults":[{"kind":"{{kind}}","count":1}]}""");
        await ListAllAsync();
        Assert.Equal(2, Requests("POST", "/oauth/token"));
    }

    [Theory]
    [InlineData("business", "on", 300, 20)]
    [InlineData("pro", "on", 300, 20)]
    [InlineData("business", "off", 300, 30)]
    [InlineData("pro", "off", 300, 60)]
    [InlineData("legacy", "on", 30, 60)]
    [InlineData("legacy", "off", 30, 90)]
    public async Task A_thousand_readers_find_the_pace_of_any_plan(string plan, string headers, int reads, int seconds)
    {
        _zoom.PatchBehaviour($$"""{"rate_plan":"{{plan}}","rate_headers":"{{headers}}"}""");
        var user = (await ListAllAsync())[0];
        var startedAt = _clock.Elapsed;
        await Run(() => Task.WhenAll(Enumerable.Range(0, reads).Select(_ => _service.Users.GetAsync(user.Id!, _call))));
        Assert.InRange((_clock.Elapsed - startedAt).TotalSeconds, 0, seconds);
        if (headers == "on")
        {
            Assert.InRange(_service.Rate.Throttled, 0, reads / 5);
        }
    }

    [Fact]
    public async Task When_the_day_is_used_up_the_error_says_until_when()
    {
        _zoom.PatchBehaviour("""{"daily_limit":5}""");
        await Run(() => Task.WhenAll(Enumerable.Range(0, 3).Select(n => _service.Users.CreateAsync(New($"n{n}@example.com"), _call))));
        var error = await Assert.ThrowsAsync<ScimRateLimitException>(() => Run(() => Task.WhenAll(
            Enumerable.Range(3, 5).Select(n => _service.Users.CreateAsync(New($"n{n}@example.com"), _call)))));
        Assert.Contains("2026-01-06 00:00:00Z", error.Message);
    }

    private static ScimObject New(string userName) => new() { ["userName"] = userName };

    private Task<T> Run<T>(Func<Task<T>> action) => _clock.RunAsync(Task.Run(action));

    private async Task<List<ScimUser>> ListAllAsync()
    {
        var all = new List<ScimUser>();
        while (true)
        {
            var start = all.Count + 1;
            var page = await Run(() => _service.Users.ListAsync(start, 100, null, _call));
            all.AddRange(page.Resources);
            if (page.Resources.Count == 0 || all.Count >= page.TotalResults)
            {
                return all;
            }
        }
    }

    private int Requests(string method, string path)
    {
        using var log = JsonDocument.Parse(_zoom.GetRequests());
        return log.RootElement.EnumerateArray().Count(r =>
            r.GetProperty("method").GetString() == method && r.GetProperty("path").GetString()!.StartsWith(path, StringComparison.Ordinal));
    }

    private sealed class Watcher : IWireObserver
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public bool WantsDetail => true;

        public void OnWire(WireEvent wireEvent) => Lines.Enqueue(wireEvent.Message);
    }
}
