using System;
using System.Collections.Generic;
using ZoomProvisioning.Simulator.Behaviours;

namespace ZoomProvisioning.Simulator.Rates;

/// <summary>
/// Counts requests by second and by day, one bucket for each label of the account, or for each endpoint under the legacy
/// rule. A refused request costs nothing.
/// </summary>
internal sealed class RateBuckets
{
    private readonly object _gate = new();
    private readonly Dictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);

    public RateDecision Take(Behaviour behaviour, string operation, RateLabel label, DateTimeOffset now)
    {
        var limits = RateLimits.For(behaviour, label);
        var key = behaviour.Is(Switches.RatePlan, "legacy") ? operation : label.ToString();
        lock (_gate)
        {
            if (!_buckets.TryGetValue(key, out var bucket))
            {
                _buckets[key] = bucket = new Bucket();
            }

            return bucket.Take(limits, now);
        }
    }

    /// <summary>Begins every count anew.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _buckets.Clear();
        }
    }

    private sealed class Bucket
    {
        private long _second;
        private int _inSecond;
        private DateTime _day;
        private int _inDay;

        public RateDecision Take(RateLimits limits, DateTimeOffset now)
        {
            var second = now.ToUnixTimeSeconds();
            if (second != _second)
            {
                _second = second;
                _inSecond = 0;
            }

            var day = now.UtcDateTime.Date;
            if (day != _day)
            {
                _day = day;
                _inDay = 0;
            }

            if (limits.PerDay > 0 && _inDay >= limits.PerDay)
            {
                return new RateDecision(false, true, limits.PerDay, 0, new DateTimeOffset(day.AddDays(1), TimeSpan.Zero));
            }

            var nextSecond = DateTimeOffset.FromUnixTimeSeconds(second + 1);
            if (limits.PerSecond > 0 && _inSecond >= limits.PerSecond)
            {
                return new RateDecision(false, false, limits.PerSecond, 0, nextSecond);
            }

            _inSecond++;
            _inDay++;
            return new RateDecision(true, false, limits.PerSecond, Math.Max(0, limits.PerSecond - _inSecond), nextSecond);
        }
    }
}
