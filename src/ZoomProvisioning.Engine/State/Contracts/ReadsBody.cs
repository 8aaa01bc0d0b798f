using System;
using System.Text.Json.Serialization;

namespace ZoomProvisioning.Engine.State.Contracts;

/// <summary>The first line of what a plan has read: of which account, and when.</summary>
internal sealed class ReadsBody
{
    private const int Newest = 1;

    [JsonRequired]
    public int Format { get; set => Formats.Require(field = value, Newest); } = Newest;

    [JsonRequired]
    public string Account { get; set; } = string.Empty;

    [JsonRequired]
    public DateTimeOffset ReadAt { get; set; }
}
