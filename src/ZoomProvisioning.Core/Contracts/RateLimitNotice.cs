namespace ZoomProvisioning.Contracts;

/// <summary>What Zoom's headers said last of one of its rate limits.</summary>
public sealed class RateLimitNotice
{
    /// <summary>Makes a notice.</summary>
    public RateLimitNotice(string label, string type, int limit, int? remaining)
    {
        Label = label;
        Type = type;
        Limit = limit;
        Remaining = remaining;
    }

    /// <summary>Zoom's label: Light, Medium, Heavy or Resource-intensive.</summary>
    public string Label { get; }

    /// <summary>QPS (per second) or Daily-limit.</summary>
    public string Type { get; }

    /// <summary>The limit.</summary>
    public int Limit { get; }

    /// <summary>What was left of it; null when Zoom did not say.</summary>
    public int? Remaining { get; }
}
