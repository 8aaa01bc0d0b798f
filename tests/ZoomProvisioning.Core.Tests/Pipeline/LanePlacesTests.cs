using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Pipeline;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Tests.Pipeline;

/// <summary>Who only waits for another record's request holds up nobody, and is not overtaken afterwards.</summary>
public class LanePlacesTests : BulkLaneScene
{
    [Fact]
    public async Task Who_waits_aside_gives_the_place_away_and_comes_back_before_anybody_new()
    {
        var places = new LanePlaces(() => 1);
        var arrival = PipelineThread.Signal();
        var freed = 0;
        Assert.True(places.TryTake());
        Assert.False(places.TryTake());

        var waiting = places.WaitAsideAsync(arrival.Task, () => freed++);
        Assert.Equal(1, freed);
        Assert.True(places.TryTake());

        // The page is there, and the place is somebody else's.
        arrival.SetResult(true);
        await Task.Yield();
        Assert.False(waiting.IsCompleted);
        Assert.False(places.TryTake());

        places.Leave();
        await PipelineThread.InTimeAsync(waiting);
        Assert.False(places.TryTake());
        Assert.False(places.AreEmpty);
        places.Leave();
        Assert.True(places.AreEmpty);
    }

    [Fact]
    public async Task After_a_stop_nobody_waits_for_a_place()
    {
        var places = new LanePlaces(() => 1);
        var arrival = PipelineThread.Signal();
        Assert.True(places.TryTake());
        var waiting = places.WaitAsideAsync(arrival.Task, () => { });
        Assert.True(places.TryTake());
        arrival.SetException(new OperationCanceledException());

        places.Open();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => PipelineThread.InTimeAsync(waiting));
        places.Leave();
        Assert.False(places.AreEmpty);
        places.Leave();
        Assert.True(places.AreEmpty);
    }

    [Fact]
    public async Task A_limit_that_was_raised_lets_back_who_waits()
    {
        var limit = 1;
        var places = new LanePlaces(() => limit);
        Assert.True(places.TryTake());
        var waiting = places.WaitAsideAsync(Task.CompletedTask, () => Assert.True(places.TryTake()));
        Assert.False(waiting.IsCompleted);
        limit = 2;
        places.Refill();
        await PipelineThread.InTimeAsync(waiting);
    }

    [Fact]
    public Task On_a_lane_two_hundred_who_wait_hold_up_nobody_and_come_out_in_order() => PipelineThread.RunAsync(() =>
    {
        var page = PipelineThread.Signal();
        var output = new FakeOutput();
        using var lane = Lane(output, limit: 2);
        for (var i = 0; i < 200; i++)
        {
            var name = $"u{i}";
            lane.Add(name, null, async scope =>
            {
                await scope.Call.Aside!(page.Task);
                return Done(name);
            });
        }

        lane.Add("last", null, async _ =>
        {
            page.SetResult(true);
            await Task.Yield();
            return Done("last");
        });
        lane.Finish();

        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"u{i}").Append("last"), output.Names);
    });

    [Fact]
    public Task A_stop_ends_a_lane_on_which_many_wait_and_none_of_them_is_lost() => PipelineThread.RunAsync(() =>
    {
        var output = new FakeOutput();
        using var lane = Lane(output, limit: 2);
        for (var i = 0; i < 20; i++)
        {
            lane.Add($"u{i}", null, async scope =>
            {
                await scope.Call.Aside!(PipelineThread.CancelledAsync(scope.Call.Stop));
                throw new OperationCanceledException();
            });
        }

        lane.Stop();
        Assert.ThrowsAny<OperationCanceledException>(lane.Drain);
        Assert.Equal(
            Enumerable.Range(0, 20).Select(i => $"u{i}: {ChangeOutcome.NotSent}"), lane.Interrupt().Select(o => $"{o.UserName}: {o.Outcome}"));
        lane.WaitForWorkers(TimeSpan.FromSeconds(30));
    });
}
