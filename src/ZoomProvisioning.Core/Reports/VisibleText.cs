using System.Globalization;
using System.Text;

namespace ZoomProvisioning.Reports;

/// <summary>
/// Text as a reviewer may see it. What would make a text look like another one, by turning its direction or by not being seen, is
/// shown by its code point; what is no character at all becomes U+FFFD. The rest stays as it is, the marks that right-to-left and
/// Indic scripts need between letters included.
/// </summary>
internal static class VisibleText
{
    /// <summary>The text to show.</summary>
    public static string Of(string? text)
    {
        if (text is null)
        {
            return string.Empty;
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (!IsPlain(text, i))
            {
                return Rewrite(text, i);
            }

            i += char.IsSurrogate(text[i]) ? 1 : 0;
        }

        return text;
    }

    private static string Rewrite(string text, int from)
    {
        var shown = new StringBuilder(text, 0, from, text.Length + 16);
        for (var i = from; i < text.Length; i++)
        {
            if (IsPlain(text, i))
            {
                shown.Append(text[i]);
                if (char.IsSurrogate(text[i]))
                {
                    shown.Append(text[++i]);
                }
            }
            else if (text[i] == '\r')
            {
                // HTML knows one end of line.
                shown.Append('\n');
                i += i + 1 < text.Length && text[i + 1] == '\n' ? 1 : 0;
            }
            else if (IsDeceiving(text[i]))
            {
                shown.AppendFormat(CultureInfo.InvariantCulture, "[U+{0:X4}]", (int)text[i]);
            }
            else
            {
                shown.Append('\uFFFD');
                // Both halves of a code point that is no character are one mistake.
                i += char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) ? 1 : 0;
            }
        }

        return shown.ToString();
    }

    private static bool IsPlain(string text, int index)
    {
        var character = text[index];
        if (char.IsSurrogate(character))
        {
            return char.IsHighSurrogate(character) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1])
                && (char.ConvertToUtf32(character, text[index + 1]) & 0xFFFE) != 0xFFFE;
        }

        return !IsDeceiving(character)
            && (!char.IsControl(character) || character is '\t' or '\n')
            && character is not ((>= '\uFDD0' and <= '\uFDEF') or >= '\uFFFE');
    }

    // Embeddings, overrides and isolates; what has no width and no use in a name; separators that only programs see.
    private static bool IsDeceiving(char character) => character is
        (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069')
        or '\u200B' or (>= '\u2060' and <= '\u2065') or (>= '\u206A' and <= '\u206F') or '\u00AD' or '\u180E' or '\uFEFF'
        or '\u2028' or '\u2029' or (>= '\uFFF9' and <= '\uFFFB');
}
