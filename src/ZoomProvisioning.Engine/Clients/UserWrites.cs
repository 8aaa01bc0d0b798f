using System;
using System.Collections.Generic;
using System.Threading.RateLimiting;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Engine.Clients;

/// <summary>
/// One write at a time for each user, and for each group: Zoom locks users while it works on them and answers 429 to a second request
/// (https://developers.zoom.us/docs/api/rate-limits/), and two writes that overtake each other have no certain result.
/// </summary>
/// <remarks>
/// A PartitionedRateLimiter would do the same, but wakes up ten times a second for as long as it lives, and disposing of it
/// blocks until its timer has come to rest, which on a thread with a synchronization context is never.
/// </remarks>
internal sealed class UserWrites : IDisposable
{
    private readonly object _gate = new();
    private readonly Dictionary<string, Queue> _queues = new(StringComparer.Ordinal);
    private bool _disposed;

    /// <summary>Waits for the user's turn. Dispose the result to end it.</summary>
    /// <param name="user">The Zoom id, or the user name of a user to be.</param>
    /// <param name="call">How the wait is stopped.</param>
    public async Task<IDisposable> EnterAsync(string user, ScimCall call)
    {
        var queue = Join(user);
        try
        {
            var turn = await queue.Limiter.AcquireAsync(1, call.Stop).ConfigureAwait(false);
            if (turn.IsAcquired)
            {
                return new Turn(this, user, queue, turn);
            }

            // Only a limiter that is being disposed of lets go of those who wait.
            throw new ObjectDisposedException(nameof(UserWrites));
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            Leave(user, queue);
            throw Stopped(exception);
        }
    }

    public void Dispose()
    {
        List<Queue> queues;
        lock (_gate)
        {
            _disposed = true;
            queues = [.. _queues.Values];
            _queues.Clear();
        }

        queues.ForEach(queue => queue.Limiter.Dispose());
    }

    private Queue Join(string user)
    {
        lock (_gate)
        {
            if (_disposed)
            {
                throw Stopped(new ObjectDisposedException(nameof(UserWrites)));
            }

            if (!_queues.TryGetValue(user, out var queue))
            {
                _queues[user] = queue = new Queue();
            }

            queue.Members++;
            return queue;
        }
    }

    private void Leave(string user, Queue queue)
    {
        lock (_gate)
        {
            if (--queue.Members > 0)
            {
                return;
            }

            _queues.Remove(user);
        }

        queue.Limiter.Dispose();
    }

    private static ScimNotSentException Stopped(Exception cause) =>
        new("The change was stopped before it was sent. Nothing was changed in Zoom by it.", cause);

    /// <summary>Those who want to write to one user.</summary>
    private sealed class Queue
    {
        public ConcurrencyLimiter Limiter { get; } = new(new ConcurrencyLimiterOptions
        {
            PermitLimit = 1,
            QueueLimit = int.MaxValue,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });

        public int Members { get; set; }
    }

    private sealed class Turn(UserWrites writes, string user, Queue queue, RateLimitLease lease) : IDisposable
    {
        public void Dispose()
        {
            lease.Dispose();
            writes.Leave(user, queue);
        }
    }
}
