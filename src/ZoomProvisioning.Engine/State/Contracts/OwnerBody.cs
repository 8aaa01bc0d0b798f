using System;
using System.Text.Json.Serialization;

namespace ZoomProvisioning.Engine.State.Contracts;

/// <summary>Who has a folder, as it stands in a file.</summary>
internal sealed class OwnerBody
{
    [JsonPropertyName("pid")]
    public int ProcessId { get; set; }

    public DateTimeOffset ProcessStarted { get; set; }

    public string Machine { get; set; } = string.Empty;

    public string User { get; set; } = string.Empty;

    public DateTimeOffset RunStarted { get; set; }
}
