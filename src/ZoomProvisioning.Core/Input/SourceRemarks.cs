using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace ZoomProvisioning.Input;

/// <summary>
/// What is to be told about a source as a whole: gathered record by record, and told once, with the number of people and the
/// first of their names.
/// </summary>
internal sealed class SourceRemarks
{
    private const int Shown = 5;

    private readonly List<Remark> _remarks = [];
    private readonly Dictionary<string, Remark> _byKey = new(StringComparer.Ordinal);

    /// <summary>Notes something of a record.</summary>
    /// <param name="key">What makes two remarks one.</param>
    /// <param name="label">The record.</param>
    /// <param name="text">The sentence; <c>{0}</c> is who it is about, such as <c>3 records (a, b, c)</c>.</param>
    public void Add(string key, string label, Func<string> text)
    {
        if (!_byKey.TryGetValue(key, out var remark))
        {
            _byKey.Add(key, remark = new Remark(text()));
            _remarks.Add(remark);
        }

        if (++remark.Count <= Shown)
        {
            remark.Labels.Add(label);
        }
    }

    /// <summary>The sentences, in the order in which they came up.</summary>
    public IEnumerable<string> Sentences() => _remarks.Select(r => r.Text.Replace("{0}", Who(r.Count, r.Labels)));

    /// <summary>Some records by number and name.</summary>
    public static string Who(int count, IReadOnlyCollection<string> labels) => string.Format(CultureInfo.InvariantCulture, "{0} record{1} ({2}{3})",
        count, count == 1 ? string.Empty : "s", string.Join(", ", labels.Take(Shown)), count > Shown ? $" and {count - Shown} more" : string.Empty);

    private sealed class Remark(string text)
    {
        public string Text { get; } = text;

        public int Count { get; set; }

        public List<string> Labels { get; } = [];
    }
}
