namespace ZoomProvisioning.Plans;

/// <summary>The ids of plans and runs as they are shown.</summary>
internal static class IdText
{
    private const int Digits = 12;

    /// <summary>As much of an id as is enough to name what it is of.</summary>
    public static string Short(string id) => id.Length > Digits ? id.Substring(0, Digits) : id;
}
