using System.Globalization;
using System.Text;

namespace ZoomProvisioning;

/// <summary>
/// Text as a reviewer may see it. What would make a text look like another one, by turning its direction or by not being seen, is
/// shown by its code point; what is no character at all becomes U+FFFD. The rest stays as it is, the marks that right-to-left and
/// Indic scripts need between letters included.
/// </summary>
internal static class VisibleText
{
    /// <summary>How many characters of somebody else's words an error, a log or a journal repeats.</summary>
    public const int MostWords = 2000;

    /// <summary>How many characters a whole message or line may have, which names several of them.</summary>
    public const int MostOfLine = 8000;

    /// <summary>The text to show where lines may end: on a page, in a body.</summary>
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

    /// <summary>
    /// The words of somebody else, for one line of a message, a log or a terminal: whatever ends lines, moves cursors, rings or
    /// deceives is shown by its code point, and what is beyond the bound is cut off, which is said within the bound. To do it twice
    /// changes nothing.
    /// </summary>
    /// <param name="text">The words, free of secrets already: half a secret is not found any more.</param>
    /// <param name="most">The bound, in characters.</param>
    public static string OneLine(string? text, int most = MostWords)
    {
        if (text is null)
        {
            return string.Empty;
        }

        var shown = new StringBuilder(System.Math.Min(text.Length, most) + 16);
        for (var i = 0; i < text.Length; i++)
        {
            var start = shown.Length;
            var from = i;
            i += Append(shown, text, i);
            if (shown.Length > most)
            {
                shown.Length = start;
                return Cut(shown, text.Length - from, most);
            }
        }

        return shown.ToString();
    }

    /// <summary>
    /// A JSON text that says the same without deceiving whoever looks at it: what JSON may hold as it is, and nobody sees, is written
    /// as an escape.
    /// </summary>
    public static string InJson(string json)
    {
        // It can stand in texts only, where an escape is the same.
        var shown = new StringBuilder(json.Length);
        for (var i = 0; i < json.Length; i++)
        {
            var character = json[i];
            if (IsTag(json, i))
            {
                shown.AppendFormat(CultureInfo.InvariantCulture, "\\u{0:X4}\\u{1:X4}", (int)character, (int)json[++i]);
            }
            else if (IsDeceiving(character) || (char.IsControl(character) && character is not ('\n' or '\r')))
            {
                shown.AppendFormat(CultureInfo.InvariantCulture, "\\u{0:X4}", (int)character);
            }
            else
            {
                shown.Append(character);
            }
        }

        return shown.ToString();
    }

    /// <summary>Writes one character, and says how many more it took.</summary>
    private static int Append(StringBuilder shown, string text, int i)
    {
        var character = text[i];
        if (character == '\t')
        {
            shown.Append(' ');
        }
        else if (IsTag(text, i))
        {
            AppendTag(shown, text, i);
            return 1;
        }
        else if (char.IsControl(character) || IsDeceiving(character))
        {
            shown.AppendFormat(CultureInfo.InvariantCulture, "[U+{0:X4}]", (int)character);
        }
        else if (!IsPlain(text, i))
        {
            shown.Append('\uFFFD');
            return char.IsHighSurrogate(character) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) ? 1 : 0;
        }
        else
        {
            shown.Append(character);
            if (char.IsSurrogate(character))
            {
                shown.Append(text[i + 1]);
                return 1;
            }
        }

        return 0;
    }

    private static string Cut(StringBuilder shown, int left, int most)
    {
        var keep = System.Math.Min(shown.Length, most);
        var end = End();
        while (keep > 0 && keep + end.Length > most)
        {
            // The more is cut, the longer is the number that says so.
            keep = System.Math.Max(0, most - end.Length);
            end = End();
        }

        if (keep > 0 && char.IsHighSurrogate(shown[keep - 1]))
        {
            keep--;
            end = End();
        }

        shown.Length = keep;
        return shown.Append(end).ToString();

        string End() => string.Format(CultureInfo.InvariantCulture, "... [cut: {0} more characters]", left + shown.Length - keep);
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
            else if (IsTag(text, i))
            {
                AppendTag(shown, text, i++);
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
                && (char.ConvertToUtf32(character, text[index + 1]) & 0xFFFE) != 0xFFFE && !IsTag(text, index);
        }

        return !IsDeceiving(character)
            && (!char.IsControl(character) || character is '\t' or '\n')
            && character is not ((>= '\uFDD0' and <= '\uFDEF') or >= '\uFFFE');
    }

    private static void AppendTag(StringBuilder shown, string text, int index) =>
        shown.AppendFormat(CultureInfo.InvariantCulture, "[U+{0:X}]", char.ConvertToUtf32(text[index], text[index + 1]));

    // U+E0000 to U+E007F: a second alphabet that is never seen. Variation selectors, which Japanese names have, come after it.
    private static bool IsTag(string text, int index) =>
        text[index] == '\uDB40' && index + 1 < text.Length && text[index + 1] is >= '\uDC00' and <= '\uDC7F';

    // Embeddings, overrides and isolates; what has no width and no use in a name; separators that only programs see.
    private static bool IsDeceiving(char character) => character is
        (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069')
        or '\u200B' or (>= '\u2060' and <= '\u2065') or (>= '\u206A' and <= '\u206F') or '\u00AD' or '\u180E' or '\uFEFF'
        or '\u115F' or '\u1160' or '\u3164' or '\uFFA0' or '\u2028' or '\u2029' or (>= '\uFFF9' and <= '\uFFFB');
}
