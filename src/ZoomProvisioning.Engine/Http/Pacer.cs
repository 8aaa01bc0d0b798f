using System;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Engine.Http;

/// <summary>How a wait for a permit ended.</summary>
internal enum PacerTurn
{
    /// <summary>There was a permit.</summary>
    AtOnce,

    /// <summary>There was one after a wait: the rate was what held the caller back.</summary>
    AfterWaiting,

    /// <summary>There will be none for longer than the caller waits.</summary>
    HeldTooLong,
}

/// <summary>
/// Lets requests through one after the other, in the order they came, at a rate that may change at any time: a token bucket
/// (as in System.Threading.RateLimiting, whose own has a fixed rate and only the machine's clock).
/// </summary>
#pragma warning disable CA1001 // A SemaphoreSlim holds nothing to release as long as its wait handle is not asked for.
internal sealed class Pacer
#pragma warning restore CA1001
{
    private readonly IClock _clock;
    private readonly object _gate = new();

    // Only the head of the queue looks at the bucket, so a change of rate reaches all who wait behind it.
    private readonly SemaphoreSlim _headOfQueue = new(1, 1);
    private double _rate;
    private double _permits = 1;
    private TimeSpan _filledAt;
    private TimeSpan _heldUntil;

    public Pacer(IClock clock, double requestsPerSecond)
    {
        _clock = clock;
        _rate = requestsPerSecond;
        _filledAt = clock.Elapsed;
    }

    /// <summary>Requests per second.</summary>
    public double Rate
    {
        get
        {
            lock (_gate)
            {
                return _rate;
            }
        }

        set
        {
            lock (_gate)
            {
                Fill();
                _rate = value;
            }
        }
    }

    /// <summary>Lets nobody through before a moment, in terms of <see cref="IClock.Elapsed"/>.</summary>
    public void HoldUntil(TimeSpan moment)
    {
        lock (_gate)
        {
            _heldUntil = moment > _heldUntil ? moment : _heldUntil;
        }
    }

    /// <summary>Waits for a permit and takes it.</summary>
    /// <param name="longestHold">The longest hold worth sitting out.</param>
    /// <param name="stop">Ends the wait.</param>
    public async Task<PacerTurn> TakeAsync(TimeSpan longestHold, CancellationToken stop)
    {
        var queued = _headOfQueue.WaitAsync(stop);
        var waited = !queued.IsCompleted;
        await queued.ConfigureAwait(false);
        try
        {
            while (true)
            {
                var (permit, hold) = TryTake();
                if (hold > longestHold)
                {
                    return PacerTurn.HeldTooLong;
                }

                var wait = hold > permit ? hold : permit;
                if (wait <= TimeSpan.Zero)
                {
                    return waited ? PacerTurn.AfterWaiting : PacerTurn.AtOnce;
                }

                waited = true;
                await _clock.Delay(wait, stop).ConfigureAwait(false);
            }
        }
        finally
        {
            _headOfQueue.Release();
        }
    }

    /// <summary>Takes a permit, or says how long until there is one and how long everything is held.</summary>
    internal (TimeSpan Permit, TimeSpan Hold) TryTake()
    {
        lock (_gate)
        {
            Fill();
            if (_heldUntil > _filledAt)
            {
                return (TimeSpan.Zero, _heldUntil - _filledAt);
            }

            // Rounding must not turn a permit that is due into a wait of no length.
            if (_permits >= 1 - 1e-6)
            {
                _permits = Math.Max(0, _permits - 1);
                return (TimeSpan.Zero, TimeSpan.Zero);
            }

            return (TimeSpan.FromTicks((long)Math.Ceiling((1 - _permits) / _rate * TimeSpan.TicksPerSecond)), TimeSpan.Zero);
        }
    }

    private void Fill()
    {
        var now = _clock.Elapsed;

        // Room for the permits of 20 ms: timers are no finer than that on Windows, and more would be a burst.
        var room = Math.Max(1, _rate * 0.02);
        _permits = Math.Min(room, _permits + ((now - _filledAt).TotalSeconds * _rate));
        _filledAt = now;
    }
}
