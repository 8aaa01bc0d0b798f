using System;

namespace ZoomProvisioning;

/// <summary>
/// What many users have in common and <see cref="PackedValues"/> name by number: the names of their attributes, and texts such as
/// departments and roles.
/// </summary>
internal static class CommonItems
{
    private const int LongestText = 64;

    // Who comes twice within a few thousand others comes often.
    private static readonly string?[] Lately = new string?[8192];

    /// <summary>Lists of names (<see cref="NameList"/>), which are as many as there are shapes of objects.</summary>
    public static NumberedItems<string[]> Names { get; } = new(4096);

    /// <summary>Texts.</summary>
    public static NumberedItems<string> Texts { get; } = new(16384);

    /// <summary>The number of a list of names; null when there are too many.</summary>
    public static ushort? NumberOf(string[] names) => Names.Has(names, out var number) ? number : Names.Number(names);

    /// <summary>The number of a text that was met before; null for others.</summary>
    public static ushort? NumberOf(string text)
    {
        if (text.Length > LongestText)
        {
            return null;
        }

        if (Texts.Has(text, out var number))
        {
            return number;
        }

        var slot = StringComparer.Ordinal.GetHashCode(text) & (Lately.Length - 1);
        if (string.Equals(Lately[slot], text, StringComparison.Ordinal))
        {
            return Texts.Number(text);
        }

        Lately[slot] = text;
        return null;
    }
}
