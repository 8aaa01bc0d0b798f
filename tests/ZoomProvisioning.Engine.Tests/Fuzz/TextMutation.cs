#if !NETFRAMEWORK
using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace ZoomProvisioning.Engine.Tests.Fuzz;

/// <summary>Values in the place of others, as a text of values has them, among bytes that are changed.</summary>
internal static class TextMutation
{
    // What a reader of numbers, dates, names and nests has ever stumbled over.
    private static readonly byte[][] Words =
    [
        .. new[]
        {
            "null", "true", "-1", "0", "1e400", "NaN", "99999999999999999999999", "2147483648", "-9223372036854775809", "0x1F", "\"\"", "\"\\ud800\"",
            "[]", "{}", "[[[[[[[[", "}", "]", "\"", "'", "\"a\":", ",", ";", "\t", "\r", "\n", "\0", "\uFEFF", "\u202E", "\u001B[31m", "\u2028",
            "9999-12-31T23:59:59.9999999+00:00", "0001-01-01T00:00:00+14:00", "2026-02-30", "=1+1", "%", "..", "/", "\\", "*", "(", ")", " or ", " and ",
            "not (", "İ", "ß", "ǆ", "e\u0301", "😀",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF],
        [0xC3],
        [0xED, 0xA0, 0x80],
    ];

    // What stands between values, and what ends a bare word.
    private static readonly SearchValues<byte> Between = SearchValues.Create(" \t\r\n,:;[]{}()"u8);
    private static readonly SearchValues<byte> AfterWord = SearchValues.Create(" \t\r\n,:;[]{}()\""u8);

    // What may stand where any value stands, so that not only the first reader is tried.
    private static readonly byte[][] Values =
    [
        .. new[]
        {
            "null", "true", "false", "0", "-1", "1e9", "1.5", "99999999999999999999", "\"\"", "\"x\"", "\"\\u0000\"", "\"\\ud800\"",
            "\"\\u001b[31m\"", "[]", "{}",
            "[null]", "[\"a\",\"a\"]", "{\"a\":1}", "\"2026-11-29T08:00:00+01:00\"", "\"9999-12-31T23:59:59.9999999Z\"", "\"0001-01-01T00:00:00+14:00\"",
            "\"a@example.com\"", "\"*\"", "\"ProvisioningRule\"", "\"Disable\"", "\"-00:00:01\"", "\"10675199.02:48:05.4775807\"",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    private static readonly int[] Lengths = [2, 9, 40, 300, 3000];

    /// <summary>One to four changes of a text: values put in, in the place of others, swapped, repeated.</summary>
    /// <param name="random">Decides.</param>
    /// <param name="text">The text.</param>
    /// <param name="other">Another text of its kind, to take a part from.</param>
    public static byte[] OfText(Random random, byte[] text, byte[] other)
    {
        for (var n = random.Next(1, 4); n > 0; n--)
        {
            if (random.Next(3) > 0)
            {
                text = Scalar(random, text, Values[random.Next(Values.Length)]);
                continue;
            }

            var at = random.Next(text.Length + 1);
            var word = Words[random.Next(Words.Length)];
            text = random.Next(7) switch
            {
                0 => Mutation.OfBytes(random, text),
                1 => Join(text.AsSpan(0, at), word, text.AsSpan(at)),
                2 => Value(random, text, word),
                3 => Value(random, text, Repeat(word, Lengths[random.Next(Lengths.Length)])),
                4 => Value(random, text, Part(random, other)),
                5 => Join(text.AsSpan(0, at), Part(random, text), text.AsSpan(at)),
                _ => Join(text.AsSpan(0, at), Repeat(word, Lengths[random.Next(Lengths.Length)]), text.AsSpan(at)),
            };
        }

        return text;
    }

    /// <summary>Puts something in the place of a word, a number, or what stands between two delimiters.</summary>
    private static byte[] Value(Random random, byte[] text, ReadOnlySpan<byte> value)
    {
        if (text.Length == 0)
        {
            return value.ToArray();
        }

        var start = random.Next(text.Length);
        while (start > 0 && !IsDelimiter(text[start - 1]))
        {
            start--;
        }

        var end = start;
        while (end < text.Length && !IsDelimiter(text[end]))
        {
            end++;
        }

        return Join(text.AsSpan(0, start), value, text.AsSpan(end));
    }

    /// <summary>Puts a value in the place of a text in quotes or a bare word.</summary>
    private static byte[] Scalar(Random random, byte[] text, ReadOnlySpan<byte> value)
    {
        var from = random.Next(text.Length + 1);
        var start = text.AsSpan(from).IndexOfAnyExcept(Between);
        if (start < 0)
        {
            return text;
        }

        start += from;
        var rest = text.AsSpan(start + 1);
        var length = text[start] == (byte)'"' ? rest.IndexOf((byte)'"') + 1 : rest.IndexOfAny(AfterWord);
        return Join(text.AsSpan(0, start), value, length < 0 ? [] : rest[length..]);
    }

    private static bool IsDelimiter(byte letter) =>
        letter is (byte)',' or (byte)':' or (byte)'\n' or (byte)'[' or (byte)']' or (byte)'{' or (byte)'}' or (byte)' ';

    private static byte[] Part(Random random, byte[] text)
    {
        var start = random.Next(text.Length + 1);
        return text.AsSpan(start, Math.Min(text.Length - start, random.Next(60))).ToArray();
    }

    private static byte[] Repeat(byte[] word, int times)
    {
        var repeated = new List<byte>(word.Length * times);
        for (var i = 0; i < times; i++)
        {
            repeated.AddRange(word);
        }

        return [.. repeated];
    }

    private static byte[] Join(ReadOnlySpan<byte> before, ReadOnlySpan<byte> between, ReadOnlySpan<byte> after) => [.. before, .. between, .. after];
}
#endif
