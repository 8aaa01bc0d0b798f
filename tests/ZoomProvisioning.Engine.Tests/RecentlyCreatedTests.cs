using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Engine.Clients;
using ZoomProvisioning.Tests;

namespace ZoomProvisioning.Engine.Tests;

/// <summary>Who was created a moment ago, and for how long that is so.</summary>
public class RecentlyCreatedTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    public void It_is_so_for_half_a_minute_and_not_once_deleted()
    {
        var recent = new RecentlyCreated(_clock);
        recent.Add("a");
        _clock.Advance(TimeSpan.FromSeconds(20));
        recent.Add("b");
        recent.Remove("b");
        Assert.True(recent.Contains("a"));
        Assert.False(recent.Contains("b"));
        _clock.Advance(TimeSpan.FromSeconds(11));
        Assert.False(recent.Contains("a"));
    }

    [Fact]
    public void Who_is_created_again_meanwhile_counts_from_then_on()
    {
        var recent = new RecentlyCreated(_clock);
        recent.Add("a");
        _clock.Advance(TimeSpan.FromSeconds(20));
        recent.Add("a");
        _clock.Advance(TimeSpan.FromSeconds(20));
        recent.Add("b");
        Assert.True(recent.Contains("a"));
    }

    [Fact]
    public void Nobody_is_forgotten_for_others_that_come_at_the_same_time()
    {
        var recent = new RecentlyCreated(_clock);
        foreach (var turn in Enumerable.Range(0, 20))
        {
            Parallel.For(0, 100, i => recent.Add($"{turn}-{i}"));
            Assert.All(Enumerable.Range(0, 100), i => Assert.True(recent.Contains($"{turn}-{i}")));
            _clock.Advance(TimeSpan.FromSeconds(31));
        }
    }
}
