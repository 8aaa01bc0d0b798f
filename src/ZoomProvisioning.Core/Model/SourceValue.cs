using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ZoomProvisioning.Values;

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
        AttributeKind.Phone => Dialled(Whole(Texts(value).FirstOrDefault(), "a phone number")),
        AttributeKind.Complex => ZoomExtension.Normalize(attribute, value),
        // A flag this module does not know by name stays a flag.
        _ when attribute.IsExtension && value is bool => ZoomExtension.Normalize(attribute, value),
        _ when attribute.IsAddress => ToAddress(value),
        _ when attribute.IsPersonName => ToName(value),
        _ when attribute.IsNumber => Whole(ToText(value), "a number"),
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
        : StateWords.YesOrNo(FoldedText.Of(word));

    private static string[]? ToNames(object? value)
    {
        // A CSV cell holds several names separated by semicolons.
        var names = Texts(value).SelectMany(t => t.Split(';')).Select(t => t.Trim()).Where(t => t.Length > 0).ToArray();
        return names.Length == 0 ? null : names;
    }

    internal static string? ToText(object? value) => value is string text ? Checked(text, isName: false) : Only(Texts(value));

    private static string? ToName(object? value)
    {
        if ((value is string text ? Checked(text, isName: true) : Only(Texts(value, isName: true))) is not { } name)
        {
            return null;
        }

        // What a program writes for a letter its encoding lacks.
        for (var i = 1; i + 1 < name.Length; i++)
        {
            if (name[i] == '?' && char.IsLetter(name[i - 1]) && char.IsLetter(name[i + 1]))
            {
                throw new DamagedTextException("a question mark stands in it where a letter was lost");
            }
        }

        return name;
    }

    private static string? ToAddress(object? value)
    {
        if (value is string text)
        {
            return AddressText.Read(text);
        }

        // Not cleaned before: what nobody sees inside an address makes it another one.
        var all = Plain(value).Select(AddressText.Read).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return Only(all);
    }

    private static string? Whole(string? text, string what) => text is not null && ValueFaults.IsScientific(text)
        ? throw new NoValueException(text, $"{what} that a spreadsheet has shortened; its last digits are lost")
        : text;

    /// <summary>Whatever stands in a column of phone numbers and has no digit is of another column.</summary>
    private static string? Dialled(string? text) =>
        text is null || text.Any(char.IsDigit) ? text : throw new NoValueException(text, "no phone number, for it has no digit");

    private static string? Only(List<string> texts) => texts.Count switch
    {
        0 => null,
        1 => texts[0],
        _ => throw new FormatException($"there are {texts.Count} values "
            + $"({string.Join(", ", texts.Take(3))}{(texts.Count > 3 ? ", …" : string.Empty)}), but Zoom keeps one."),
    };

    private static List<string> Texts(object? value, bool isName = false) => value is string one
        ? Checked(one, isName) is { } only ? [only] : []
        : Plain(value).Select(t => Checked(t, isName)).OfType<string>().ToList();

    private static string? Checked(string text, bool isName)
    {
        if (CellText.Clean(text) is not { } clean)
        {
            return null;
        }

        return ValueFaults.Of(clean, isName) is { } fault ? throw new NoValueException(clean, fault) : clean;
    }

    private static IEnumerable<string> Plain(object? value) => value switch
    {
        null => [],
        string text => [text],
        IDictionary => throw new FormatException("the value is a table of its own."),
        IEnumerable many => many.Cast<object?>().SelectMany(Plain),
        IFormattable formattable => [formattable.ToString(null, CultureInfo.InvariantCulture)],
        _ => [value.ToString() ?? string.Empty],
    };
}
