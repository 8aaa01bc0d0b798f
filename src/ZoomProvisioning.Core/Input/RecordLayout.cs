using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Values;

namespace ZoomProvisioning.Input;

/// <summary>
/// What the headings of a record come to: which of them feed which attribute, which say whether somebody may sign in, which
/// nobody reads. Found out once for all records that have the same headings.
/// </summary>
internal sealed class RecordLayout
{
    private static readonly HashSet<string> MailKeys = new(MappingPreset.MailHeadings.Select(MappingPreset.Canonical), StringComparer.Ordinal);

    private readonly string[] _names;
    private readonly string? _typeName;
    private readonly Dictionary<string, string> _byHeading = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string[]> _columns = new(StringComparer.OrdinalIgnoreCase);

    public RecordLayout(ISourceRecord record, RecordShape shape)
    {
        _names = record.Names.ToArray();
        _typeName = TypeOf(record);
        Shape = shape;
        foreach (var name in _names)
        {
            var key = MappingPreset.Canonical(name);
            if (key.Length > 0 && !_byHeading.ContainsKey(key))
            {
                _byHeading.Add(key, name);
            }
        }

        // From the few headings of the record to what they feed, and not from the hundreds that are known.
        var feeds = MappingPreset.Feeds(shape);
        foreach (var group in _byHeading
            .SelectMany(h => feeds.TryGetValue(h.Key, out var targets) ? targets.Select(t => (t.Target, t.Rank, Name: h.Value)) : [])
            .GroupBy(f => f.Target, StringComparer.OrdinalIgnoreCase))
        {
            _columns.Add(group.Key, group.OrderBy(f => f.Rank).Select(f => f.Name).Distinct(StringComparer.Ordinal).ToArray());
        }

        StateColumns = shape == RecordShape.Zoom
            ? []
            : _names.Select(n => (Name: n, Kind: Values.StateColumns.KindOf(n)))
                .Where(c => c.Kind is not null)
                .Select(c => new StateColumn(c.Name, c.Kind!.Value))
                .ToArray();
        MailColumn = Array.Find(_names, IsMail);
    }

    /// <summary>The shape of the records.</summary>
    public RecordShape Shape { get; }

    /// <summary>The columns that say whether somebody may sign in.</summary>
    public StateColumn[] StateColumns { get; }

    /// <summary>The column that holds mail addresses; null when there is none.</summary>
    public string? MailColumn { get; }

    /// <summary>The headings.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Whether a record has the same headings and is of the same type.</summary>
    public bool Fits(ISourceRecord record)
    {
        var names = record.Names;
        if (names.Count != _names.Length || !string.Equals(TypeOf(record), _typeName, StringComparison.Ordinal))
        {
            return false;
        }

        for (var i = 0; i < _names.Length; i++)
        {
            if (!ReferenceEquals(names[i], _names[i]) && !string.Equals(names[i], _names[i], StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The name the records give a heading; null when they have none.</summary>
    public string? Find(string heading) => _byHeading.TryGetValue(MappingPreset.Canonical(heading), out var name) ? name : null;

    private static string? TypeOf(ISourceRecord record) => record.TypeNames.Count == 0 ? null : record.TypeNames[0];

    /// <summary>Whether a column holds mail addresses by its heading.</summary>
    public static bool IsMail(string column) => MailKeys.Contains(MappingPreset.Canonical(column));

    /// <summary>Whether a column holds a list in which one address is marked as the primary one.</summary>
    public static bool IsProxyList(string column) => GenericHeadings.ProxyAddresses.Any(h => MappingPreset.SameHeading(h, column));

    /// <summary>The columns that feed an attribute by the preset, the best first.</summary>
    public string[] ColumnsFor(string target) => _columns.TryGetValue(target, out var present) ? present : [];

    /// <summary>The columns of a person that no preset knows.</summary>
    /// <param name="isRead">Whether a mapping, a scope or an anchor reads a column.</param>
    public IEnumerable<string> Unread(Func<string, bool> isRead)
    {
        if (Shape == RecordShape.Zoom)
        {
            return [];
        }

        var read = new HashSet<string>(_columns.Values.SelectMany(c => c).Concat(StateColumns.Select(c => c.Name)), StringComparer.Ordinal);
        var isTechnical = UnreadHeadings.TechnicalIn(Shape, heading => Find(heading) is not null);
        return _names.Where(n => n.Any(char.IsLetterOrDigit) && !read.Contains(n) && !isRead(n) && !ZoomExtension.IsKnown(n) && !isTechnical(n));
    }
}
