using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Operations;

/// <summary>Notes Zoom's tracking id of the last reply, and passes everything on.</summary>
internal sealed class TrackingObserver : IWireObserver
{
    private readonly IWireObserver? _next;

    public TrackingObserver(IWireObserver? next) => _next = next;

    public string? TrackingId { get; private set; }

    public bool WantsDetail => _next?.WantsDetail == true;

    public void OnWire(WireEvent wireEvent)
    {
        if (wireEvent.Kind == WireEventKind.Received && wireEvent.TrackingId is not null)
        {
            TrackingId = wireEvent.TrackingId;
        }

        _next?.OnWire(wireEvent);
    }
}
