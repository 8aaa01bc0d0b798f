using Microsoft.CodeAnalysis;

namespace System;

/// <summary>What the compiler makes of <c>^1</c>.</summary>
[Embedded]
internal readonly struct Index(int value, bool fromEnd = false)
{
    private readonly int _value = fromEnd ? ~value : value;

    /// <summary>The place in a text or list of so many elements.</summary>
    public int GetOffset(int length) => _value < 0 ? _value + length + 1 : _value;

    /// <summary>A place counted from the start.</summary>
    public static implicit operator Index(int value) => new(value);
}
