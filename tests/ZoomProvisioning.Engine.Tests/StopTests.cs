using System;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using Xunit;

namespace ZoomProvisioning.Engine.Tests;

public sealed class StopTests : IDisposable
{
    private readonly Fixture _f = new();

    public void Dispose() => _f.Dispose();

    [Fact]
    public async Task A_call_stopped_before_it_began_sends_nothing()
    {
        _f.Stop.Cancel();
        await Assert.ThrowsAsync<ScimNotSentException>(() => _f.Users.SetActiveAsync("id1", true, _f.Call));
        await Assert.ThrowsAsync<ScimNotSentException>(() => _f.Users.CreateAsync(Fixture.NewUser(), _f.Call));
        await Assert.ThrowsAsync<ScimNotSentException>(() => _f.Users.GetAsync("id1", _f.Call));
        Assert.Empty(_f.Transport.Requests);
    }

    [Fact]
    public async Task A_stop_ends_the_wait_for_the_governor()
    {
        _f.Transport.Answer((_, _) => Reply.User());
        var calls = Enumerable.Range(0, 5).Select(n => Task.Run(() => _f.Users.SetActiveAsync("id" + n, true, _f.Call))).ToList();
        await Fixture.Until(() => _f.Transport.Scim.Count() == 1 && calls.Count(c => c.IsCompleted) == 1);
        _f.Stop.Cancel();
        foreach (var call in calls.Where(c => !c.IsCompleted))
        {
            await Assert.ThrowsAsync<ScimNotSentException>(() => call);
        }

        Assert.Single(_f.Transport.Scim);
    }

    [Fact]
    public async Task A_stop_lets_what_is_on_the_wire_finish()
    {
        var held = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _f.Transport.OnScim = (_, _, _) => held.Task;
        var call = Task.Run(() => _f.Users.SetActiveAsync("id1", true, _f.Call));
        await Fixture.Until(() => _f.Transport.Scim.Any());
        _f.Stop.Cancel();
        await _f.Clock.RestAsync();
        Assert.False(call.IsCompleted);
        held.SetResult(Reply.User());
        Assert.Equal("id1", (await call).Id);
    }

    [Theory]
    [InlineData(429, false)]
    [InlineData(503, true)]
    public async Task A_stop_during_a_wait_for_a_retry_knows_what_the_last_reply_means(int status, bool unknown)
    {
        _f.Transport.Answer((_, _) => Reply.Error(status, "later").With("Retry-After", "60"));
        var call = Task.Run(() => _f.Users.SetActiveAsync("id1", true, _f.Call));
        await Fixture.Until(() => _f.Transport.Scim.Any() && _f.Clock.Pending > 0);
        _f.Stop.Cancel();
        if (unknown)
        {
            await Assert.ThrowsAsync<ScimOutcomeUnknownException>(() => call);
        }
        else
        {
            await Assert.ThrowsAsync<ScimNotSentException>(() => call);
        }

        Assert.Single(_f.Transport.Scim);
    }

    [Fact]
    public async Task A_refusal_does_not_close_the_question_an_earlier_attempt_left_open()
    {
        _f.Transport.OnScim = (_, n, _) => n == 1 ? throw new HttpRequestException("cut") : Task.FromResult(Reply.TooMany().With("Retry-After", "60"));
        var call = _f.Clock.RunAsync(Task.Run(() => _f.Users.SetActiveAsync("id1", true, _f.Call)));
        await Fixture.Until(() => _f.Transport.Scim.Count() == 2);
        _f.Stop.Cancel();
        await Assert.ThrowsAsync<ScimOutcomeUnknownException>(() => call);
    }

    [Fact]
    public async Task A_refusal_that_arrives_after_the_stop_is_not_sent()
    {
        var held = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _f.Transport.OnScim = (_, _, _) => held.Task;
        var call = Task.Run(() => _f.Users.SetActiveAsync("id1", true, _f.Call));
        await Fixture.Until(() => _f.Transport.Scim.Any());
        _f.Stop.Cancel();
        held.SetResult(Reply.TooMany());
        await Assert.ThrowsAsync<ScimNotSentException>(() => call);
        Assert.Single(_f.Transport.Scim);
    }

    [Fact]
    public async Task An_abort_of_a_change_on_the_wire_leaves_its_outcome_unknown()
    {
        foreach (var action in new Func<Fixture, Task>[]
        {
            f => f.Users.SetActiveAsync("id1", true, f.Call),
            f => f.Users.UpdateAsync("id1", new ScimObject { ["title"] = "t" }, f.Call),
            f => f.Users.DeleteAsync("id1", f.Call),
            f => f.Users.CreateAsync(Fixture.NewUser(), f.Call),
        })
        {
            using var f = new Fixture();
            f.Transport.OnScim = (_, _, cancel) => Never.Answer(cancel);
            var call = Task.Run(() => action(f));
            await Fixture.Until(() => f.Transport.Scim.Any());
            f.Stop.Cancel();
            f.Abort.Cancel();
            await Assert.ThrowsAsync<ScimOutcomeUnknownException>(() => call);
            Assert.Single(f.Transport.Scim);
        }
    }

    [Fact]
    public async Task An_abort_of_a_read_changes_nothing()
    {
        _f.Transport.OnScim = (_, _, cancel) => Never.Answer(cancel);
        var call = Task.Run(() => _f.Users.GetAsync("id1", _f.Call));
        await Fixture.Until(() => _f.Transport.Scim.Any());
        _f.Stop.Cancel();
        _f.Abort.Cancel();
        await Assert.ThrowsAsync<ScimNotSentException>(() => call);
    }

    [Fact]
    public async Task A_closed_connection_sends_nothing_more()
    {
        _f.Transport.Answer((_, _) => Reply.User());
        _f.Service.Dispose();
        await Assert.ThrowsAsync<ScimNotSentException>(() => _f.Users.GetAsync("id1", _f.Call));
        await Assert.ThrowsAsync<ScimNotSentException>(() => _f.Users.SetActiveAsync("id1", true, _f.Call));
        Assert.Empty(_f.Transport.Scim);
    }

    [Fact]
    public async Task Closing_a_connection_lets_go_of_those_who_wait_for_their_turn()
    {
        _f.Transport.OnScim = (_, _, cancel) => Never.Answer(cancel);
        var first = Task.Run(() => _f.Users.SetActiveAsync("id1", true, _f.Call));
        await Fixture.Until(() => _f.Transport.Scim.Any());
        var second = Task.Run(() => _f.Users.SetActiveAsync("id1", false, _f.Call));
        await _f.Clock.RestAsync();
        _f.Service.Dispose();
        await Assert.ThrowsAsync<ScimNotSentException>(() => second);
        _f.Stop.Cancel();
        _f.Abort.Cancel();
        await Assert.ThrowsAsync<ScimOutcomeUnknownException>(() => first);
        Assert.Single(_f.Transport.Scim);
    }
}
