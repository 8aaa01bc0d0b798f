using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Pipeline;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Tests.Pipeline;

/// <summary>A lane that ends early, and what it asks meanwhile: nobody is lost, and nobody is asked in vain.</summary>
public class BulkLaneStopTests : BulkLaneScene
{
    // ---- Ending early

    [Fact]
    public Task A_write_that_ends_the_pipeline_passes_as_it_is_and_everybody_not_shown_is_told_exactly() => PipelineThread.RunAsync(() =>
    {
        var selectFirst = new InvalidOperationException("Select-Object -First 3");
        var output = new FakeOutput();
        output.OnLine = line =>
        {
            if (line == "object r3")
            {
                throw selectFirst;
            }
        };
        var limit = 100;
        using var lane = new BulkLane(output, () => limit, 256, Clock);
        var go = PipelineThread.Signal();

        foreach (var name in new[] { "r1", "r2", "r3" })
        {
            lane.Add(name, null, async _ =>
            {
                await go.Task;
                return Done(name);
            });
        }

        void AfterStop(string name, Func<ChangeResult?> end) => lane.Add(name, "source of " + name, async scope =>
        {
            await PipelineThread.CancelledAsync(scope.Call.Stop);
            return end();
        });

        lane.Add("done before", null, Work("done before"));
        AfterStop("done after", () => Done("done after"));
        AfterStop("not sent", () => throw new ScimNotSentException("stopped"));
        AfterStop("cancelled", () => throw new OperationCanceledException());
        AfterStop("unknown", () => throw new ScimOutcomeUnknownException("no answer"));
        AfterStop("failed", () => throw FakeZoom.Refusal(409, "Cannot add paid users."));
        AfterStop("declined", () => null);
        limit = 1;
        void Last() => lane.Add("never started", "source of never started", Work("never started"));

        go.SetResult(true);
        Assert.Same(selectFirst, Assert.Throws<InvalidOperationException>(Last));

        var outcomes = lane.Interrupt();

        Assert.Equal(["r1", "r2", "r3"], output.Names);
        Assert.Equal(
            [
                "done before: Done", "done after: Done", "not sent: NotSent", "cancelled: NotSent", "unknown: Unknown", "failed: Failed",
                "never started: NotSent",
            ],
            outcomes.Select(o => $"{o.UserName}: {o.Outcome}"));
        Assert.All(outcomes.Skip(2), o => Assert.Equal("source of " + o.UserName, o.Source));
        Assert.IsType<ScimSeatsException>(outcomes.Single(o => o.Outcome == ChangeOutcome.Failed).Error);
    });

    [Fact]
    public Task A_write_that_is_refused_because_of_a_stop_has_not_been_delivered() => PipelineThread.RunAsync(() =>
    {
        var stopped = new InvalidOperationException("PipelineStopped");
        var output = new FakeOutput();
        using var lane = Lane(output);
        output.OnLine = line =>
        {
            if (line == "object b")
            {
                lane.Stop();
                throw stopped;
            }
        };

        var thrown = Assert.Throws<InvalidOperationException>(() =>
        {
            foreach (var name in new[] { "a", "b", "c" })
            {
                lane.Add(name, null, Work(name));
            }

            lane.Drain();
        });

        Assert.Same(stopped, thrown);
        Assert.Contains("b: Done", lane.Interrupt().Select(o => $"{o.UserName}: {o.Outcome}"));
    });

    [Fact]
    public Task An_error_that_ends_the_pipeline_has_been_delivered() => PipelineThread.RunAsync(() =>
    {
        var actionPreferenceStop = new InvalidOperationException("-ErrorAction Stop");
        var output = new FakeOutput { OnLine = _ => throw actionPreferenceStop };
        using var lane = Lane(output, limit: 1);

        Assert.Same(
            actionPreferenceStop,
            Assert.Throws<InvalidOperationException>(() => lane.Add("a", null, _ => throw FakeZoom.Refusal(409, "Cannot add paid users."))));
        Assert.Empty(lane.Interrupt());
    });

    [Fact]
    public Task A_record_whose_verbose_line_ends_the_pipeline_has_not_been_delivered() => PipelineThread.RunAsync(() =>
    {
        var output = new FakeOutput { OnLine = _ => throw new InvalidOperationException() };
        using var lane = Lane(output, limit: 1);

        Assert.Throws<InvalidOperationException>(() => lane.Add("a", null, scope =>
        {
            scope.Tell("a");
            return Task.FromResult<ChangeResult?>(Done("a"));
        }));
        Assert.Equal(["a"], lane.Interrupt().Select(o => o.UserName));
    });

    [Fact]
    public async Task A_stop_starts_nothing_more_at_once_and_breaks_the_wire_after_800_ms()
    {
        var (started, added) = (PipelineThread.Signal(), PipelineThread.Signal());
        BulkLane? lane = null;
        IReadOnlyList<ChangeResult> outcomes = [];
        var pipeline = PipelineThread.RunAsync(() =>
        {
            var output = new FakeOutput();
            using var mine = lane = Lane(output, limit: 2);
            // Like PowerShell, which takes no write of a command that is being stopped.
            output.OnLine = _ =>
            {
                if (mine.Stopping)
                {
                    throw new OperationCanceledException();
                }
            };
            mine.Add("on the wire", null, async scope =>
            {
                started.SetResult(true);
                await PipelineThread.CancelledAsync(scope.Call.Abort);
                throw new ScimOutcomeUnknownException("no answer");
            });
            mine.Add("waiting for the rate", null, async scope =>
            {
                await PipelineThread.CancelledAsync(scope.Call.Stop);
                throw new ScimNotSentException("stopped");
            });
            mine.Add("queued", null, Work("queued"));
            added.SetResult(true);
            Assert.ThrowsAny<OperationCanceledException>(mine.Drain);
            outcomes = mine.Interrupt();
        });

        await PipelineThread.InTimeAsync(Task.WhenAll(started.Task, added.Task));
        var (stop, abort) = (lane!.StopToken, lane.AbortToken);
        Assert.False(lane.Stopping);
        lane.Stop();

        Assert.True(stop.IsCancellationRequested);
        Assert.False(abort.IsCancellationRequested);
        Clock.Advance(TimeSpan.FromMilliseconds(799));
        Assert.False(abort.IsCancellationRequested);
        var aborted = PipelineThread.CancelledAsync(abort);
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        await PipelineThread.InTimeAsync(aborted);
        await pipeline;

        Assert.Equal(
            ["on the wire: Unknown", "waiting for the rate: NotSent", "queued: NotSent"],
            outcomes.Select(o => $"{o.UserName}: {o.Outcome}"));
    }

    [Fact]
    public async Task An_answer_within_the_grace_is_known()
    {
        var (started, answer) = (PipelineThread.Signal(), PipelineThread.Signal());
        BulkLane? lane = null;
        IReadOnlyList<ChangeResult> outcomes = [];
        var pipeline = PipelineThread.RunAsync(() =>
        {
            var output = new FakeOutput();
            using var mine = lane = Lane(output);
            mine.Add("a", null, async _ =>
            {
                started.SetResult(true);
                await answer.Task;
                return Done("a");
            });
            // The answer may come before the pump sees the stop; then it is written as ever.
            if (Record.Exception(mine.Drain) is { } ended)
            {
                Assert.IsAssignableFrom<OperationCanceledException>(ended);
            }

            outcomes = mine.Interrupt();
            Assert.Equal(["a"], output.Names.Concat(outcomes.Select(o => o.UserName)));
        });

        await PipelineThread.InTimeAsync(started.Task);
        lane!.Stop();
        lane.Stop();
        Clock.Advance(TimeSpan.FromMilliseconds(500));
        await Task.Yield();
        answer.SetResult(true);
        await pipeline;

        Assert.DoesNotContain(outcomes, o => o.Outcome != ChangeOutcome.Done);
        lane.Stop();
    }

    [Fact]
    public Task Nobody_whom_a_stop_kept_from_being_sent_is_lost() => PipelineThread.RunAsync(() =>
    {
        for (var round = 0; round < 50; round++)
        {
            var output = new FakeOutput();
            using var lane = Lane(output, limit: 4);
            for (var i = 0; i < 6; i++)
            {
                lane.Add($"u{i}", null, async scope =>
                {
                    await PipelineThread.CancelledAsync(scope.Call.Stop);
                    throw new ScimNotSentException("stopped");
                });
            }

            lane.Stop();
            for (var again = 0; again < 20; again++)
            {
                // Whatever the cmdlet does before it tells what became of the records.
                Assert.Throws<OperationCanceledException>(lane.Drain);
                Thread.Yield();
            }

            Assert.Equal(["u0", "u1", "u2", "u3", "u4", "u5"], lane.Interrupt().Select(o => o.UserName));
            Assert.Empty(output.Lines);
        }
    });

    [Fact]
    public Task Interrupting_an_idle_lane_and_ending_it_twice_is_harmless() => PipelineThread.RunAsync(() =>
    {
        var lane = Lane(new FakeOutput());
        Assert.Empty(lane.Interrupt());
        lane.Dispose();
        lane.Stop();
    });

    // ---- Questions

    [Fact]
    public Task A_question_asked_after_a_stop_reaches_nobody() => PipelineThread.RunAsync(() =>
    {
        var output = new FakeOutput();
        using var lane = Lane(output);
        lane.Add("a", null, async scope =>
        {
            await PipelineThread.CancelledAsync(scope.Call.Stop);
            return await scope.ShouldProcessAsync("a", "Create") ? Done("a") : null;
        });
        lane.Stop();

        Assert.Throws<OperationCanceledException>(lane.Drain);
        Assert.Equal(["a: NotSent"], lane.Interrupt().Select(o => $"{o.UserName}: {o.Outcome}"));
        Assert.Empty(output.Questions);
    });

    [Fact]
    public Task A_question_that_waits_when_the_stop_comes_is_refused_and_not_asked() => PipelineThread.RunAsync(() =>
    {
        var output = new FakeOutput();
        using var lane = Lane(output);
        var (go, asked) = (PipelineThread.Signal(), PipelineThread.Signal());
        lane.Add("a", null, async scope =>
        {
            await go.Task;
            var answer = scope.ShouldProcessAsync("a", "Create");
            asked.SetResult(true);
            return await answer ? Done("a") : null;
        });
        go.SetResult(true);
        PipelineThread.Await(asked.Task);
        lane.Stop();

        Assert.Throws<OperationCanceledException>(() => lane.Add("b", null, Work("b")));

        Assert.Equal(["a: NotSent", "b: NotSent"], lane.Interrupt().Select(o => $"{o.UserName}: {o.Outcome}"));
        Assert.Empty(output.Questions);
    });

    [Fact]
    public Task A_prompt_that_throws_ends_the_pipeline_with_the_same_exception_and_its_record_is_not_sent() => PipelineThread.RunAsync(() =>
    {
        var atThePrompt = new InvalidOperationException("Ctrl+C at the prompt");
        var output = new FakeOutput { Answer = _ => throw atThePrompt };
        using var lane = Lane(output);

        Assert.Same(atThePrompt, Assert.Throws<InvalidOperationException>(() =>
        {
            lane.Add("a", null, async scope => await scope.ShouldProcessAsync("a", "Delete") ? Done("a") : null);
            lane.Drain();
        }));
        Assert.Equal(["a: NotSent"], lane.Interrupt().Select(o => $"{o.UserName}: {o.Outcome}"));
    });
}
