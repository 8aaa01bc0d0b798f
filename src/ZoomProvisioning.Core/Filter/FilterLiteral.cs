using System;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ZoomProvisioning.Filter;

/// <summary>The value on the right of a comparison, and what it means to compare with it.</summary>
internal sealed class FilterLiteral
{
    private static readonly Regex DateShape = new(@"^\d{4}-\d\d-\d\d", RegexOptions.CultureInvariant);

    private readonly string? _text;
    private readonly bool? _flag;
    private readonly decimal? _number;
    private readonly DateTimeOffset? _date;

    private FilterLiteral(string? text, bool? flag, decimal? number)
    {
        _text = text;
        _flag = flag;
        _number = number;
        _date = text is not null && DateShape.IsMatch(text) ? DateOf(text) : null;
    }

    /// <summary>No value.</summary>
    public static FilterLiteral Null { get; } = new(null, null, null);

    /// <summary>Whether it stands for no value.</summary>
    public bool IsNull => _text is null && _flag is null && _number is null;

    /// <summary>Whether it can be ordered and searched: a text or a number.</summary>
    public bool IsOrdered => _text is not null || _number is not null;

    /// <summary>A text.</summary>
    public static FilterLiteral Of(string text) => new(ZoomAttribute.Canonical(text), null, null);

    /// <summary>True or false.</summary>
    public static FilterLiteral Of(bool flag) => new(null, flag, null);

    /// <summary>A number.</summary>
    public static FilterLiteral Of(decimal number) => new(null, null, number);

    /// <summary>Whether a value of a record stands in this relation to the literal.</summary>
    public bool Accepts(FilterOperator comparison, object value)
    {
        if (_flag is { } flag)
        {
            return comparison == FilterOperator.Equal && (value as bool? ?? SourceValue.FlagOf(TextOf(value))) == flag;
        }

        return comparison switch
        {
            FilterOperator.Contains => TextOf(value).IndexOf(Text, StringComparison.OrdinalIgnoreCase) >= 0,
            FilterOperator.StartsWith => TextOf(value).StartsWith(Text, StringComparison.OrdinalIgnoreCase),
            FilterOperator.EndsWith => TextOf(value).EndsWith(Text, StringComparison.OrdinalIgnoreCase),
            FilterOperator.Equal => Compare(value) == 0,
            FilterOperator.GreaterThan => Compare(value) > 0,
            FilterOperator.GreaterOrEqual => Compare(value) >= 0,
            FilterOperator.LessThan => Compare(value) < 0,
            FilterOperator.LessOrEqual => Compare(value) <= 0,
            _ => throw new ArgumentOutOfRangeException(nameof(comparison)),
        };
    }

    private string Text => _text ?? _number!.Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Where a value stands from the literal; null when the two cannot be compared.</summary>
    private int? Compare(object value)
    {
        if (_number is { } number)
        {
            return NumberOf(value)?.CompareTo(number);
        }

        if (_date is { } date && DateOf(value) is { } when)
        {
            return when.CompareTo(date);
        }

        return string.Compare(TextOf(value), _text, StringComparison.OrdinalIgnoreCase);
    }

    private static string TextOf(object value) => ZoomAttribute.Canonical(value switch
    {
        string text => text,
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    });

    // More digits than a decimal holds is a number all the same, but none anybody filters by.
    private static decimal? NumberOf(object value) =>
        value is not (bool or DateTime or DateTimeOffset)
        && decimal.TryParse(TextOf(value), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static DateTimeOffset? DateOf(object value) => value switch
    {
        DateTimeOffset date => date,
        DateTime date => new DateTimeOffset(date),
        string text when DateShape.IsMatch(text.Trim()) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var date) ? date : null,
        _ => null,
    };
}
