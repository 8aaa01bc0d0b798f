using System.Collections.Generic;

namespace ZoomProvisioning.Simulator.Http;

/// <summary>The simulator's answer, for a transport to put on the wire.</summary>
public sealed class SimulatedResponse
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; init; } = 200;

    /// <summary>The Content-Type, or null where there is no body.</summary>
    public string? ContentType { get; init; }

    /// <summary>The body; empty when there is none.</summary>
    public byte[] Body { get; init; } = [];

    /// <summary>Headers beside the content's own, in the order they are sent.</summary>
    public IList<KeyValuePair<string, string>> Headers { get; } = new List<KeyValuePair<string, string>>();

    /// <summary>True when no answer at all is to be sent: the transport breaks the connection.</summary>
    public bool Dropped { get; init; }

    internal void AddHeader(string name, string value) => Headers.Add(new KeyValuePair<string, string>(name, value));

    /// <summary>The same answer with another body, for faults that spoil it.</summary>
    internal SimulatedResponse WithBody(byte[] body, string? contentType)
    {
        var copy = new SimulatedResponse { Status = Status, ContentType = contentType, Body = body };
        foreach (var header in Headers)
        {
            copy.Headers.Add(header);
        }

        return copy;
    }
}
