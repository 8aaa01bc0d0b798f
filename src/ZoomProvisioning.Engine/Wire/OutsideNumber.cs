using System;
using System.Globalization;
using System.Text.Json;

namespace ZoomProvisioning.Engine.Wire;

/// <summary>
/// Reads the numbers that others send: in headers, in lists and beside tokens. What is no plain number is nothing (null), never an
/// exception, and no caller gets a number that its arithmetic could not bear without having named a range.
/// </summary>
internal static class OutsideNumber
{
    // Longer than any number that means something; shorter than what double.Parse refuses on .NET Framework.
    private const int MostDigits = 64;

    /// <summary>
    /// A number written in digits, with or without a fraction (RFC 9110 knows digits only). No sign, no exponent, no hexadecimals, no
    /// names such as NaN, no group separators. More digits than anybody counts are infinity: as many as there can be.
    /// </summary>
    public static double? Decimal(string? text)
    {
        text = text?.Trim();
        if (string.IsNullOrEmpty(text) || text == ".")
        {
            return null;
        }

        var points = 0;
        foreach (var character in text!)
        {
            if (character is not ((>= '0' and <= '9') or '.') || (character == '.' && ++points > 1))
            {
                return null;
            }
        }

        return text.Length > MostDigits ? double.PositiveInfinity
            : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number
            : null;
    }

    /// <summary>A number as above, brought into a range.</summary>
    public static double? Decimal(string? text, double least, double most) =>
        Decimal(text) is { } number ? Math.Min(Math.Max(number, least), most) : null;

    /// <summary>A whole number that is not negative and not above a bound; null for everything else.</summary>
    /// <param name="value">A value as <see cref="ScimJsonReader"/> reads it: some servers put their numbers in quotes.</param>
    /// <param name="most">The bound.</param>
    public static int? Whole(object? value, int most)
    {
        var number = value switch
        {
            long whole => whole,
            ScimNumber other => double.TryParse(other.Literal, NumberStyles.Float, CultureInfo.InvariantCulture, out var read) ? read : null,
            string text => Decimal(text),
            _ => (double?)null,
        };
        return number is >= 0 && number <= most && number == Math.Floor(number.Value) ? (int)number.Value : null;
    }

    /// <summary>A JSON number, or one in quotes, brought into a range; null for everything else.</summary>
    public static double? Decimal(JsonElement value, double least, double most) => value.ValueKind switch
    {
        JsonValueKind.Number => value.TryGetDouble(out var number) && number >= 0 ? Math.Min(Math.Max(number, least), most) : null,
        JsonValueKind.String => Decimal(Words.Of(value), least, most),
        _ => null,
    };
}
