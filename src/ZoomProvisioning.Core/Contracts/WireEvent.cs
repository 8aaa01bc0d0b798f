using System;

namespace ZoomProvisioning.Contracts;

/// <summary>What happened on the wire.</summary>
public enum WireEventKind
{
    /// <summary>A request is handed to the socket.</summary>
    Sending,

    /// <summary>A reply has arrived, good or bad.</summary>
    Received,

    /// <summary>No reply arrived.</summary>
    Failed,

    /// <summary>The call waits: for the rate governor, or before a retry.</summary>
    Waiting,

    /// <summary>A new access token was fetched.</summary>
    TokenRefreshed,
}

/// <summary>One line of the story a call tells. Everything in it is redacted already.</summary>
public sealed class WireEvent
{
    /// <summary>Makes an event.</summary>
    public WireEvent(WireEventKind kind, string message)
    {
        Kind = kind;
        Message = message;
    }

    /// <summary>What happened.</summary>
    public WireEventKind Kind { get; }

    /// <summary>One readable sentence, for the verbose stream.</summary>
    public string Message { get; }

    /// <summary>The redacted request or reply, for the debug stream; null when there is none, or nobody wants it.</summary>
    public string? Detail { get; init; }

    /// <summary>The HTTP status of a reply.</summary>
    public int? Status { get; init; }

    /// <summary>Zoom's <c>x-zm-trackingid</c>, which its support asks for.</summary>
    public string? TrackingId { get; init; }

    /// <summary>How long the exchange took or the wait will take.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>What is being waited for, in a few words.</summary>
    public string? Reason { get; init; }
}

/// <summary>Watches the wire on behalf of a cmdlet. Called on any thread.</summary>
public interface IWireObserver
{
    /// <summary>Whether anybody reads <see cref="WireEvent.Detail"/>. Where not, it is not made.</summary>
    bool WantsDetail { get; }

    /// <summary>Takes an event; must not block.</summary>
    void OnWire(WireEvent wireEvent);
}
