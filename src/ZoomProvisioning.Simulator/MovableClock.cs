using System;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Simulator;

/// <summary>A clock that runs with another one and can be set forward.</summary>
internal sealed class MovableClock(IClock inner) : IClock
{
    private long _ahead;

    public DateTimeOffset UtcNow => inner.UtcNow + Ahead;

    public TimeSpan Elapsed => inner.Elapsed + Ahead;

    private TimeSpan Ahead => TimeSpan.FromTicks(Interlocked.Read(ref _ahead));

    public Task Delay(TimeSpan delay, CancellationToken cancellationToken) => inner.Delay(delay, cancellationToken);

    public void Advance(TimeSpan time) => Interlocked.Add(ref _ahead, time.Ticks);
}
