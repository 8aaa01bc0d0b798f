using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ZoomProvisioning.Engine.State;

/// <summary>
/// Comments in a JSON text for people. The writer knows only those between two marks, so a line that nothing else can be stands
/// for each until the text is whole.
/// </summary>
internal sealed class JsonComments
{
    private readonly string _mark = Guid.NewGuid().ToString("N");
    private readonly List<IReadOnlyList<string>> _comments = [];

    /// <summary>Keeps a place above the entry that is written next.</summary>
    public void Write(Utf8JsonWriter writer, IReadOnlyList<string> comment)
    {
        if (comment.Count > 0)
        {
            writer.WriteNull(_mark + _comments.Count.ToString(CultureInfo.InvariantCulture));
            _comments.Add(comment);
        }
    }

    /// <summary>The text with the comments in it; one in the middle of a table has an empty line above.</summary>
    public string In(string json) => _comments.Count == 0 ? json : Regex.Replace(
        json,
        $"(\\{{?)\n( *)\"{_mark}(\\d+)\": null,",
        place => place.Groups[1].Value + (place.Groups[1].Length == 0 && place.Groups[2].Length == 2 ? "\n" : string.Empty)
            + string.Concat(_comments[int.Parse(place.Groups[3].Value, CultureInfo.InvariantCulture)].Select(l => $"\n{place.Groups[2].Value}// {l}")),
        RegexOptions.CultureInvariant);
}
