using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Pipeline;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Tests.Pipeline;

public class BulkLaneTests
{
    private readonly FakeClock _clock = new();

    private static ChangeResult Done(string name) => new(name, PlanAction.Create, ChangeOutcome.Done, "done");

    private static Func<LaneScope, Task<ChangeResult?>> Work(string name) => async _ =>
    {
        await Task.Yield();
        return Done(name);
    };

    private BulkLane Lane(FakeOutput output, int limit = 8, int window = 256) => new(output, () => limit, window, _clock);

    // ---- Order, threads, limits

    [Fact]
    public Task A_thousand_records_come_out_in_input_order_on_the_pipeline_thread_within_the_limit() => PipelineThread.RunAsync(() =>
    {
        var (running, most, started) = (0, 0, 0);
        var sixteen = PipelineThread.Signal();
        var output = new FakeOutput();
        using var lane = Lane(output, limit: 16);

        for (var i = 0; i < 1000; i++)
        {
            var n = i;
            lane.Add($"u{n}", n, async scope =>
            {
                var now = Interlocked.Increment(ref running);
                int seen;
                while (now > (seen = Volatile.Read(ref most)) && Interlocked.CompareExchange(ref most, now, seen) != seen)
                {
                }

                // Nobody gets on before sixteen are under way at once.
                if (Interlocked.Increment(ref started) == 16)
                {
                    sixteen.SetResult(true);
                }

                await sixteen.Task;
                for (var wait = 0; wait < n % 7; wait++)
                {
                    await Task.Yield();
                }

                scope.Tell($"working on u{n}");
                Interlocked.Decrement(ref running);
                return Done($"u{n}");
            });
        }

        lane.Drain();

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"u{i}"), output.Names);
        Assert.Equal(Enumerable.Range(0, 1000).SelectMany(i => new[] { $"verbose working on u{i}", $"object u{i}" }), output.Lines);
        Assert.Equal(16, most);
        Assert.Empty(lane.Interrupt());
    });

    [Fact]
    public Task With_a_limit_of_one_a_record_is_done_when_Add_returns() => PipelineThread.RunAsync(() =>
    {
        var output = new FakeOutput();
        using var lane = Lane(output, limit: 1);
        for (var i = 0; i < 20; i++)
        {
            lane.Add($"u{i}", null, Work($"u{i}"));
            Assert.Equal(i + 1, output.Objects.Count);
        }
    });

    [Fact]
    public Task Where_nobody_can_be_asked_the_work_goes_on_while_the_source_is_silent() => PipelineThread.RunAsync(() =>
    {
        var output = new FakeOutput();
        using var lane = Lane(output, limit: 4);
        lane.AsksNobody = true;
        var (left, all) = (20, PipelineThread.Signal());
        for (var i = 0; i < 20; i++)
        {
            var name = $"u{i}";
            lane.Add(name, null, async scope =>
            {
                await Task.Yield();
                Assert.True(await scope.ShouldProcessAsync(name, "create"));
                if (Interlocked.Decrement(ref left) == 0)
                {
                    all.SetResult(true);
                }

                return Done(name);
            });
        }

        // Nothing calls the lane meanwhile, and all twenty are done.
        PipelineThread.Await(all.Task);
        Assert.True(output.Names.Count() < 20);
        lane.Finish();
        Assert.Equal(20, output.Names.Count());
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"u{i}"), output.Questions);
    });

    [Fact]
    public Task Warnings_of_one_kind_are_said_once_at_the_end() => PipelineThread.RunAsync(() =>
    {
        var output = new FakeOutput();
        using var lane = Lane(output);
        lane.AsksNobody = true;
        for (var i = 0; i < 700; i++)
        {
            var name = $"u{i}@example.com";
            lane.Add(name, null, scope =>
            {
                scope.Warn($"{name}: the phone '{name.Length}' is odd.");
                return Task.FromResult<ChangeResult?>(Done(name));
            });
        }

        lane.Add("one@example.com", null, scope =>
        {
            scope.Warn("one@example.com: quite another thing.");
            return Task.FromResult<ChangeResult?>(Done("one@example.com"));
        });
        lane.Finish();
        Assert.Equal(
            [
                "warning 700 records: the phone … is odd. (u0@example.com, u1@example.com, u2@example.com, u3@example.com, u4@example.com and 695 more)",
                "warning one@example.com: quite another thing.",
            ],
            output.Lines.Where(l => l.StartsWith("warning", StringComparison.Ordinal)));
    });

    [Fact]
    public Task The_limit_is_asked_again_each_time() => PipelineThread.RunAsync(() =>
    {
        var output = new FakeOutput();
        var limit = 1;
        using var lane = new BulkLane(output, () => limit, 256, _clock);
        lane.Add("a", null, Work("a"));
        limit = 2;
        var both = PipelineThread.Signal();
        var started = 0;
        for (var i = 0; i < 2; i++)
        {
            lane.Add("b", null, async _ =>
            {
                if (Interlocked.Increment(ref started) == 2)
                {
                    both.SetResult(true);
                }

                await both.Task;
                return null;
            });
        }

        lane.Drain();
        Assert.Equal(2, started);
    });

    [Fact]
    public Task The_input_never_runs_ahead_of_the_output_by_more_than_the_window() => PipelineThread.RunAsync(() =>
    {
        const int Window = 8;
        var output = new FakeOutput();
        var finished = 0;
        using var lane = Lane(output, limit: 4, window: Window);
        for (var i = 0; i < 200; i++)
        {
            Assert.True(i - output.Objects.Count < Window);
            var n = i;
            lane.Add($"u{n}", null, async _ =>
            {
                // Every tenth is slow: it ends when the others that fit into the window have ended.
                while (n % 10 == 0 && Volatile.Read(ref finished) < Math.Min(n + 3, 195))
                {
                    await Task.Yield();
                }

                Interlocked.Increment(ref finished);
                return Done($"u{n}");
            });
        }

        lane.Drain();
        Assert.Equal(200, output.Objects.Count);
    });

    [Fact]
    public Task An_error_is_written_at_its_place_and_stops_nobody() => PipelineThread.RunAsync(() =>
    {
        var output = new FakeOutput();
        using var lane = Lane(output);
        for (var i = 0; i < 300; i++)
        {
            var n = i;
            lane.Add($"u{n}", $"row {n}", async _ =>
            {
                await Task.Yield();
                return (n % 3) switch
                {
                    0 => Done($"u{n}"),
                    1 => throw FakeZoom.Refusal(409, "Cannot add paid users."),
                    _ => throw new InvalidOperationException("a defect"),
                };
            });
        }

        lane.Finish();

        Assert.Equal(Enumerable.Range(0, 300).Select(n => $"{(n % 3 == 0 ? "object" : "error")} u{n}"), output.Lines);
        Assert.Equal(100, output.Errors.Count(e => e is ScimSeatsException));
        Assert.Equal(100, output.Errors.Count(e => e.ErrorId == "Zoom.Call.Unexpected" && e.InnerException is InvalidOperationException));
        Assert.Equal(200, output.Progress.Last().Failed);
    });

    [Fact]
    public Task A_declined_record_writes_nothing() => PipelineThread.RunAsync(() =>
    {
        var output = new FakeOutput { Answer = target => target != "b" };
        using var lane = Lane(output);
        foreach (var name in new[] { "a", "b", "c" })
        {
            lane.Add(name, null, async scope => await scope.ShouldProcessAsync(name, "Create") ? Done(name) : null);
        }

        lane.Drain();

        Assert.Equal(["a", "c"], output.Names);
        Assert.Equal(["a", "b", "c"], output.Questions.OrderBy(q => q, StringComparer.Ordinal));
    });

    [Fact]
    public Task Warnings_and_the_wire_come_out_with_their_record() => PipelineThread.RunAsync(() =>
    {
        var output = new FakeOutput();
        using var lane = Lane(output);
        var second = PipelineThread.Signal();
        lane.Add("a", null, async scope =>
        {
            await second.Task;
            scope.Warn("a warns");
            scope.OnWire(new WireEvent(WireEventKind.Sending, "a sends") { Detail = "a's body" });
            return Done("a");
        });
        lane.Add("b", null, scope =>
        {
            scope.Tell("b tells");
            scope.Write("b's own");
            second.SetResult(true);
            return Task.FromResult<ChangeResult?>(Done("b"));
        });
        lane.Drain();

        Assert.Equal(["warning a warns", "verbose a sends", "debug a's body", "object a", "verbose b tells", "object b's own", "object b"], output.Lines);
    });

    [Fact]
    public Task Something_cancelled_while_nobody_stopped_is_an_error_and_not_silence() => PipelineThread.RunAsync(() =>
    {
        var output = new FakeOutput();
        using var lane = Lane(output);
        lane.Add("a", null, _ => throw new OperationCanceledException("by a timer"));
        lane.Add("b", null, _ => throw new ScimNotSentException("not sent"));
        lane.Add("c", null, Work("c"));
        lane.Drain();

        Assert.Equal(["error a", "error b", "object c"], output.Lines);
    });

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
        using var lane = new BulkLane(output, () => limit, 256, _clock);
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
        _clock.Advance(TimeSpan.FromMilliseconds(799));
        Assert.False(abort.IsCancellationRequested);
        var aborted = PipelineThread.CancelledAsync(abort);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
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
        _clock.Advance(TimeSpan.FromMilliseconds(500));
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

    // ---- Long lists

    [Fact]
    public Task A_list_waits_for_each_page_to_be_written() => PipelineThread.RunAsync(() =>
    {
        var (made, written, mostAhead) = (0, 0, 0);
        var output = new FakeOutput();
        using var lane = Lane(output);
        output.OnLine = _ =>
        {
            mostAhead = Math.Max(mostAhead, Volatile.Read(ref made) - written);
            written++;
        };
        lane.Add("list", null, async scope =>
        {
            for (var page = 0; page < 100; page++)
            {
                Interlocked.Increment(ref made);
                await scope.SayAndWaitAsync(o => o.WriteObject("page"));
            }

            return null;
        });
        lane.Drain();

        Assert.Equal(100, written);
        Assert.Equal(1, mostAhead);
    });

    [Fact]
    public Task A_list_that_is_ended_early_does_not_hang_whenever_it_speaks_again() => PipelineThread.RunAsync(() =>
    {
        var output = new FakeOutput { OnLine = _ => throw new InvalidOperationException("Select-Object -First 1") };
        using var lane = Lane(output);
        Assert.Throws<InvalidOperationException>(() =>
        {
            lane.Add("list", null, async scope =>
            {
                for (var page = 0; page < 1000; page++)
                {
                    try
                    {
                        // The page after the last one shown was on the wire when the pipeline ended.
                        await scope.SayAndWaitAsync(o => o.WriteObject("page"));
                    }
                    catch (OperationCanceledException)
                    {
                    }
                }

                return null;
            });
            lane.Drain();
        });
        Assert.Empty(lane.Interrupt());
        Assert.Single(output.Objects);
    });

    // ---- Progress

    [Fact]
    public Task Progress_tells_count_rate_and_time_left_and_ends() => PipelineThread.RunAsync(() =>
    {
        var output = new FakeOutput();
        using var lane = Lane(output, limit: 1);
        for (var i = 0; i < 4; i++)
        {
            lane.Add($"u{i}", null, Work($"u{i}"));
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        lane.Finish();

        Assert.Contains(output.Progress, p => p is { Done: > 0, Finished: false, Total: null });
        var last = output.Progress.Last();
        Assert.True(last.Finished);
        Assert.Equal(4, last.Done);
        Assert.Equal(4, last.Total);
        Assert.Equal(1.0, last.PerSecond, 3);
        Assert.Equal(TimeSpan.Zero, last.Left);
    });

    [Fact]
    public Task What_comes_of_the_records_counts_too_and_the_end_is_told_once() => PipelineThread.RunAsync(() =>
    {
        var output = new FakeOutput();
        using var lane = Lane(output);
        lane.Add("a", null, Work("a"));
        lane.Add("b", null, Work("b"));
        lane.Drain();
        lane.Add("a (manager)", null, Work("a (manager)"));
        lane.Finish();

        var last = Assert.Single(output.Progress, p => p.Finished);
        Assert.Equal((3, 3), (last.Done, last.Total));
    });

    [Theory]
    [InlineData(0, 40)]
    [InlineData(1, 1)]
    public Task A_slow_terminal_is_drawn_to_less_often(int secondsToDraw, int drawings) => PipelineThread.RunAsync(() =>
    {
        var output = new FakeOutput { OnProgress = () => _clock.Advance(TimeSpan.FromSeconds(secondsToDraw)) };
        using var lane = Lane(output, limit: 1);
        lane.Add("first", null, Work("first"));
        for (var quarter = 0; quarter < 40 - (secondsToDraw * 4); quarter++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(250));
            lane.Add($"u{quarter}", null, Work($"u{quarter}"));
        }

        Assert.Equal(drawings, output.Progress.Count);
    });

    [Fact]
    public Task A_single_record_shows_no_progress() => PipelineThread.RunAsync(() =>
    {
        var output = new FakeOutput();
        using var lane = Lane(output);
        lane.Add("a", null, Work("a"));
        _clock.Advance(TimeSpan.FromSeconds(5));
        lane.Finish();

        Assert.Empty(output.Progress);
    });

    [Fact]
    public void The_report_of_an_interruption_tells_the_outcomes_apart_and_names_ten_of_each()
    {
        var outcomes = Enumerable.Range(1, 12).Select(i => new ChangeResult($"u{i}", PlanAction.NoOp, ChangeOutcome.NotSent, "x"))
            .Concat([new ChangeResult("lost", PlanAction.NoOp, ChangeOutcome.Unknown, "x"), Done("made")])
            .ToList();

        var text = InterruptionReport.Text("New-ZoomScimUser", outcomes);

        Assert.Contains("New-ZoomScimUser was ended early with 14 record(s)", text, StringComparison.Ordinal);
        Assert.Contains("12 not sent", text, StringComparison.Ordinal);
        Assert.Contains("u10, …", text, StringComparison.Ordinal);
        Assert.DoesNotContain("u11", text, StringComparison.Ordinal);
        Assert.Contains("1 UNKNOWN", text, StringComparison.Ordinal);
        Assert.Contains("lost", text, StringComparison.Ordinal);
        Assert.Contains("1 done, though not shown: made", text, StringComparison.Ordinal);
    }
}
