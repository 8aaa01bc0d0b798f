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

    public DateTimeOffset UtcNow => Start + Elapsed;

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
}
