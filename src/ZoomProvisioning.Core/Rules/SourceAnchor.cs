using System;
using System.Collections;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using ZoomProvisioning.Input;
using ZoomProvisioning.Values;

namespace ZoomProvisioning.Rules;

/// <summary>
/// A source's own key of a person as text. Directories, exports and spreadsheets spell one key in many ways; what means the same
/// reads the same here.
/// </summary>
internal static class SourceAnchor
{
    /// <summary>What directories themselves tell people apart by; entryUUID and nsUniqueId are found by it too.</summary>
    public const string OfDirectories = "objectGUID";

    // csvde writes what is no plain text so: X'0123ab…'.
    private static readonly Regex Hexadecimal = new("^[Xx]'((?:[0-9A-Fa-f]{2}){16})'$", RegexOptions.CultureInvariant);

    // Blanks that Trim leaves, and that copying from web pages and spreadsheets brings along.
    private static readonly char[] Invisible = ['\u200B', '\u200C', '\u200D', '\u2060', '\uFEFF', '\u00AD'];

    /// <summary>The key that stands in a property of a record; null when there is none.</summary>
    /// <param name="record">The record.</param>
    /// <param name="name">The name the record itself gives the property.</param>
    /// <exception cref="FormatException">There are several values.</exception>
    public static string? Read(ISourceRecord record, string name)
    {
        object? value;
        try
        {
            value = RecordProperty.Read(record, name);
        }
        catch (DamagedTextException)
        {
            // Bytes that are no text are a key all the same, such as a GUID under a name of its own.
            return TextOf(record.Read(name));
        }

        return TextOf(value is string text && text.Any(char.IsControl) ? record.Read(name) : value);
    }

    /// <summary>The key; null when there is none. An AD object id is the same text as bytes and in each spelling of a GUID.</summary>
    /// <exception cref="FormatException">There are several values.</exception>
    public static string? TextOf(object? value) => BytesOf(value) is { } bytes ? OfBytes(bytes) : Canonical(SourceValue.ToText(value));

    /// <summary>The one spelling of a key: two keys mean the same when, and only when, theirs are equal. Null for a key of blanks.</summary>
    public static string? Canonical(string? anchor)
    {
        if (anchor is null)
        {
            return null;
        }

        var text = anchor.Trim();
        while (text.Length > 0 && (Array.IndexOf(Invisible, text[0]) >= 0 || Array.IndexOf(Invisible, text[text.Length - 1]) >= 0))
        {
            text = text.Trim(Invisible).Trim();
        }

        return text.Length == 0 ? null
            // Each of a hundred thousand people is asked for several times, and most GUIDs are spelled so.
            : IsCanonicalGuid(text) ? text
            : GuidOf(text) is { } guid ? guid.ToString("D", CultureInfo.InvariantCulture)
            : text;
    }

    /// <summary>Whether a key is a number, which spreadsheets take the leading zeros of.</summary>
    /// <param name="canonical">The key as <see cref="Canonical"/> spells it.</param>
    public static bool IsNumber(string canonical)
    {
        foreach (var digit in canonical)
        {
            if (digit is < '0' or > '9')
            {
                return false;
            }
        }

        return canonical.Length > 0;
    }

    /// <summary>
    /// What a key and its damaged copies have in common: a number without leading zeros, a text without regard to case. Keys that
    /// agree in no more than this may be one, and only a person can say so.
    /// </summary>
    /// <param name="canonical">The key as <see cref="Canonical"/> spells it.</param>
    public static string Loosely(string canonical) => !IsNumber(canonical) ? canonical.ToUpperInvariant()
        : canonical.TrimStart('0') is { Length: > 0 } number ? number
        : "0";

    /// <summary>Whether a text is a GUID as it is spelled here already: 32 lower hexadecimal digits, with hyphens.</summary>
    private static bool IsCanonicalGuid(string text)
    {
        if (text.Length != 36)
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (i is 8 or 13 or 18 or 23 ? text[i] != '-' : text[i] is not ((>= '0' and <= '9') or (>= 'a' and <= 'f')))
            {
                return false;
            }
        }

        return true;
    }

    private static Guid? GuidOf(string text)
    {
        // Most keys are short numbers, and there may be a hundred thousand of them.
        if (text.Length < 24)
        {
            return null;
        }

        if (text.Length == 24)
        {
            return text.EndsWith("==", StringComparison.Ordinal) && BytesOfBase64(text) is { Length: 16 } encoded ? new Guid(encoded) : null;
        }

        if (Hexadecimal.Match(text) is { Success: true } hexadecimal)
        {
            var digits = hexadecimal.Groups[1].Value;
            return new Guid(
            [
                .. Enumerable.Range(0, 16).Select(i => byte.Parse(digits.Substring(2 * i, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)),
            ]);
        }

        const string Urn = "urn:uuid:";
        return Guid.TryParse(text.StartsWith(Urn, StringComparison.OrdinalIgnoreCase) ? text.Substring(Urn.Length) : text, out var guid) ? guid : null;
    }

    private static byte[]? BytesOfBase64(string text)
    {
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>The bytes of a value that is a list of them, as they are or as JSON gives them back; null when it is none.</summary>
    private static byte[]? BytesOf(object? value)
    {
        if (value is null or string or IDictionary || value is not IEnumerable many)
        {
            return null;
        }

        var items = many.Cast<object?>().ToArray();
        return items.Length > 0 && items.All(i => i is byte) ? items.Cast<byte>().ToArray()
            : items.Length == 16 && items.All(i => i is int or long && Convert.ToInt64(i, CultureInfo.InvariantCulture) is >= 0 and <= 255)
                ? items.Select(i => Convert.ToByte(i, CultureInfo.InvariantCulture)).ToArray()
            : null;
    }

    private static string OfBytes(byte[] bytes) => bytes.Length == 16
        ? new Guid(bytes).ToString("D", CultureInfo.InvariantCulture)
        : Convert.ToBase64String(bytes);
}
