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

    /// <summary>Brings an international number into Zoom's form.</summary>
    /// <param name="number">Any spelling that begins with + or 00.</param>
    /// <param name="normalized">The number in Zoom's form, or unchanged when it is not international.</param>
    /// <returns>Whether it could be brought into the form.</returns>
    public static bool TryNormalize(string number, out string normalized)
    {
        var trimmed = number.Trim();
        var international = trimmed.StartsWith("+", StringComparison.Ordinal) ? trimmed.Substring(1)
            : trimmed.StartsWith("00", StringComparison.Ordinal) ? trimmed.Substring(2)
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

    /// <summary>Whether two spellings are one number: only the digits count.</summary>
    public static bool SameNumber(string? left, string? right) =>
        string.Equals(DigitsOf(Comparable(left)), DigitsOf(Comparable(right)), StringComparison.Ordinal);

    private static string Comparable(string? number) => number is null ? string.Empty : TryNormalize(number, out var normalized) ? normalized : number;

    private static string DigitsOf(string text) => new(text.Where(c => c is >= '0' and <= '9').ToArray());
}
