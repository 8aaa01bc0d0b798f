using System;
using System.Collections;
using System.Linq;

namespace ZoomProvisioning.Rules;

/// <summary>A source's own key of a person as text.</summary>
internal static class SourceAnchor
{
    /// <summary>The key; null when there is none. An AD object id is the same text as bytes and as a GUID.</summary>
    /// <exception cref="FormatException">There are several values.</exception>
    public static string? TextOf(object? value) =>
        value is IEnumerable and not string && ((IEnumerable)value).Cast<object?>().ToArray() is { Length: > 0 } items && items.All(i => i is byte)
            ? OfBytes(items.Cast<byte>().ToArray())
            : SourceValue.ToText(value);

    private static string OfBytes(byte[] bytes) => bytes.Length == 16
        ? new Guid(bytes).ToString("D")
        : Convert.ToBase64String(bytes);
}
