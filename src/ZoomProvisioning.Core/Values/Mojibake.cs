namespace ZoomProvisioning.Values;

/// <summary>
/// Finds the traces of a text that was encoded as UTF-8 and decoded as something else: <c>MÃ¼ller</c> (Windows-1252, Latin-1),
/// <c>M├╝ller</c> (the consoles' code pages), <c>РђРЅРЅР°</c> (Windows-1251).
/// </summary>
internal static class Mojibake
{
    // What Windows-1252 has where Latin-1 has control characters, from 0x80 on; a NUL where there is nothing.
    private const string Windows1252 = "€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ";

    // What Windows-1251 has at 0x80 to 0xBF and Russian does not use: behind Р or С they give an encoding away.
    private const string Windows1251 = "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—™љ›њќћџ\u00A0ЎўЈ¤Ґ¦§©Є«¬\u00AD®Ї°±Ііґµ¶·є»јЅѕї";

    /// <summary>The first trace; null when there is none.</summary>
    public static string? Find(string text)
    {
        var (long3, cyrillic, first) = (0, 0, (string?)null);
        for (var i = 0; i + 1 < text.Length; i++)
        {
            var character = text[i];
            if (character < '\xC2')
            {
                continue;
            }

            if (character is >= '\u2500' and <= '\u259F' || (character == '√' && text[i + 1] > '\x7F'))
            {
                // Nobody's name is drawn in lines, or begins with a root.
                return text.Substring(i, 2);
            }

            if (character is 'Р' or 'С' && Windows1251.IndexOf(text[i + 1]) >= 0 && ++cyrillic > 1)
            {
                return text.Substring(i, 2);
            }

            var length = character switch { <= '\xDF' => 2, <= '\xEF' => 3, <= '\xF4' => 4, _ => 0 };
            if (length == 0 || !TryDecode(text, i, length, out var point) || !IsLikely(point))
            {
                continue;
            }

            // Two characters by chance are rare, three in a row with a meaning need company, or the quotes and dashes of Office.
            first = text.Substring(i, length);
            if (length != 3 || character is 'â' or 'ï' || ++long3 > 1)
            {
                return first;
            }

            i += length - 1;
        }

        return null;
    }

    private static bool TryDecode(string text, int index, int length, out int point)
    {
        point = text[index] & (0xFF >> (length + 1));
        for (var i = index + 1; i < index + length; i++)
        {
            if (i >= text.Length || ByteOf(text[i]) is not (>= 0x80 and < 0xC0 and var next))
            {
                return false;
            }

            point = (point << 6) | (next & 0x3F);
        }

        return point >= length switch { 2 => 0x80, 3 => 0x800, _ => 0x10000 };
    }

    private static int ByteOf(char character) => character switch
    {
        <= '\xFF' => character,
        _ when Windows1252.IndexOf(character) is >= 0 and var index => 0x80 + index,
        _ => -1,
    };

    // Letters and signs that stand in the names and titles of people.
    private static bool IsLikely(int point) => point is (>= 0xA0 and <= 0x24F) or (>= 0x370 and <= 0x6FF) or (>= 0x900 and <= 0xDFF)
        or (>= 0xE00 and <= 0xE7F) or (>= 0x10A0 and <= 0x10FF) or (>= 0x1E00 and <= 0x1FFF) or (>= 0x2000 and <= 0x206F) or 0x20AC or 0x2122
        or (>= 0x3000 and <= 0x30FF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xAC00 and <= 0xD7A3)
            or (>= 0xFE00 and <= 0xFEFF) or 0xFFFD or (>= 0x1F300 and <= 0x1FAFF);
}
