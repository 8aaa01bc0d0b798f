using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Pipeline;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Tests.Pipeline;

/// <summary>Order, threads and limits of a lane, and lists that are longer than it.</summary>
public class BulkLaneTests : BulkLaneScene
{
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
        using var lane = new BulkLane(output, () => limit, 256, Clock);
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
}
