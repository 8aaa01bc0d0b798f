using System;

namespace ZoomProvisioning.Filter;

/// <summary>A filter text that cannot be read.</summary>
public sealed class FilterSyntaxException : FormatException
{
    /// <summary>Makes an error.</summary>
    /// <param name="message">What is wrong, for a person.</param>
    /// <param name="position">Where in the text, counted from 0.</param>
    public FilterSyntaxException(string message, int position)
        : base(message) => Position = position;

    /// <summary>Where in the text the mistake is, counted from 0.</summary>
    public int Position { get; }
}
