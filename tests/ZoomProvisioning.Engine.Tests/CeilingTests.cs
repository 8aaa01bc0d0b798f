using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;
using ZoomProvisioning.Engine.Http;

namespace ZoomProvisioning.Engine.Tests;

/// <summary>What the governor decides, against a server that keeps its limit to itself. Nothing here waits: time is what the simulation says.</summary>
public sealed class CeilingTests
{
    private static readonly double[] Latencies = [0.002, 0.05, 0.2];

    public static TheoryData<double, double> Ceilings()
    {
        var data = new TheoryData<double, double>();
        foreach (var ceiling in new double[] { 1, 2, 4, 10, 20, 30, 60, 80 })
        {
            foreach (var latency in Latencies)
            {
                data.Add(ceiling, latency);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Ceilings))]
    public void A_hidden_ceiling_is_used_and_hardly_ever_hit(double ceiling, double latency)
    {
        for (var seed = 0; seed < 5; seed++)
        {
            var run = new HiddenCeiling { Limit = _ => ceiling, Latency = latency, Seed = seed };
            run.For(TimeSpan.FromSeconds(Math.Max(120, 30 + (200 / ceiling))));
            Assert.True(run.Used >= 0.92, $"{run.Used:P1} used with seed {seed}");
            Assert.True(run.RefusedShare < (latency < 0.1 ? 0.01 : 0.015), $"{run.RefusedShare:P2} refused with seed {seed}");
        }
    }

    [Theory]
    [InlineData(0.002, 60, 120, 180)]
    [InlineData(0.05, 60, 120, 180)]
    [InlineData(0.05, 60, 120, 240)]
    [InlineData(0.05, 90, 150, 240)]
    public void A_ceiling_that_changes_within_a_run_is_followed_both_ways(double latency, double down, double up, double end)
    {
        for (var seed = 0; seed < 5; seed++)
        {
            var run = new HiddenCeiling { Limit = t => t >= down && t < up ? 20 : 80, Latency = latency, Seed = seed };
            run.For(TimeSpan.FromSeconds(end));
            Assert.True(run.Used >= 0.92, $"{run.Used:P1} used with seed {seed}");
            Assert.True(run.RefusedShare < 0.01, $"{run.RefusedShare:P2} refused with seed {seed}");
        }
    }

    [Theory]
    [InlineData(0.002)]
    [InlineData(0.05)]
    [InlineData(0.2)]
    public void A_burst_of_refusals_costs_seconds(double latency)
    {
        foreach (var at in new[] { 1, 50, 150, 280 })
        {
            var calm = new HiddenCeiling { Latency = latency }.Until(300);
            var burst = new HiddenCeiling { Latency = latency, RefusedAnyway = (n, _) => n >= at && n < at + 15 }.Until(300);
            Assert.InRange((burst - calm).TotalSeconds, 0, 10);
        }
    }

    [Fact]
    public void Refusals_by_chance_do_not_bring_it_to_a_standstill()
    {
        var calm = new HiddenCeiling().Until(300);
        var one = new HiddenCeiling { RefusedAnyway = (n, _) => n % 20 == 0 }.Until(300);
        Assert.InRange((one - calm).TotalSeconds, 0, 15);
    }

    [Fact]
    public void After_a_refusal_it_goes_back_to_just_below_and_stays_there()
    {
        var run = new HiddenCeiling { Limit = _ => 30, Seed = 3 };
        run.For(TimeSpan.FromSeconds(60));
        Assert.All(run.Paces.Where(p => p.At > 30), p => Assert.InRange(p.Pace, 30 * 0.9, 30 * 1.13));
    }

    [Fact]
    public void A_bunch_of_refusals_is_one_lesson()
    {
        var search = new CeilingSearch(80, 0.1, 0);
        for (var n = 0; n < 20; n++)
        {
            search.Accepted(0.1 * n, 0.1 * n);
        }

        // Sent one after the other within a twentieth of a second; then all are refused.
        for (var n = 0; n < 10; n++)
        {
            search.Refused(2.2 + (0.001 * n), 2.1 + (0.005 * n));
        }

        Assert.Equal(10 * 0.97, search.Pace, 6);
    }

    [Fact]
    public void Nothing_but_failures_never_climbs_and_what_was_good_before_comes_back()
    {
        var search = new CeilingSearch(80, 0.1, 0);
        var now = 0.0;
        Spend(30, (t, s) => s.Accepted(t, t));
        var good = search.Pace;
        Assert.InRange(good, 70, 80);
        var before = good;
        Spend(30, (t, s) =>
        {
            s.Troubled(t);
            Assert.True(s.Pace <= before);
            before = s.Pace;
        });
        Assert.InRange(search.Pace, 0.5, 2);
        Spend(20, (t, s) => s.Accepted(t, t));
        Assert.True(search.Pace > 0.9 * good, $"{search.Pace}");

        void Spend(double seconds, Action<double, CeilingSearch> reply)
        {
            for (var end = now + seconds; now < end; now += 1 / search.Pace)
            {
                search.Wanted();
                reply(now, search);
            }
        }
    }

    [Fact]
    public void A_failure_now_and_then_does_not_stop_the_climb()
    {
        var search = new CeilingSearch(80, 0.1, 0);
        var n = 0;
        for (var now = 0.0; now < 30; now += 1 / search.Pace)
        {
            search.Wanted();
            if (++n % 50 == 0)
            {
                search.Troubled(now);
            }
            else
            {
                search.Accepted(now, now);
            }
        }

        Assert.InRange(search.Pace, 70, 80);
    }

    [Fact]
    public void Whatever_it_hears_the_pace_stays_within_its_bounds()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            var search = new CeilingSearch(80, 0.1, 0);
            var now = 0.0;
            for (var n = 0; n < 2000; n++)
            {
                now += random.NextDouble() * random.NextDouble() * 3;
                var sentAt = now - random.NextDouble();
                switch (random.Next(6))
                {
                    case 0: search.Refused(now, sentAt); break;
                    case 1: search.Troubled(now); break;
                    case 2 when random.Next(20) == 0: search.Told(random.NextDouble() * 100, random.Next(2) == 0, now); break;
                    default: search.Wanted(); search.Accepted(now, sentAt); break;
                }

                Assert.InRange(search.Pace, 0.0, 100);
                Assert.True(search.Pace > 0 && !double.IsNaN(search.Pace));
                Assert.True(search.HoldUntil <= now + 5.001);
            }
        }
    }

    /// <summary>
    /// A server that takes so many requests in each of its seconds and refuses the rest, and workers who always have one more to send, seen
    /// through the pacer and the pace that the product uses.
    /// </summary>
    private sealed class HiddenCeiling
    {
        private readonly ManualClock _clock = new();
        private readonly List<(double At, double SentAt, bool Accepted, int Attempt)> _replies = [];
        private readonly List<(double At, int Attempt)> _waiting = [];
        private Random _random = new(0);
        private double _offset;
        private long _second = -1;
        private double _inSecond;
        private int _sent;
        private double _accepted;
        private double _refused;
        private double _possible;

        public Func<double, double> Limit { get; init; } = _ => double.PositiveInfinity;

        public Func<int, Random, bool> RefusedAnyway { get; init; } = (_, _) => false;

        public double Latency { get; init; } = 0.05;

        public int Seed { get; init; }

        /// <summary>What part of the ceiling was used from the 30th second on.</summary>
        public double Used => _accepted / _possible;

        /// <summary>What part of the requests was refused from the 30th second on.</summary>
        public double RefusedShare => _refused / (_accepted + _refused);

        public List<(double At, double Pace)> Paces { get; } = [];

        /// <summary>Sends as fast as it is allowed to.</summary>
        public void For(TimeSpan time)
        {
            Run(int.MaxValue, time.TotalSeconds);
            for (var t = 30.0; t < time.TotalSeconds; t += 0.01)
            {
                _possible += Limit(t) * 0.01;
            }
        }

        /// <summary>Sends until so many are accepted; who is refused tries again as the retry handler does.</summary>
        public TimeSpan Until(int accepted)
        {
            Run(accepted, 10_000);
            return _clock.Elapsed;
        }

        private void Run(int wanted, double end)
        {
            _random = new Random(Seed);
            _offset = _random.NextDouble();
            var rate = new LearnedRate(_clock, 80);
            var isEndless = wanted == int.MaxValue;
            if (!isEndless)
            {
                _waiting.AddRange(Enumerable.Repeat((0.0, 0), wanted));
            }

            var done = 0;
            while (done < wanted && _clock.Seconds < end)
            {
                var now = _clock.Seconds;
                var reply = _replies.Count == 0 ? double.PositiveInfinity : _replies[0].At;
                if (reply <= now)
                {
                    done += Take(rate) ? 1 : 0;
                    continue;
                }

                var next = isEndless ? now : _waiting.Count == 0 ? double.PositiveInfinity : _waiting.Min(w => w.At);
                if (next > now)
                {
                    _clock.Seconds = Math.Min(next, reply);
                    continue;
                }

                var (permit, hold) = rate.Pacer.TryTake();
                var wait = Math.Max(permit.TotalSeconds, hold.TotalSeconds);
                if (wait > 0)
                {
                    rate.HeldBack();
                    _clock.Seconds = Math.Min(now + wait, reply);
                    continue;
                }

                Send(isEndless);
            }

            bool Take(LearnedRate pace)
            {
                var (_, sentAt, isAccepted, attempt) = _replies[0];
                _replies.RemoveAt(0);
                if (isAccepted)
                {
                    pace.Accepted(TimeSpan.FromSeconds(sentAt));
                }
                else
                {
                    pace.Refused(TimeSpan.FromSeconds(sentAt));
                    if (!isEndless)
                    {
                        _waiting.Add((_clock.Seconds + ((0.5 + _random.NextDouble()) * Math.Pow(2, attempt)), attempt + 1));
                    }
                }

                Paces.Add((_clock.Seconds, pace.Pacer.Rate));
                return isAccepted;
            }
        }

        private void Send(bool isEndless)
        {
            var now = _clock.Seconds;
            var attempt = 0;
            if (!isEndless)
            {
                var first = _waiting.FindIndex(w => w.At <= now);
                attempt = _waiting[first].Attempt;
                _waiting.RemoveAt(first);
            }

            var takes = Latency * (0.8 + (0.4 * _random.NextDouble()));
            var arrives = now + (takes / 2);
            var second = (long)Math.Floor(arrives + _offset);
            (_second, _inSecond) = second == _second ? (second, _inSecond) : (second, 0);
            var isAccepted = !RefusedAnyway(++_sent, _random) && ++_inSecond <= Limit(arrives);
            if (now >= 30)
            {
                _accepted += isAccepted ? 1 : 0;
                _refused += isAccepted ? 0 : 1;
            }

            var reply = (At: now + takes, now, isAccepted, attempt);
            var place = _replies.FindIndex(r => r.At > reply.At);
            _replies.Insert(place < 0 ? _replies.Count : place, reply);
        }
    }

    private sealed class ManualClock : Contracts.IClock
    {
        public double Seconds { get; set; }

        public TimeSpan Elapsed => TimeSpan.FromTicks((long)(Seconds * TimeSpan.TicksPerSecond));

        public DateTimeOffset UtcNow => new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero) + Elapsed;

        public System.Threading.Tasks.Task Delay(TimeSpan delay, System.Threading.CancellationToken cancellationToken) =>
            throw new NotSupportedException("Nothing waits here.");
    }
}
