using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Pipeline;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Tests.Pipeline;

/// <summary>What a lane tells of its progress, and at its end.</summary>
public class BulkLaneProgressTests : BulkLaneScene
{
    // ---- Progress

    [Fact]
    public Task Progress_tells_count_rate_and_time_left_and_ends() => PipelineThread.RunAsync(() =>
    {
        var output = new FakeOutput();
        using var lane = Lane(output, limit: 1);
        for (var i = 0; i < 4; i++)
        {
            lane.Add($"u{i}", null, Work($"u{i}"));
            Clock.Advance(TimeSpan.FromSeconds(1));
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
        var output = new FakeOutput { OnProgress = () => Clock.Advance(TimeSpan.FromSeconds(secondsToDraw)) };
        using var lane = Lane(output, limit: 1);
        lane.Add("first", null, Work("first"));
        for (var quarter = 0; quarter < 40 - (secondsToDraw * 4); quarter++)
        {
            Clock.Advance(TimeSpan.FromMilliseconds(250));
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
        Clock.Advance(TimeSpan.FromSeconds(5));
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
