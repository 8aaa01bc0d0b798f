using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Pipeline;

/// <summary>Gathers warnings about many records, so that what is the same for 700 of them is said once.</summary>
internal sealed class WarningDigest
{
    private const int Named = 5;
    private const int MostKinds = 40;

    private readonly Dictionary<string, Group> _groups = new(StringComparer.Ordinal);

    /// <summary>Takes a warning.</summary>
    /// <param name="who">The record it is about.</param>
    /// <param name="message">What is to be said.</param>
    public void Add(string who, string message)
    {
        var pattern = MessagePattern.Of(message, who);
        if (!_groups.TryGetValue(pattern, out var group))
        {
            _groups[pattern] = group = new Group(message, _groups.Count);
        }

        group.Count++;
        if (group.Names.Count < Named && !group.Names.Contains(who))
        {
            group.Names.Add(who);
        }
    }

    /// <summary>What there is to say, a line for each kind, in the order in which they came first. Nothing is left afterwards.</summary>
    public IReadOnlyList<string> Take()
    {
        var lines = _groups.OrderBy(g => g.Value.Place).Select(g => g.Value.Count == 1 ? g.Value.First : Words(g.Key, g.Value)).ToList();
        _groups.Clear();
        return lines.Count <= MostKinds
            ? lines
            :
            [
                .. lines.Take(MostKinds),
                string.Format(CultureInfo.CurrentCulture, "{0:N0} more kinds of warnings are in the results (Warnings).", lines.Count - MostKinds),
            ];
    }

    private static string Words(string pattern, Group group)
    {
        var more = group.Count > group.Names.Count
            ? string.Format(CultureInfo.CurrentCulture, " and {0:N0} more", group.Count - group.Names.Count)
            : string.Empty;
        var said = pattern.StartsWith("…: ", StringComparison.Ordinal) ? pattern.Substring(3) : pattern;
        return string.Format(CultureInfo.CurrentCulture, "{0:N0} records: {1} ({2}{3})", group.Count, said, string.Join(", ", group.Names), more);
    }

    private sealed class Group(string first, int place)
    {
        public string First { get; } = first;

        public int Place { get; } = place;

        public int Count { get; set; }

        public List<string> Names { get; } = [];
    }
}
