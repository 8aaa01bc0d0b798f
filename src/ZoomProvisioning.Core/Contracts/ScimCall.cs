using System;
using System.Threading;
using System.Threading.Tasks;

namespace ZoomProvisioning.Contracts;

/// <summary>
/// What accompanies one call: how it may be stopped, and who watches it. Ctrl+C is two signals, because a request that was
/// sent has an outcome worth waiting a moment for, while one that was not sent can simply be dropped.
/// </summary>
public sealed class ScimCall
{
    /// <summary>Makes the companion of a call.</summary>
    /// <param name="stop">Start nothing more: ends waits for the rate limit and for retries, and keeps requests from the socket.</param>
    /// <param name="abort">Break what is on the wire. Cancelled some time after <paramref name="stop"/>, never before.</param>
    /// <param name="observer">Told of each request, reply and wait; null for nobody.</param>
    public ScimCall(CancellationToken stop, CancellationToken abort, IWireObserver? observer = null)
    {
        Stop = stop;
        Abort = abort;
        Observer = observer;
    }

    /// <summary>A call nobody stops or watches.</summary>
    public static ScimCall None { get; } = new(CancellationToken.None, CancellationToken.None);

    /// <summary>Start nothing more.</summary>
    public CancellationToken Stop { get; }

    /// <summary>Break what is on the wire.</summary>
    public CancellationToken Abort { get; }

    /// <summary>Told of each request, reply and wait.</summary>
    public IWireObserver? Observer { get; }

    /// <summary>
    /// Waits for what another call brings, without counting meanwhile as one of those that are worked on at once. Null to just wait.
    /// </summary>
    internal Func<Task, Task>? Aside { get; init; }
}
