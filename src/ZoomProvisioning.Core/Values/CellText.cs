using System;
using System.Globalization;
using System.Text;

namespace ZoomProvisioning.Values;

/// <summary>
/// A text as a source holds it, made fit for Zoom: blanks and invisible characters around it are taken off, those inside become
/// plain blanks or nothing, and the letters are composed (NFC). What shows that the text was read in a wrong encoding is refused.
/// </summary>
internal static class CellText
{
    /// <summary>The text without what nobody sees; null when nothing remains.</summary>
    /// <exception cref="DamagedTextException">The text is not what was once written.</exception>
    public static string? Clean(string text)
    {
        // Nearly all texts are plain ASCII, and there are millions of them.
        if (IsPlain(text))
        {
            var trimmed = text.Trim(' ');
            return trimmed.Length == 0 ? null : trimmed;
        }

        RefuseDamage(text);
        var clean = WithoutInvisible(text);
        return clean.Length == 0 ? null : Compose(clean);
    }

    /// <summary>The text without blanks and invisible characters around it. Those inside stay.</summary>
    public static string Trim(string text)
    {
        var (start, end) = (0, text.Length);
        while (start < end && IsAround(text[start]))
        {
            start++;
        }

        while (end > start && IsAround(text[end - 1]))
        {
            end--;
        }

        return text.Substring(start, end - start);
    }

    /// <summary>The first character of a text that nobody sees; null when there is none.</summary>
    public static char? HiddenIn(string text)
    {
        foreach (var character in text)
        {
            if (character is < ' ' or '\x7F' || (character > '\x7F' && (IsInvisible(character) || IsBlank(character))))
            {
                return character;
            }
        }

        return null;
    }

    /// <exception cref="DamagedTextException">The text is not what was once written.</exception>
    public static void RefuseDamage(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            switch (character)
            {
                case '\uFFFD':
                    throw new DamagedTextException("it holds the replacement character U+FFFD, which stands where a letter was lost: "
                        + "a file in an ANSI encoding was read as UTF-8");
                case '\0':
                    throw new DamagedTextException("it holds NUL characters: a file in UTF-16 was read as if it had one byte for each letter");
                case >= '\x80' and <= '\x9F':
                    throw new DamagedTextException($"it holds the control character {Name(character)}: an ANSI file was read as Latin-1, "
                        + "or a text was encoded twice");
                case (< ' ' and not ('\t' or '\n' or '\r' or '\v' or '\f')) or '\x7F':
                    throw new DamagedTextException($"it holds the control character {Name(character)}");
                case '\uFFFE' or '\uFFFF':
                    throw new DamagedTextException($"it holds {Name(character)}, which is no character: the bytes of UTF-16 were read in the wrong order");
            }

            if (char.IsSurrogate(character))
            {
                if (!char.IsHighSurrogate(character) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
                {
                    throw new DamagedTextException("it holds half a character: a text was cut by its length");
                }

                i++;
            }
        }

        if (Mojibake.Find(text) is { } trace)
        {
            throw new DamagedTextException($"'{trace}' in it is what UTF-8 looks like when it is read in another encoding");
        }
    }

    /// <summary>A character by its number, such as <c>U+200B</c>.</summary>
    public static string Name(char character) => $"U+{((int)character).ToString("X4", CultureInfo.InvariantCulture)}";

    private static bool IsPlain(string text)
    {
        foreach (var character in text)
        {
            if (character is < ' ' or > '~')
            {
                return false;
            }
        }

        return true;
    }

    private static string WithoutInvisible(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (char.IsSurrogate(character))
            {
                if (CharUnicodeInfo.GetUnicodeCategory(text, i) != UnicodeCategory.Format)
                {
                    clean.Append(character).Append(text[i + 1]);
                }

                i++;
            }
            else if (character is <= ' ' || IsBlank(character))
            {
                // The ideographic space belongs to how Japanese names are written.
                AddBlank(clean, character == '\u3000' ? character : ' ');
            }
            else if (character < '\x7F' || !IsInvisible(character) || IsJoiner(text, i))
            {
                clean.Append(character);
            }
        }

        return Trim(clean.ToString());
    }

    private static void AddBlank(StringBuilder clean, char blank)
    {
        // A line break in a cell is two characters and one blank.
        if (clean.Length > 0 && !(clean[clean.Length - 1] == ' ' && blank == ' '))
        {
            clean.Append(blank);
        }
    }

    // Persian, Hindi and others write words with them; around a value or between Latin letters they are debris.
    private static bool IsJoiner(string text, int index) => text[index] is '\u200C' or '\u200D'
        && index > 0 && index + 1 < text.Length && text[index - 1] > '\u02FF' && text[index + 1] > '\u02FF';

    private static bool IsAround(char character) => character <= ' ' || (character > '\x7F' && (IsBlank(character) || IsInvisible(character)));

    // The letters that are drawn as nothing are blanks to whoever reads them.
    private static bool IsBlank(char character) => char.IsWhiteSpace(character) || character is '\u2800' or '\u3164' or '\u115F' or '\u1160' or '\uFFA0';

    private static bool IsInvisible(char character) => character is '\u034F' || CharUnicodeInfo.GetUnicodeCategory(character) == UnicodeCategory.Format;

    private static string Compose(string text)
    {
        try
        {
            return text.IsNormalized(NormalizationForm.FormC) ? text : text.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException exception)
        {
            // A code point without a meaning.
            throw new DamagedTextException("it holds what is no character", exception);
        }
    }
}

/// <summary>A text that is not what was once written; its record is refused.</summary>
internal sealed class DamagedTextException : FormatException
{
    /// <summary>What to do about it.</summary>
    public const string Advice = "Read the file in the encoding it was written in (Import-Csv -Encoding; zoomprov --encoding), or save it as UTF-8 "
        + "and run again.";

    public DamagedTextException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
