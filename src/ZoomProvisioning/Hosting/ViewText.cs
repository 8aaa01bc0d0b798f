using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using ZoomProvisioning.Loading;

namespace ZoomProvisioning.Hosting;

/// <summary>
/// What a view prints: values come from files and from Zoom, so that whatever moves a cursor, changes a colour, turns the direction or
/// ends a line is shown by its code point. The objects themselves keep the values as they are.
/// </summary>
public static class ViewText
{
    // Where the first column has no width, PowerShell 7 makes the columns as wide as the first rows need, and breaks what comes after
    // them; most addresses are no longer than this. Windows PowerShell gives columns the same width each, and would break the blanks.
    private static readonly int AddressWidth = EngineLoader.IsDesktop ? 0 : 32;

    /// <summary>One line for one value; several values of one property stand in braces, as PowerShell shows them.</summary>
    /// <param name="value">The value; null is nothing.</param>
    public static string? Line(object? value) => value is null ? null : VisibleText.OneLine(Words(value), VisibleText.MostOfLine);

    /// <summary>A user name for a first column without a width, which short ones among the first must not make too narrow for the others.</summary>
    /// <param name="value">The value; null is nothing.</param>
    public static string? Address(object? value) => Line(value)?.PadRight(AddressWidth);

    /// <summary>A user name for a column of a fixed width: one that is too long for it goes on with its domain, and not anywhere in a word.</summary>
    /// <param name="value">The value; null is nothing.</param>
    /// <param name="width">The width of the column.</param>
    public static string? Address(object? value, int width)
    {
        var line = Line(value);
        var at = line?.LastIndexOf('@') ?? -1;
        return line is not null && line.Length > width && at > 0 && at <= width ? $"{line.Substring(0, at)}\n{line.Substring(at)}" : line;
    }

    /// <summary>A line for each of the values.</summary>
    /// <param name="values">The values; null is nothing.</param>
    public static string Lines(object? values) => string.Join("\n", Several(values).Select(Line));

    /// <summary>What we say ourselves in lines of our own, with what others say in it.</summary>
    internal static string Of(string text) => string.Join("\n", text.Replace("\r\n", "\n").Split('\n').Select(Line));

    private static IEnumerable<object?> Several(object? values) => Bare(values) switch
    {
        null => [],
        string text => [text],
        IEnumerable list => list.Cast<object?>(),
        var one => [one],
    };

    private static string Words(object value) => Bare(value) switch
    {
        string text => text,
        System.Exception error => error.Message,
        IDictionary pairs => $"{{{string.Join(", ", pairs.Cast<DictionaryEntry>().Select(p => $"[{p.Key}, {p.Value}]"))}}}",
        IEnumerable list => $"{{{string.Join(", ", list.Cast<object?>())}}}",
        _ => LanguagePrimitives.ConvertTo<string>(value),
    };

    // A custom object has no base but itself, and its words are PowerShell's.
    private static object? Bare(object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
}
