using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace ZoomProvisioning;

/// <summary>Turns what directories hold into the kinds of value Zoom takes.</summary>
public static class SourceValue
{
    private static readonly string[] Yes = ["true", "yes", "y", "1", "active", "enabled", "on"];
    private static readonly string[] No = ["false", "no", "n", "0", "inactive", "disabled", "off"];

    /// <summary>
    /// Converts a value. Null, an empty text and an empty collection are all 'not given': an empty cell never clears anything.
    /// </summary>
    /// <exception cref="FormatException">The value cannot mean this attribute; the message says what would.</exception>
    public static object? Convert(ZoomAttribute attribute, object? value) => attribute.Kind switch
    {
        AttributeKind.Flag => ToFlag(value),
        AttributeKind.Names => ToNames(value),
        AttributeKind.Phone => Texts(value).FirstOrDefault(),
        AttributeKind.Complex => ZoomExtension.Normalize(attribute, value),
        // A flag this module does not know by name stays a flag.
        _ when attribute.IsExtension && value is bool => ZoomExtension.Normalize(attribute, value),
        _ => ToText(value),
    };

    private static bool? ToFlag(object? value)
    {
        if (value is bool flag)
        {
            return flag;
        }

        var text = ToText(value);
        if (text is null)
        {
            return null;
        }

        return FlagOf(text) ?? throw new FormatException($"'{text}' is neither true nor false. Use True or False, yes or no, 1 or 0.");
    }

    /// <summary>What a word says: true, false, or null for neither.</summary>
    internal static bool? FlagOf(string word) =>
        Yes.Contains(word, StringComparer.OrdinalIgnoreCase) ? true
        : No.Contains(word, StringComparer.OrdinalIgnoreCase) ? false
        : null;

    private static string[]? ToNames(object? value)
    {
        // A CSV cell holds several names separated by semicolons.
        var names = Texts(value).SelectMany(t => t.Split(';')).Select(t => t.Trim()).Where(t => t.Length > 0).ToArray();
        return names.Length == 0 ? null : names;
    }

    internal static string? ToText(object? value)
    {
        var texts = Texts(value);
        return texts.Count switch
        {
            0 => null,
            1 => texts[0],
            _ => throw new FormatException($"there are {texts.Count} values ({string.Join(", ", texts.Take(3))}{(texts.Count > 3 ? ", …" : string.Empty)}), but Zoom keeps one. Choose it with -Mapping."),
        };
    }

    private static List<string> Texts(object? value)
    {
        var all = value switch
        {
            null => [],
            string text => [text],
            IDictionary => throw new FormatException("the value is a table of its own. Choose the part wanted with -Mapping."),
            IEnumerable many => many.Cast<object?>().SelectMany(Texts).ToList(),
            IFormattable formattable => [formattable.ToString(null, CultureInfo.InvariantCulture)],
            _ => new List<string> { value.ToString() ?? string.Empty },
        };
        return all.Select(t => t.Trim()).Where(t => t.Length > 0).ToList();
    }
}
