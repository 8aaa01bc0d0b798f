using System;
using System.Threading.RateLimiting;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Engine.Clients;

/// <summary>
/// One write at a time for each user, and for each group: Zoom locks users while it works on them and answers 429 to a second request
/// (https://developers.zoom.us/docs/api/rate-limits/), and two writes that overtake each other have no certain result.
/// </summary>
internal sealed class UserWrites : IDisposable
{
    // Made at the first write: the limiter sweeps its unused keys by a timer, which a connection that only reads does not need.
    private readonly Lazy<PartitionedRateLimiter<string>> _queues = new(() => PartitionedRateLimiter.Create<string, string>(
        key => RateLimitPartition.GetConcurrencyLimiter(
            key,
            _ => new ConcurrencyLimiterOptions { PermitLimit = 1, QueueLimit = int.MaxValue, QueueProcessingOrder = QueueProcessingOrder.OldestFirst }),
        StringComparer.Ordinal));

    /// <summary>Waits for the user's turn. Dispose the result to end it.</summary>
    /// <param name="user">The Zoom id, or the user name of a user to be.</param>
    /// <param name="call">How the wait is stopped.</param>
    public async Task<IDisposable> EnterAsync(string user, ScimCall call)
    {
        try
        {
            return await _queues.Value.AcquireAsync(user, 1, call.Stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception)
        {
            throw new ScimNotSentException("The change was stopped before it was sent. Nothing was changed in Zoom by it.", exception)
            {
                Category = "OperationStopped",
                RecommendedAction = "It is safe to run it again.",
            };
        }
    }

    public void Dispose()
    {
        if (_queues.IsValueCreated)
        {
            _queues.Value.Dispose();
        }
    }
}
