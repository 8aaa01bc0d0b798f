using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Input;

/// <summary>
/// Who the records of one pipe are about. Two records for one person contradict each other, and nothing says which is right.
/// </summary>
internal sealed class RecordIdentities
{
    private static readonly string[] Anchors = ["ObjectGUID", "ObjectId", "Object Id", "DistinguishedName", "entryUUID"];

    private readonly Dictionary<string, Known> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds a record.</summary>
    /// <param name="desired">What it wants.</param>
    /// <param name="row">Its row.</param>
    /// <param name="number">Its number in the pipe.</param>
    /// <returns>The record that is about the same person; null when there is none.</returns>
    public Known? Add(DesiredUser desired, RecordRow? row, int number)
    {
        var keys = KeysOf(desired, row).ToList();
        Known? first = null;
        foreach (var key in keys)
        {
            if (_known.TryGetValue(key.Key, out var other) && other.Number != number)
            {
                first ??= other with { What = key.What };
            }
            else if (other is null)
            {
                _known.Add(key.Key, new Known(number, desired, key.What));
            }
        }

        return first;
    }

    /// <summary>The error that names both records.</summary>
    /// <param name="first">The first record.</param>
    /// <param name="label">The second record's name.</param>
    /// <param name="number">Its number.</param>
    /// <param name="wasSent">Whether the first was acted upon before the second was seen.</param>
    public static ScimRecordException Error(Known first, string label, int number, bool wasSent) => new("Zoom.Record.Duplicate",
        $"{label}: record {first.Number} ({first.Desired.Label}) and record {number} are about one person: {first.What} is the same. "
            + $"{(wasSent ? $"Record {number} was not used; record {first.Number} had been sent before it was seen." : "Neither of them was used.")}")
    {
        Category = "InvalidData",
        RecommendedAction = "Leave one of the two out of the source: nothing says which is right.",
    };

    private static IEnumerable<(string Key, string What)> KeysOf(DesiredUser desired, RecordRow? row)
    {
        if (desired.LookupName is { } name)
        {
            yield return ($"name {name}", $"the user name '{name}'");
        }

        if (desired.ZoomId is { } id)
        {
            // Zoom's ids tell capitals from small letters.
            yield return (
                $"id {string.Concat(id.Select(c => ((int)c).ToString("x4", System.Globalization.CultureInfo.InvariantCulture)))}",
                $"the Zoom id '{id}'");
        }

        foreach (var anchor in row is null ? [] : Anchors)
        {
            if (row!.Layout.Find(anchor) is { } column && row.Read(column) is { } value
                && (value as string ?? value.ToString()) is { Length: > 8 } text && value is not Array)
            {
                yield return ($"anchor {text}", $"{column} '{text}'");
            }
        }
    }

    /// <summary>A record seen before.</summary>
    /// <param name="Number">Its number in the pipe.</param>
    /// <param name="Desired">What it wants.</param>
    /// <param name="What">What the two have in common, in words.</param>
    internal sealed record Known(int Number, DesiredUser Desired, string What);
}
