using System;
using System.Globalization;
using Xunit;
using ZoomProvisioning.Rules;
using ZoomProvisioning.Values;

namespace ZoomProvisioning.Tests.State;

/// <summary>A day without a zone is a day where the rule runs, however long it is there.</summary>
public class DayTests
{
    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>A zone whose clocks go forward on 29 March at two, and back on 25 October at three.</summary>
    private static TimeZoneInfo Zone(int hours, bool changes)
    {
        TimeZoneInfo.TransitionTime On(int month, int day, int hour) =>
            TimeZoneInfo.TransitionTime.CreateFixedDateRule(new DateTime(1, 1, 1, hour, 0, 0), month, day);
        TimeZoneInfo.AdjustmentRule[] rules = changes
            ? [TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
                DateTime.MinValue.Date, DateTime.MaxValue.Date, TimeSpan.FromHours(1), On(3, 29, 2), On(10, 25, 3))]
            : [];
        return TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(hours), "test", "test", "test summer", rules);
    }

    [Theory]
    [InlineData("2026-03-29T00:00+01:00", "2026-03-30T00:00+02:00")]
    [InlineData("2026-10-25T00:00+02:00", "2026-10-26T00:00+01:00")]
    [InlineData("2026-06-01T00:00+02:00", "2026-06-02T00:00+02:00")]
    [InlineData("2026-10-25T00:00+00:00", "2026-10-26T00:00+00:00")]
    public void A_day_ends_when_the_next_begins_also_in_the_nights_the_clocks_change(string begins, string ends) =>
        Assert.Equal(At(ends), DateText.EndOfDay(At(begins), Zone(1, changes: true)));

    [Theory]
    [InlineData(13, "2026-11-30T10:30Z", true)]
    [InlineData(13, "2026-11-30T11:30Z", false)]
    [InlineData(13, "2026-11-30T23:30Z", false)]
    [InlineData(-11, "2026-11-30T23:30Z", true)]
    [InlineData(-11, "2026-12-01T10:30Z", true)]
    [InlineData(-11, "2026-12-01T11:00Z", false)]
    [InlineData(0, "2026-11-30T23:59Z", true)]
    [InlineData(0, "2026-12-01T00:00Z", false)]
    public void The_last_day_of_an_exception_ends_where_the_rule_runs(int zone, string now, bool holds)
    {
        var user = new ExceptedUser("ada@example.com", "on leave", new DateTime(2026, 11, 30));
        Assert.Equal(holds, user.HoldsIn(Zone(zone, changes: false), At(now)));
        Assert.True((user with { Until = null }).HoldsIn(Zone(zone, changes: false), At(now)));
    }
}
