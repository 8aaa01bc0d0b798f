using System;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Engine.Http;

/// <summary>
/// Shows an <see cref="IClock"/> to Polly as the TimeProvider it asks for. The contract itself cannot use TimeProvider: on
/// .NET Framework that type comes from a package, and no package may reach PowerShell's own load context.
/// </summary>
internal sealed class ClockTimeProvider : TimeProvider
{
    private readonly IClock _clock;

    private ClockTimeProvider(IClock clock) => _clock = clock;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public static TimeProvider For(IClock clock) => clock is SystemClock ? System : new ClockTimeProvider(clock);

    public override DateTimeOffset GetUtcNow() => _clock.UtcNow;

    public override long GetTimestamp() => _clock.Elapsed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ClockTimer(_clock, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class ClockTimer(IClock clock, TimerCallback callback, object? state) : ITimer
    {
        private readonly object _gate = new();
        private CancellationTokenSource? _current;
        private bool _disposed;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            CancellationTokenSource? next = null;
            lock (_gate)
            {
                if (_disposed)
                {
                    return false;
                }

                _current?.Cancel();
                _current?.Dispose();
                _current = next = dueTime == Timeout.InfiniteTimeSpan ? null : new CancellationTokenSource();
            }

            if (next is not null)
            {
                _ = TickAsync(dueTime, period, next.Token);
            }

            return true;
        }

        public void Dispose()
        {
            lock (_gate)
            {
                _disposed = true;
                _current?.Cancel();
                _current?.Dispose();
                _current = null;
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }

        private async Task TickAsync(TimeSpan dueTime, TimeSpan period, CancellationToken cancelled)
        {
            try
            {
                await clock.Delay(dueTime, cancelled).ConfigureAwait(false);
                callback(state);
                while (period > TimeSpan.Zero)
                {
                    await clock.Delay(period, cancelled).ConfigureAwait(false);
                    callback(state);
                }
            }
            catch (OperationCanceledException) when (cancelled.IsCancellationRequested)
            {
                // The timer was changed or disposed: nothing is due any more.
            }
        }
    }
}
