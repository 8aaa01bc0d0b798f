using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Pipeline;

namespace ZoomProvisioning.Tests.Pipeline;

public class ProgressMeterTests
{
    private readonly FakeClock _clock = new();
    private double _allowed = 1000;
    private TimeSpan _pausedUntil;
    private int _throttled;

    private ProgressMeter Meter() => new(_clock, () => new RateSnapshot(
        _allowed, TimeSpan.FromMilliseconds(50), _throttled, _pausedUntil > _clock.Elapsed ? _pausedUntil - _clock.Elapsed : TimeSpan.Zero)
    {
        PausedBy = "Zoom's rate limit for light requests",
    });

    [Fact]
    public void It_counts_what_is_done_and_what_failed()
    {
        var meter = Meter();
        meter.Add(3);
        meter.Finish();
        meter.Finish(failed: true);

        var report = meter.Read();
        Assert.Equal((2, 1), (report.Done, report.Failed));
        Assert.False(report.Finished);
    }

    [Fact]
    public void While_the_source_is_still_sending_there_is_no_total_and_no_time_left()
    {
        var meter = Meter();
        meter.Add(100);
        Run(meter, seconds: 5, perSecond: 4);

        var report = meter.Read();
        Assert.Null(report.Total);
        Assert.Null(report.Percent);
        Assert.Null(report.Left);
        Assert.Equal(4, report.PerSecond, 3);
    }

    [Fact]
    public void The_time_left_is_what_remains_at_the_recent_pace()
    {
        var meter = Meter();
        meter.Add(100);
        meter.AllKnown();
        Run(meter, seconds: 5, perSecond: 4);

        var report = meter.Read();
        Assert.Equal(100, report.Total);
        Assert.Equal(20, report.Percent);
        Assert.Equal(TimeSpan.FromSeconds(20), report.Left);
    }

    [Fact]
    public void A_pace_of_long_ago_is_forgotten()
    {
        var meter = Meter();
        meter.Add(1000);
        meter.AllKnown();
        Run(meter, seconds: 60, perSecond: 4);
        Run(meter, seconds: 11, perSecond: 20);

        Assert.Equal(20, meter.Read().PerSecond, 3);
    }

    [Fact]
    public void When_the_governor_slows_down_the_time_left_is_longer_at_once()
    {
        var meter = Meter();
        meter.Add(1000);
        meter.AllKnown();

        // Two requests for each record.
        Run(meter, seconds: 10, perSecond: 20, requestsEach: 2);
        Assert.Equal(TimeSpan.FromSeconds(40), meter.Read().Left);

        _allowed = 10;
        Assert.Equal(TimeSpan.FromSeconds(160), meter.Read().Left);
    }

    [Fact]
    public void A_governor_that_allows_more_than_is_used_promises_nothing()
    {
        _allowed = 80;
        var meter = Meter();
        meter.Add(100);
        meter.AllKnown();
        Run(meter, seconds: 5, perSecond: 4, requestsEach: 1);

        Assert.Equal(TimeSpan.FromSeconds(20), meter.Read().Left);
    }

    [Fact]
    public void A_pause_of_Zooms_is_named_added_to_the_time_left_and_does_not_spoil_the_pace()
    {
        var meter = Meter();
        meter.Add(100);
        meter.AllKnown();
        Run(meter, seconds: 5, perSecond: 4);

        _pausedUntil = _clock.Elapsed + TimeSpan.FromSeconds(30);
        meter.Read();
        Run(meter, seconds: 20, perSecond: 0);

        var report = meter.Read();
        Assert.Equal(TimeSpan.FromSeconds(10), report.Waiting);
        Assert.Equal("Zoom's rate limit for light requests", report.WaitingFor);
        Assert.Equal(4, report.PerSecond, 3);
        Assert.Equal(TimeSpan.FromSeconds(10 + 20), report.Left);

        Run(meter, seconds: 10, perSecond: 0);
        Assert.Null(meter.Read().WaitingFor);
        Assert.Equal(TimeSpan.FromSeconds(20), meter.Read().Left);
    }

    [Fact]
    public void The_longest_wait_on_the_wire_is_named_as_long_as_it_lasts()
    {
        var meter = Meter();
        meter.Add(5);
        Wait(meter, 4, "Zoom answered 503");
        Wait(meter, 1, "no reply arrived");

        Assert.Equal("Zoom answered 503", meter.Read().WaitingFor);
        Assert.Equal(TimeSpan.FromSeconds(4), meter.Read().Waiting);
        _clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Null(meter.Read().WaitingFor);
        Assert.Equal(TimeSpan.Zero, meter.Read().Waiting);
    }

    [Fact]
    public void Refused_requests_are_those_of_this_run()
    {
        _throttled = 7;
        var meter = Meter();
        Assert.Equal(0, meter.Read().Throttled);
        _throttled = 9;
        Assert.Equal(2, meter.Read().Throttled);
    }

    [Fact]
    public void Before_anything_is_done_nobody_can_tell_the_time_left()
    {
        var meter = Meter();
        meter.Add(5);
        meter.AllKnown();
        _clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Null(meter.Read().Left);
        Assert.Equal(0, meter.Read().PerSecond);
    }

    [Fact]
    public void At_the_end_the_pace_is_that_of_the_whole_run()
    {
        var meter = Meter();
        meter.Add(60);
        Run(meter, seconds: 10, perSecond: 4);
        Run(meter, seconds: 20, perSecond: 1);

        var report = meter.Read(finished: true);
        Assert.True(report.Finished);
        Assert.Equal(60, report.Total);
        Assert.Equal(2, report.PerSecond, 3);
        Assert.Equal(TimeSpan.Zero, report.Left);
        Assert.Equal(TimeSpan.FromSeconds(30), report.Elapsed);
    }

    [Fact]
    public void Without_a_governor_the_recent_pace_is_all_there_is()
    {
        var meter = new ProgressMeter(_clock);
        meter.Add(100);
        meter.AllKnown();
        Run(meter, seconds: 10, perSecond: 5);
        var report = meter.Read();
        Assert.Equal(TimeSpan.FromSeconds(10), report.Left);
        Assert.Equal(0, report.Throttled);
    }

    [Fact]
    public async Task Counting_is_safe_on_any_thread()
    {
        var meter = Meter();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 1000; i++)
            {
                meter.Add();
                meter.Observe(new WireEvent(WireEventKind.Sending, "POST"));
                meter.Finish(failed: i % 10 == 0);
            }
        })));
        var report = meter.Read(finished: true);
        Assert.Equal((4000, 400, 4000), (report.Done, report.Failed, report.Total));
    }

    private static void Wait(ProgressMeter meter, int seconds, string reason) =>
        meter.Observe(new WireEvent(WireEventKind.Waiting, "Waiting.") { Duration = TimeSpan.FromSeconds(seconds), Reason = reason });

    /// <summary>Works for a while, read four times a second as a lane does.</summary>
    private void Run(ProgressMeter meter, int seconds, int perSecond, int requestsEach = 0)
    {
        for (var quarter = 1; quarter <= seconds * 4; quarter++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(250));
            var records = (perSecond * quarter / 4) - (perSecond * (quarter - 1) / 4);
            for (var i = 0; i < records; i++)
            {
                for (var request = 0; request < requestsEach; request++)
                {
                    meter.Observe(new WireEvent(WireEventKind.Sending, "POST"));
                }

                meter.Finish();
            }

            meter.Read();
        }
    }
}
