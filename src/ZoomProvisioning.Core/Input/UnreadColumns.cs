using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Values;

namespace ZoomProvisioning.Input;

/// <summary>The columns of a source that nobody reads, to say so once: or somebody's wish would be overlooked in silence.</summary>
internal sealed class UnreadColumns(AttributeReader attributes)
{
    // A table with more of them than anybody reads is named by some, and a heading as long as a book by its beginning.
    private const int MostNamed = 50;
    private const int LongestName = 100;

    private readonly HashSet<string> _noted = new(StringComparer.Ordinal);
    private readonly List<string> _unread = [];
    private readonly List<string> _soundLikeState = [];

    /// <summary>Notes the headings of a record that no record before had.</summary>
    public void Note(RecordLayout layout, ISourceRecord record, Func<string, bool> isRead)
    {
        var isObject = layout.Shape is RecordShape.ActiveDirectory or RecordShape.EntraId && record.TypeNames.Any(t => t.Contains("."));
        foreach (var name in layout.Unread(isRead))
        {
            if (StateColumns.SoundsLikeOne(name) && !attributes.Maps(ZoomAttributes.Active))
            {
                AddOnce(_soundLikeState, name);
            }
            else if (attributes.UsesPreset && !isObject)
            {
                // Objects of a directory have a hundred properties, and whoever asked for them knows which.
                AddOnce(_unread, name);
            }
        }

        if (!attributes.UsesPreset && !attributes.Maps(ZoomAttributes.Active))
        {
            foreach (var column in layout.StateColumns.Where(c => c.Kind != StateColumnKind.PerhapsWord && !isRead(c.Name)))
            {
                AddOnce(_soundLikeState, column.Name);
            }
        }

        void AddOnce(List<string> names, string name)
        {
            if (_noted.Add(name))
            {
                names.Add(name);
            }
        }
    }

    /// <summary>What to tell after the last record.</summary>
    public IEnumerable<string> Sentences(MappingPlace place)
    {
        if (_soundLikeState.Count > 0)
        {
            yield return $"{Columns(_soundLikeState)} as if it said who may sign in, and is not read. Map Active with {place.Name} if it does."
                .Replace(" as if it", _soundLikeState.Count == 1 ? " sounds as if it" : " sound as if they")
                .Replace("and is not", _soundLikeState.Count == 1 ? "and is not" : "and are not");
        }

        if (_unread.Count > 0)
        {
            yield return $"{Columns(_unread)} {(_unread.Count == 1 ? "is" : "are")} not read: no attribute is known by "
                + $"{(_unread.Count == 1 ? "this heading" : "these headings")}. Map what is wanted with {place.Name}.";
        }

        static string Columns(List<string> names) => (names.Count == 1 ? "The column " : "The columns ")
            + string.Join(", ", names.Take(MostNamed).Select(n => $"'{VisibleText.OneLine(n, LongestName)}'"))
            + (names.Count > MostNamed ? $" and {names.Count - MostNamed} more" : string.Empty);
    }
}
