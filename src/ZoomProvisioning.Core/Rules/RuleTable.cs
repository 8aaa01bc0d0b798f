using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Input;
using ZoomProvisioning.Values;

namespace ZoomProvisioning.Rules;

/// <summary>The named settings of a table, looked up without regard to case.</summary>
internal sealed class RuleTable
{
    private readonly Dictionary<string, RuleNode> _entries = new(StringComparer.OrdinalIgnoreCase);
    private readonly string _path;

    /// <summary>Makes a table of a node, noting names that stand twice or are not known.</summary>
    /// <param name="node">The node; null or of another kind for an empty table.</param>
    /// <param name="path">Its path; empty for the rule itself.</param>
    /// <param name="known">The names there are.</param>
    /// <param name="mistakes">Where mistakes go.</param>
    public RuleTable(RuleNode? node, string path, IReadOnlyList<string> known, RuleMistakes mistakes)
    {
        _path = path;
        if (node is null)
        {
            return;
        }

        if (node.Kind != RuleNodeKind.Table)
        {
            mistakes.AddKind(node, path, "a table");
            return;
        }

        foreach (var entry in node.Entries)
        {
            if (!known.Contains(entry.Key, StringComparer.OrdinalIgnoreCase))
            {
                mistakes.AddName(
                    entry.Value,
                    PathOf(entry.Key),
                    $"there is no such setting{Spelling.Suggest(entry.Key, known)}; there are {string.Join(", ", known)}");
            }
            else if (_entries.TryGetValue(entry.Key, out var first))
            {
                mistakes.AddName(
                    entry.Value,
                    PathOf(entry.Key),
                    $"the setting stands twice{(first.Line > 0 ? $", first in line {first.Line}" : string.Empty)}");
            }
            else
            {
                _entries.Add(entry.Key, entry.Value);
            }
        }
    }

    /// <summary>The value of a setting; null when it is not there.</summary>
    public RuleNode? this[string name] => _entries.TryGetValue(name, out var node) ? node : null;

    /// <summary>The settings that are there, of these.</summary>
    public IReadOnlyList<string> Given(IReadOnlyList<string> names) => names.Where(_entries.ContainsKey).ToList();

    /// <summary>The path of a setting.</summary>
    public string PathOf(string name) => _path.Length == 0 ? name : $"{_path}.{name}";
}
