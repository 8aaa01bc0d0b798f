using System;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Engine.Tests.AgainstSimulator.Provisioning;

/// <summary>
/// Virtual time in which every wait is over at once, for tests with thousands of requests. A time limit, which is long, never
/// strikes.
/// </summary>
internal sealed class EagerClock : IClock
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(60);
    private long _ticks;
    private long _turned;

    /// <summary>The same, which nobody sets right or wrong: Zoom's.</summary>
    public IClock True => new TrueClock(this);

    public DateTimeOffset UtcNow => Start + Elapsed + TimeSpan.FromTicks(Interlocked.Read(ref _turned));

    public TimeSpan Elapsed => TimeSpan.FromTicks(Interlocked.Read(ref _ticks));

    public Task Delay(TimeSpan delay, CancellationToken cancellationToken)
    {
        if (delay >= TimeLimit)
        {
            return Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }

        if (delay > TimeSpan.Zero)
        {
            Advance(delay);
        }

        return Task.CompletedTask;
    }

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

    /// <summary>Sets the clock, forward or back; no time passes by it.</summary>
    public void Turn(TimeSpan by) => Interlocked.Add(ref _turned, by.Ticks);

    private sealed class TrueClock(EagerClock clock) : IClock
    {
        public DateTimeOffset UtcNow => Start + clock.Elapsed;

        public TimeSpan Elapsed => clock.Elapsed;

        public Task Delay(TimeSpan delay, CancellationToken cancellationToken) => clock.Delay(delay, cancellationToken);
    }
}
