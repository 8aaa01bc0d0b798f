using System;
using System.Globalization;
using System.Text;

namespace ZoomProvisioning.Engine.Wire;

/// <summary>
/// Texts in a form that UTF-8 can hold. Half a character (a lone surrogate), as a source leaves behind that cuts texts by length,
/// has no UTF-8; it is written as U+FFFD, the sign for what cannot be shown, with its four digits after it. So is U+FFFD itself.
/// </summary>
internal static class StoredText
{
    private const char Mark = '\uFFFD';
    private const int Digits = 4;

    /// <summary>The text as it is stored.</summary>
    public static string Encode(string text)
    {
        var index = FirstUnsafe(text, 0);
        if (index < 0)
        {
            return text;
        }

        var stored = new StringBuilder();
        var done = 0;
        for (; index >= 0; index = FirstUnsafe(text, done))
        {
            stored.Append(text, done, index - done).Append(Mark).Append(((int)text[index]).ToString("x4", CultureInfo.InvariantCulture));
            done = index + 1;
        }

        return stored.Append(text, done, text.Length - done).ToString();
    }

    /// <summary>The text as it was.</summary>
    /// <exception cref="FormatException">It is not what <see cref="Encode"/> makes.</exception>
    public static string Decode(string stored)
    {
        if (stored.AsSpan().IndexOf(Mark) < 0)
        {
            return stored;
        }

        var parts = stored.Split(Mark);

        var text = new StringBuilder(parts[0]);
        for (var i = 1; i < parts.Length; i++)
        {
            if (parts[i].Length < Digits)
            {
                throw new FormatException("The sign U+FFFD is without its digits.");
            }

            text.Append((char)Convert.ToUInt16(parts[i].Substring(0, Digits), 16)).Append(parts[i], Digits, parts[i].Length - Digits);
        }

        return text.ToString();
    }

    private static int FirstUnsafe(string text, int start)
    {
        for (var i = start; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (text[i] == Mark || char.IsSurrogate(text[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
