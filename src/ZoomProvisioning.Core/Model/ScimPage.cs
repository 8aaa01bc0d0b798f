using System.Collections.Generic;

namespace ZoomProvisioning;

/// <summary>One page of a list (RFC 7644 section 3.4.2).</summary>
/// <typeparam name="T">The resource listed.</typeparam>
public sealed class ScimPage<T>
{
    /// <summary>Makes a page.</summary>
    public ScimPage(IReadOnlyList<T> resources, int totalResults, int startIndex)
    {
        Resources = resources;
        TotalResults = totalResults;
        StartIndex = startIndex;
    }

    /// <summary>The resources of this page.</summary>
    public IReadOnlyList<T> Resources { get; }

    /// <summary>How many match over all pages.</summary>
    public int TotalResults { get; }

    /// <summary>The 1-based position of the first resource.</summary>
    public int StartIndex { get; }
}
