using System;
using System.Globalization;

namespace ZoomProvisioning.Values;

/// <summary>When something is, as far as a value says so: two bounds where day and month cannot be told apart.</summary>
/// <param name="Earliest">The earliest reading.</param>
/// <param name="Latest">The latest reading.</param>
internal readonly record struct DateRange(DateTimeOffset Earliest, DateTimeOffset Latest);

/// <summary>Reads dates as directories and people write them.</summary>
internal static class DateText
{
    // Nobody's account ends then: 1601 is a file time of 0, 1899 and 1900 are a spreadsheet's 0, 9999 is SAP's for ever.
    private const int FirstYear = 1950;
    private const int LastYear = 2090;
    private const long NeverFileTime = long.MaxValue;

    private static readonly string[] Compact =
    [
        "yyyyMMdd", "yyyyMMddHHmmss'Z'", "yyyyMMddHHmmss.f'Z'", "yyyyMMddHHmmss.ff'Z'", "yyyyMMddHHmmss.fff'Z'", "yyyyMMddHHmm'Z'",
        "yyyyMMddHHmmss", "yyyyMMddHHmmsszzz", "yyyyMMddHHmmss.fzzz",
    ];

    private static readonly string[] Named =
    [
        "d MMM yyyy", "d MMMM yyyy", "d-MMM-yyyy", "d-MMM-yy", "MMM d, yyyy", "MMMM d, yyyy", "dd-MMM-yyyy HH:mm:ss", "ddd, d MMM yyyy", "dddd, MMMM d, yyyy",
        "dddd, MMMM d, yyyy h:mm:ss tt", "MMM d yyyy", "yyyy MMM d", "d MMM yyyy HH:mm:ss", "ddd MMM d HH:mm:ss yyyy",
    ];

    /// <summary>When a value says something is; null when it says never.</summary>
    /// <exception cref="FormatException">It cannot be read for certain.</exception>
    public static DateRange? Read(object value, string? format = null)
    {
        switch (value)
        {
            case DateTimeOffset at:
                return Within(at);
            case DateTime at:
                return Within(Offset(at));
            case string text:
                return ReadText(text.Trim(), format);
            case IConvertible number when number.GetTypeCode() is >= TypeCode.SByte and <= TypeCode.Decimal:
                return ReadText(number.ToString(CultureInfo.InvariantCulture), format);
            default:
                return ReadText(value.ToString()?.Trim() ?? string.Empty, format);
        }
    }

    /// <summary>The moment an ISO date, a real one, a file time, or a text in the format names; null when it is none of them.</summary>
    public static DateTimeOffset? Exact(object value, string? format)
    {
        switch (value)
        {
            case DateTimeOffset at:
                return at;
            case DateTime at:
                return Offset(at);
            case long number when IsFileTime(number):
                return DateTimeOffset.FromFileTime(number);
            case string text:
                var trimmed = text.Trim();
                if (format is not null && DateTimeOffset.TryParseExact(
                    trimmed, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal | DateTimeStyles.AllowWhiteSpaces, out var formatted))
                {
                    return formatted;
                }

                return IsIso(trimmed) && DateTimeOffset.TryParse(trimmed, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var iso) ? iso
                    : trimmed.Length is 17 or 18 && long.TryParse(trimmed, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && IsFileTime(ticks)
                    ? DateTimeOffset.FromFileTime(ticks)
                    : trimmed.Length >= 15 && trimmed[trimmed.Length - 1] == 'Z' && TryCompact(trimmed, out var general) ? general
                    : null;
            default:
                return null;
        }
    }

    /// <summary>When a day ends that begins at a moment: a day of the zone is an hour longer or shorter in the nights the clocks change.</summary>
    public static DateTimeOffset EndOfDay(DateTimeOffset begins, TimeZoneInfo zone)
    {
        if (begins.Offset != zone.GetUtcOffset(begins))
        {
            return begins.AddDays(1);
        }

        var next = DateTime.SpecifyKind(begins.DateTime.AddDays(1), DateTimeKind.Unspecified);
        return new DateTimeOffset(next, zone.GetUtcOffset(next));
    }

    /// <summary>Whether a text is a day, month and year that are not in ISO 8601.</summary>
    public static bool LooksLikeOne(string text) => TryNumbered(text.Trim(), out _);

    /// <summary>Whether a text begins as ISO 8601 writes a date.</summary>
    public static bool IsIso(string text) => text.Length >= 10 && text[4] == '-' && text[7] == '-'
        && IsDigit(text[0])
        && IsDigit(text[1])
        && IsDigit(text[2])
        && IsDigit(text[3])
        && IsDigit(text[5])
        && IsDigit(text[6])
        && IsDigit(text[8])
        && IsDigit(text[9]);

    private static DateRange? ReadText(string text, string? format)
    {
        if (text.Length == 0 || IsNever(text))
        {
            return null;
        }

        if (Exact(text, format) is { } exact)
        {
            return Within(exact);
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return ReadNumber(text, number);
        }

        if (TryCompact(text, out var compact) || DateTimeOffset.TryParseExact(
            text, Named, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal | DateTimeStyles.AllowWhiteSpaces, out compact))
        {
            return Within(compact);
        }

        return TryNumbered(text, out var range)
            ? range
            : throw new FormatException($"'{text}' is no date that can be read for certain; write it as 2026-11-29");
    }

    private static DateRange? ReadNumber(string text, long number)
    {
        if (number is 0 or -1 or NeverFileTime or > 2_650_000_000_000_000_000)
        {
            return null;
        }

        if (IsFileTime(number))
        {
            return Within(DateTimeOffset.FromFileTime(number));
        }

        if (text.Length == 8 && TryCompact(text, out var compact))
        {
            return Within(compact);
        }

        // Days of a spreadsheet; seconds and milliseconds since 1970.
        return number switch
        {
            >= 20_000 and <= 80_000 => Within(Offset(new DateTime(1899, 12, 30, 0, 0, 0, DateTimeKind.Local).AddDays(number))),
            >= 600_000_000 and <= 4_000_000_000 => Within(DateTimeOffset.FromUnixTimeSeconds(number)),
            >= 600_000_000_000 and <= 4_000_000_000_000 => Within(DateTimeOffset.FromUnixTimeMilliseconds(number)),
            _ => throw new FormatException($"'{text}' is a number, and no date that can be read for certain"),
        };
    }

    // 31.12.2025, 12/31/2025 12:00:00 AM, 3/4/2026: which is the day is told by the dots, by a number over 12, or by nothing.
    private static bool TryNumbered(string text, out DateRange? range)
    {
        range = null;
        var blank = text.IndexOfAny([' ', 'T', ',']);
        var date = blank < 0 ? text : text.Substring(0, blank);
        var separator = date.IndexOfAny(['.', '/', '-', '年']) is >= 0 and var place ? date[place] : '\0';
        if (separator == '年')
        {
            date = date.Replace('年', '-').Replace('月', '-').TrimEnd('日');
            separator = '-';
        }

        var parts = separator == '\0' ? [] : date.TrimEnd('.').Split(separator);
        if (parts.Length != 3 || !Array.TrueForAll(
            parts, p => p.Length is >= 1 and <= 4 && long.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            return false;
        }

        var numbers = Array.ConvertAll(parts, p => int.Parse(p, CultureInfo.InvariantCulture));
        var yearFirst = parts[0].Length == 4;
        if (!yearFirst && parts[2].Length != 4)
        {
            return false;
        }

        var dayFirst = yearFirst ? DateOf(numbers[0], numbers[1], numbers[2]) : DateOf(numbers[2], numbers[1], numbers[0]);
        var monthFirst = yearFirst || separator == '.' ? null : DateOf(numbers[2], numbers[0], numbers[1]);
        if ((dayFirst ?? monthFirst) is not { } one)
        {
            return false;
        }

        var other = monthFirst ?? one;
        range = Within(one) is null ? null : one < other ? new DateRange(one, other) : new DateRange(other, one);
        return true;
    }

    private static DateTimeOffset? DateOf(int year, int month, int day) =>
        year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? Offset(new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Local))
            : null;

    private static bool TryCompact(string text, out DateTimeOffset date) =>
        DateTimeOffset.TryParseExact(
            text,
            Compact,
            CultureInfo.InvariantCulture,
            text[text.Length - 1] == 'Z' ? DateTimeStyles.AssumeUniversal : DateTimeStyles.AssumeLocal,
            out date);

    private static DateRange? Within(DateTimeOffset at) => at.Year is < FirstYear or > LastYear ? null : new DateRange(at, at);

    private static bool IsNever(string text) =>
        text is "0" or "-1" or "00.00.0000" or "00/00/0000" or "0000-00-00" or "00000000" or "0000-00-00 00:00:00" or "9223372036854775807"
        || string.Equals(text, "never", StringComparison.OrdinalIgnoreCase)
        || string.Equals(text, "(never)", StringComparison.OrdinalIgnoreCase)
        || string.Equals(text, "nie", StringComparison.OrdinalIgnoreCase)
        || string.Equals(text, "never expires", StringComparison.OrdinalIgnoreCase)
        || string.Equals(text, "jamais", StringComparison.OrdinalIgnoreCase)
        || string.Equals(text, "nunca", StringComparison.OrdinalIgnoreCase)
        || string.Equals(text, "unbefristet", StringComparison.OrdinalIgnoreCase) || string.Equals(text, "permanent", StringComparison.OrdinalIgnoreCase);

    // From 1950 to 2090.
    private static bool IsFileTime(long number) => number is > 110_000_000_000_000_000 and < 155_000_000_000_000_000;

    // The first and the last day of the calendar have no offset of their own.
    private static DateTimeOffset Offset(DateTime at) => at.Year is <= 1 or >= 9999 ? new DateTimeOffset(at.Ticks, TimeSpan.Zero) : new DateTimeOffset(at);

    private static bool IsDigit(char character) => character is >= '0' and <= '9';
}
