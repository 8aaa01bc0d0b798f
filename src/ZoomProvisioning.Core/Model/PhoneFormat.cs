using System;
using System.Linq;

namespace ZoomProvisioning;

/// <summary>
/// Phone numbers as Zoom wants them: <c>+1 5125550123</c>, country code, blank, number (Ping's documentation of its Zoom
/// provisioner; compatible with the examples in Zoom's OpenAPI).
/// </summary>
public static class PhoneFormat
{
    // ITU-T E.164 assigned country codes: 1 and 7 have one digit, these have two, all others three.
    private static readonly string[] TwoDigitCodes =
    [
        "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48", "49",
        "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66",
        "81", "82", "84", "86", "90", "91", "92", "93", "94", "95", "98",
    ];

    private static readonly string[] Schemes = ["tel:", "callto:", "phone:", "tel.:", "tel."];

    private static readonly string[] Extensions = [";ext=", "extension", "ext", "durchwahl", "dw", "poste", "int.", "x", "#"];

    /// <summary>Brings an international number into Zoom's form.</summary>
    /// <param name="number">Any spelling that begins with + or 00.</param>
    /// <param name="normalized">The number in Zoom's form, or unchanged when it is not international.</param>
    /// <returns>Whether it could be brought into the form.</returns>
    public static bool TryNormalize(string number, out string normalized)
    {
        var trimmed = number.Trim();
        var dialled = WithoutExtension(WithoutScheme(trimmed), out _);
        var international = dialled.StartsWith("+", StringComparison.Ordinal) || dialled.StartsWith("＋", StringComparison.Ordinal) ? dialled.Substring(1)
            : dialled.StartsWith("00", StringComparison.Ordinal) ? dialled.Substring(2)
            : dialled.StartsWith("(+", StringComparison.Ordinal) ? dialled.Substring(2)
            : null;
        // +44 (0)20 … : the zero in brackets is dialled at home only. Italy's is part of the number.
        var digits = DigitsOf(international ?? string.Empty);
        if (!digits.StartsWith("39", StringComparison.Ordinal))
        {
            digits = DigitsOf((international ?? string.Empty).Replace("(0)", string.Empty));
        }

        // E.164 allows 15 digits; fewer than 7 are no international number.
        if (international is null || digits.Length is < 7 or > 15 || digits[0] == '0' || international.Any(char.IsLetter))
        {
            normalized = trimmed;
            return false;
        }

        var codeLength = digits[0] is '1' or '7' ? 1 : TwoDigitCodes.Contains(digits.Substring(0, 2), StringComparer.Ordinal) ? 2 : 3;
        normalized = $"+{digits.Substring(0, codeLength)} {digits.Substring(codeLength)}";
        return true;
    }

    /// <summary>The extension behind a number, such as <c>ext. 7</c>, which Zoom's form has no place for; null when there is none.</summary>
    internal static string? ExtensionOf(string number)
    {
        WithoutExtension(WithoutScheme(number.Trim()), out var extension);
        return extension;
    }

    /// <summary>Whether two spellings are one number: only the digits count.</summary>
    public static bool SameNumber(string? left, string? right) =>
        string.Equals(DigitsOf(Comparable(left)), DigitsOf(Comparable(right)), StringComparison.Ordinal);

    // RFC 3966: tel:+1-512-555-0123;ext=7;phone-context=…
    private static string WithoutScheme(string number)
    {
        foreach (var scheme in Schemes)
        {
            if (number.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            {
                number = number.Substring(scheme.Length).Trim();
            }
        }

        var context = number.IndexOf(";phone-context", StringComparison.OrdinalIgnoreCase);
        return context > 0 ? number.Substring(0, context) : number;
    }

    private static string WithoutExtension(string number, out string? extension)
    {
        extension = null;
        foreach (var marker in Extensions)
        {
            var place = number.LastIndexOf(marker, StringComparison.OrdinalIgnoreCase);
            if (place <= 0)
            {
                continue;
            }

            var behind = number.Substring(place + marker.Length).Trim(' ', '.', ':', '=', ')');
            if (behind.Length is > 0 and <= 8 && behind.All(c => c is >= '0' and <= '9'))
            {
                extension = number.Substring(place).Trim(' ', ';', ',');
                return number.Substring(0, place).TrimEnd(' ', ',', ';', '(', '-');
            }
        }

        return number;
    }

    private static string Comparable(string? number) => number is null ? string.Empty : TryNormalize(number, out var normalized) ? normalized : number;

    private static string DigitsOf(string text) => new(text.Where(c => c is >= '0' and <= '9').ToArray());
}
