namespace ZoomProvisioning;

/// <summary>What a list of Zoom's can be at most; whatever is beyond cannot be true.</summary>
internal static class ScimPaging
{
    /// <summary>How many Zoom gives at a time (Zoom's SCIM2 OpenAPI, <c>count</c>).</summary>
    public const int LargestPage = 100;

    /// <summary>The largest account that is believed in. The largest known have some hundred thousand users.</summary>
    public const int MostResults = 5_000_000;
}
