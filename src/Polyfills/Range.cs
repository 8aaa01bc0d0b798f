using Microsoft.CodeAnalysis;

namespace System;

/// <summary>What the compiler makes of <c>1..</c>.</summary>
[Embedded]
internal readonly struct Range(Index start, Index end)
{
    /// <summary>The first element.</summary>
    public Index Start { get; } = start;

    /// <summary>The element after the last.</summary>
    public Index End { get; } = end;

    /// <summary>From the first element on.</summary>
    public static Range EndAt(Index end) => new(0, end);

    /// <summary>Up to the last element.</summary>
    public static Range StartAt(Index start) => new(start, new Index(0, fromEnd: true));
}
