using System;
using System.Linq;
using Xunit;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Tests.Reconcile;

/// <summary>What is said of a clock that is wrong, or was set back.</summary>
public class ClockCheckTests
{
    [Theory]
    [InlineData(0, null)]
    [InlineData(59, null)]
    [InlineData(-59, null)]
    [InlineData(60, "60 minutes ahead of")]
    [InlineData(-60, "60 minutes behind")]
    [InlineData(119, "119 minutes ahead of")]
    [InlineData(120, "2 hours ahead of")]
    [InlineData(-2879, "47 hours behind")]
    [InlineData(-2880, "2 days behind")]
    [InlineData(14400, "10 days ahead of")]
    public void A_clock_that_is_an_hour_off_or_more_is_wrong(int minutes, string? words)
    {
        var scene = new Scene { ClockAhead = TimeSpan.FromMinutes(minutes) }.Staff(2);
        Assert.Equal(
            words is null ? []
            : [
                $"The clock of this machine says 2026-06-15 12:00:00Z, {words} Zoom's. By the clock a rule knows whose account has expired, how old a source "
                    + "is and what a day may have, so nobody gets or loses anything by this run. Set the clock (w32tm /resync, timedatectl set-ntp true).",
            ],
            scene.Plan().Guard.Where(f => f is { Check: GuardCheck.WrongClock, HoldsRemovals: true }).Select(f => f.Message));
    }
}
