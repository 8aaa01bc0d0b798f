using System;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Simulator;

/// <summary>A clock that runs with another one and can be set forward.</summary>
internal sealed class MovableClock(IClock inner) : IClock
{
    /// <summary>A year before the end of .NET's calendar.</summary>
    public static readonly DateTimeOffset End = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private long _ahead;

    public DateTimeOffset UtcNow => inner.UtcNow + Ahead;

    public TimeSpan Elapsed => inner.Elapsed + Ahead;

    private TimeSpan Ahead => TimeSpan.FromTicks(Interlocked.Read(ref _ahead));

    public Task Delay(TimeSpan delay, CancellationToken cancellationToken) => inner.Delay(delay, cancellationToken);

    /// <summary>Sets it forward.</summary>
    /// <returns>Whether it was: not beyond <see cref="End"/>, from which tokens and limits could not be counted any more.</returns>
    public bool Advance(TimeSpan time)
    {
        long before;
        do
        {
            before = Interlocked.Read(ref _ahead);
            if (time > End - (inner.UtcNow + TimeSpan.FromTicks(before)))
            {
                return false;
            }
        }
        while (Interlocked.CompareExchange(ref _ahead, before + time.Ticks, before) != before);

        return true;
    }
}
