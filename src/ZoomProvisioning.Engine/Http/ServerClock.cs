using System;
using System.Net.Http;

namespace ZoomProvisioning.Engine.Http;

/// <summary>How this machine's clock compares with that of the far end, by the Date header of its last reply (RFC 9110 section 6.6.1).</summary>
internal sealed class ServerClock
{
    private readonly object _gate = new();
    private TimeSpan? _ahead;

    /// <summary>How far this machine's clock is ahead (negative: behind), within a second or so; null when no reply had a date.</summary>
    public TimeSpan? Ahead
    {
        get
        {
            lock (_gate)
            {
                return _ahead;
            }
        }
    }

    /// <summary>Takes note of a reply.</summary>
    /// <param name="response">The reply.</param>
    /// <param name="receivedAt">When it arrived, by this machine's clock.</param>
    /// <param name="exchange">How long it took in all.</param>
    public void Note(HttpResponseMessage response, DateTimeOffset receivedAt, TimeSpan exchange)
    {
        if (response.Headers.Date is not { } date)
        {
            return;
        }

        // The header was written somewhere in the middle of the exchange, and drops the fraction of its second.
        var sameMoment = receivedAt - TimeSpan.FromTicks(exchange.Ticks / 2);
        lock (_gate)
        {
            _ahead = sameMoment - (date + TimeSpan.FromSeconds(0.5));
        }
    }
}
