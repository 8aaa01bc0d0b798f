using System;
using System.Globalization;
using System.Linq;
using Xunit;
using ZoomProvisioning.Pipeline;

namespace ZoomProvisioning.Tests.Pipeline;

public class ProgressTextTests
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");
    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de-DE");
    private static readonly ProgressReport Halfway = new()
    {
        Done = 1234,
        Failed = 3,
        Total = 10000,
        PerSecond = 24.46,
        Left = TimeSpan.FromSeconds(358.4),
        Elapsed = TimeSpan.FromSeconds(51),
    };

    [Fact]
    public void The_status_tells_count_failures_and_pace() => Assert.Equal("1,234 of 10,000 done, 3 failed, 24.5/s", ProgressText.Status(Halfway, English));

    [Fact]
    public void Numbers_are_written_as_the_reader_writes_them() => Assert.Equal("1.234 of 10.000 done, 3 failed, 24,5/s", ProgressText.Status(Halfway, German));

    [Fact]
    public void No_failure_is_not_spoken_of() => Assert.Equal("5 done, 2.0/s", ProgressText.Status(new ProgressReport { Done = 5, PerSecond = 2 }, English));

    [Fact]
    public void A_wait_is_told_with_its_name_instead_of_a_pace() => Assert.Equal(
        "5 of 9 done, waiting 13 s: Zoom's rate limit for light requests, 4 repeated for Zoom's rate limit",
        ProgressText.Status(
            new ProgressReport
            {
                Done = 5,
                Total = 9,
                PerSecond = 2,
                Throttled = 4,
                Waiting = TimeSpan.FromSeconds(12.2),
                WaitingFor = "Zoom's rate limit for light requests",
            },
            English));

    [Fact]
    public void A_line_for_a_log_says_what_is_left() => Assert.Equal(
        "Sync-ZoomScimUser: 1,234 of 10,000 done, 3 failed, 24.5/s, about 5 min 59 s left", ProgressText.Line("Sync-ZoomScimUser", Halfway, English));

    [Fact]
    public void The_last_line_says_how_long_it_took() => Assert.Equal(
        "Sync-ZoomScimUser: 9 of 9 done, 1.5/s, finished after 1 h 2 min",
        ProgressText.Line(
            "Sync-ZoomScimUser",
            new ProgressReport { Done = 9, Total = 9, PerSecond = 1.5, Finished = true, Elapsed = TimeSpan.FromSeconds(3722), Left = TimeSpan.Zero },
            English));

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(0.2, "1 s")]
    [InlineData(59, "59 s")]
    [InlineData(59.5, "1 min 0 s")]
    [InlineData(3599, "59 min 59 s")]
    [InlineData(10020, "2 h 47 min")]
    [InlineData(86400 * 1200.5, "1,200 d 12 h")]
    public void A_duration_has_its_two_largest_units(double seconds, string text) =>
        Assert.Equal(text, ProgressText.Duration(TimeSpan.FromSeconds(seconds), English));

    [Fact]
    public void A_log_gets_a_line_a_minute_and_one_at_the_end()
    {
        var lines = new LineEveryMinute("Sync-ZoomScimUser");
        var written = Enumerable.Range(1, 4 * 150).Count(
            quarter => lines.Next(new ProgressReport { Elapsed = TimeSpan.FromSeconds(quarter / 4.0) }) is not null);
        Assert.Equal(2, written);
        Assert.Contains(
            "finished after 2 min 30 s",
            lines.Next(new ProgressReport { Finished = true, Elapsed = TimeSpan.FromSeconds(150) }),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_short_run_leaves_the_log_alone() =>
        Assert.Null(new LineEveryMinute("Sync-ZoomScimUser").Next(new ProgressReport { Finished = true, Elapsed = TimeSpan.FromSeconds(59) }));

    [Fact]
    public void Minutes_in_which_nobody_could_write_are_not_made_up_for()
    {
        var lines = new LineEveryMinute("Sync-ZoomScimUser");
        Assert.NotNull(lines.Next(new ProgressReport { Elapsed = TimeSpan.FromSeconds(190) }));
        Assert.Null(lines.Next(new ProgressReport { Elapsed = TimeSpan.FromSeconds(200) }));
        Assert.NotNull(lines.Next(new ProgressReport { Elapsed = TimeSpan.FromSeconds(241) }));
    }
}
