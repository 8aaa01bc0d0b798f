using System;
using System.Globalization;
using ZoomProvisioning.Values;

namespace ZoomProvisioning.Filter;

/// <summary>The value on the right of a comparison, and what it means to compare with it.</summary>
internal sealed class FilterLiteral
{
    private readonly string? _text;
    private readonly bool? _flag;
    private readonly decimal? _number;
    private readonly DateTimeOffset? _date;
    private readonly string? _dateFormat;

    private FilterLiteral(string? text, bool? flag, decimal? number, string? dateFormat = null)
    {
        _text = text;
        _flag = flag;
        _number = number;
        _dateFormat = dateFormat;
        _date = text is null ? null : DateText.Exact(text, dateFormat);
    }

    /// <summary>No value.</summary>
    public static FilterLiteral Null { get; } = new(null, null, null);

    /// <summary>Whether it stands for no value.</summary>
    public bool IsNull => _text is null && _flag is null && _number is null;

    /// <summary>Whether it can be ordered and searched: a text or a number.</summary>
    public bool IsOrdered => _text is not null || _number is not null;

    /// <summary>Whether it is a date that cannot be read for certain: nothing can be ordered by it.</summary>
    public bool IsUncertainDate => _text is not null && _date is null && DateText.LooksLikeOne(_text);

    /// <summary>A text, which may be a date.</summary>
    public static FilterLiteral Of(string text, string? dateFormat = null) => new(ZoomAttribute.Canonical(text), null, null, dateFormat);

    /// <summary>True or false.</summary>
    public static FilterLiteral Of(bool flag) => new(null, flag, null);

    /// <summary>A number.</summary>
    public static FilterLiteral Of(decimal number) => new(null, null, number);

    /// <summary>Whether a value of a record stands in this relation to the literal.</summary>
    /// <exception cref="FilterValueException">The two cannot be ordered.</exception>
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
            FilterOperator.Equal => IsEqual(value),
            FilterOperator.GreaterThan => Order(value) > 0,
            FilterOperator.GreaterOrEqual => Order(value) >= 0,
            FilterOperator.LessThan => Order(value) < 0,
            FilterOperator.LessOrEqual => Order(value) <= 0,
            _ => throw new ArgumentOutOfRangeException(nameof(comparison)),
        };
    }

    /// <summary>The text, where it is one.</summary>
    public string? PlainText => _text;

    private string Text => _text ?? _number!.Value.ToString(CultureInfo.InvariantCulture);

    private bool IsEqual(object value) =>
        _number is { } number ? NumberOf(value) == number
        : _date is { } date && DateText.Exact(value, _dateFormat) is { } when ? when == date
        : string.Equals(TextOf(value), _text, StringComparison.OrdinalIgnoreCase);

    /// <summary>Where a value stands from the literal.</summary>
    private int Order(object value)
    {
        if (_number is { } number)
        {
            return NumberOf(value)?.CompareTo(number) ?? throw Mistake(value, "number");
        }

        if (_date is { } date)
        {
            return DateText.Exact(value, _dateFormat)?.CompareTo(date) ?? throw Mistake(value, "date");
        }

        // Texts by their letters; a date or a flag is before no text.
        return value is bool or DateTime or DateTimeOffset
            ? throw Mistake(value, "text")
            : string.Compare(TextOf(value), _text, StringComparison.OrdinalIgnoreCase);
    }

    private FilterValueException Mistake(object value, string what) => new(
        $"'{TextOf(value)}' cannot be ordered against the {what} "
            + $"{Text}{(what == "date" ? "; write dates as 2026-06-01, or name their form in the rule (dateFormat)" : string.Empty)}");

    private static string TextOf(object value) => value switch
    {
        string text => ZoomAttribute.Canonical(CellText.Trim(text)),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => ZoomAttribute.Canonical(value.ToString()),
    };

    // More digits than a decimal holds is a number all the same, but none anybody filters by.
    private static decimal? NumberOf(object value) =>
        value is not (bool or DateTime or DateTimeOffset)
        && decimal.TryParse(TextOf(value), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>A value of a record that a filter cannot order. It is that record's mistake.</summary>
internal sealed class FilterValueException(string message) : FormatException(message);
