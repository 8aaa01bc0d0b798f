using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace ZoomProvisioning.Values;

/// <summary>
/// Values as tools of directories write them where they are not plain ASCII: csvde's <c>X'5365c3a16e'</c>, the Base64 of an LDIF
/// attribute whose name ends in a colon, and bytes.
/// </summary>
internal static class LdapText
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The value that was meant.</summary>
    /// <param name="name">The property's name.</param>
    /// <param name="value">What the record holds.</param>
    /// <exception cref="DamagedTextException">It cannot be decoded.</exception>
    public static object? Decode(string name, object? value)
    {
        switch (value)
        {
            case string text when text.Length > 2 && text[0] is 'X' or 'x' && text[1] == '\'' && text[text.Length - 1] == '\'':
                return OfBytes(name, HexBytes(text));
            case string text when name.Length > 0 && name[name.Length - 1] == ':':
                return OfBytes(name, Base64Bytes(text.Trim()));
            case string text when text.Length > 0 && text[0] == ':' && text.StartsWith(": ", StringComparison.Ordinal) && IsBase64(text.Substring(2)):
                // Split at the first of two colons by hand.
                return OfBytes(name, Base64Bytes(text.Substring(2).Trim()));
            case byte[] bytes:
                return OfBytes(name, bytes);
            case object?[] items when items.Length > 0 && Array.TrueForAll(items, i => i is byte):
                return OfBytes(name, items.Cast<byte>().ToArray());
            case object?[] items
                when Array.Exists(items, i => i is byte[] or object[]) || (items.Length > 0 && name.Length > 0 && name[name.Length - 1] == ':'):
                return Array.ConvertAll(items, i => Decode(name, i));
            default:
                return value;
        }
    }

    /// <summary>Bytes as the text they stand for, or as they are where the attribute is no text.</summary>
    private static object OfBytes(string name, byte[] bytes)
    {
        if (bytes.Length == 16 && IsGuid(name))
        {
            return new Guid(bytes).ToString("D");
        }

        if (IsBinary(name))
        {
            return bytes;
        }

        try
        {
            return Strict.GetString(bytes);
        }
        catch (ArgumentException exception)
        {
            throw new DamagedTextException($"its {bytes.Length} bytes are no text in UTF-8", exception);
        }
    }

    private static bool IsGuid(string name) =>
        name.IndexOf("guid", StringComparison.OrdinalIgnoreCase) >= 0 || name.StartsWith("mS-DS-ConsistencyGuid", StringComparison.OrdinalIgnoreCase);

    private static bool IsBinary(string name) => IsGuid(name) || name.IndexOf("sid", StringComparison.OrdinalIgnoreCase) >= 0
        || name.StartsWith("thumbnailPhoto", StringComparison.OrdinalIgnoreCase) || name.StartsWith("jpegPhoto", StringComparison.OrdinalIgnoreCase)
        || name.IndexOf("certificate", StringComparison.OrdinalIgnoreCase) >= 0 || name.StartsWith("userParameters", StringComparison.OrdinalIgnoreCase);

    private static byte[] HexBytes(string text)
    {
        var hex = text.Substring(2, text.Length - 3);
        var bytes = new byte[hex.Length / 2];
        for (var i = 0; i < bytes.Length; i++)
        {
            if (!byte.TryParse(hex.Substring(2 * i, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bytes[i]))
            {
                throw new DamagedTextException($"'{text}' is not hexadecimal");
            }
        }

        return hex.Length % 2 == 0 ? bytes : throw new DamagedTextException($"'{text}' has an odd number of digits");
    }

    private static byte[] Base64Bytes(string text)
    {
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException exception)
        {
            throw new DamagedTextException($"'{text}' is no Base64, which the name with a colon says it is", exception);
        }
    }

    private static bool IsBase64(string text)
    {
        var trimmed = text.Trim();
        return trimmed.Length > 0 && trimmed.Length % 4 == 0 && trimmed.All(c => char.IsLetterOrDigit(c) && c < '\x80' || c is '+' or '/' or '=');
    }

    /// <summary>The values of a cell in which csvde has joined several, such as memberOf; one value where it has not.</summary>
    public static IEnumerable<string> SplitNames(string text)
    {
        // A semicolon in a name is escaped, and each name begins with an attribute and an equals sign.
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == ';' && (i == 0 || text[i - 1] != '\\') && StartsName(text, i + 1))
            {
                yield return text.Substring(start, i - start).Trim();
                start = i + 1;
            }
        }

        yield return text.Substring(start).Trim();
    }

    private static bool StartsName(string text, int index)
    {
        while (index < text.Length && text[index] == ' ')
        {
            index++;
        }

        var equals = text.IndexOf('=', index);
        return equals > index && equals - index <= 4 && text.Skip(index).Take(equals - index).All(char.IsLetter);
    }
}
