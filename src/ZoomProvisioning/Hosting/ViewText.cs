using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace ZoomProvisioning.Hosting;

/// <summary>
/// What a view prints: values come from files and from Zoom, so that whatever moves a cursor, changes a colour, turns the direction or
/// ends a line is shown by its code point. The objects themselves keep the values as they are.
/// </summary>
public static class ViewText
{
    // More than that nobody reads in a cell; the object has the rest.
    private const int Most = 8000;

    /// <summary>One line for one value; several values of one property stand in braces, as PowerShell shows them.</summary>
    /// <param name="value">The value; null is nothing.</param>
    public static string? Line(object? value) => value is null ? null : VisibleText.OneLine(Words(value), Most);

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
