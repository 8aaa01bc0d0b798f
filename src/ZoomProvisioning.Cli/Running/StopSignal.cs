using System;
using System.Threading;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Pipeline;

namespace ZoomProvisioning.Cli.Running;

/// <summary>Ctrl+C as two signals: start nothing more now, break what is on the wire a moment later.</summary>
internal sealed class StopSignal : IDisposable
{
    private readonly CancellationTokenSource _abort = new();
    private readonly CancellationTokenRegistration _registration;

    public StopSignal(CancellationToken stop)
    {
        _registration = stop.Register(() => _abort.CancelAfter(BulkLane.AbortGrace));
        Call = new ScimCall(stop, _abort.Token);
    }

    public ScimCall Call { get; }

    public void Dispose()
    {
        _registration.Dispose();
        _abort.Dispose();
    }
}
