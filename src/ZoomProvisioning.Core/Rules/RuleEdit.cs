using System;
using System.Collections.Generic;
using System.Linq;

namespace ZoomProvisioning.Rules;

/// <summary>Changes settings in a rule's tree and leaves the rest as it is, order and spelling included.</summary>
internal sealed class RuleEdit
{
    public RuleEdit(RuleNode rule) => Result = rule;

    /// <summary>The tree as it is now.</summary>
    public RuleNode Result { get; private set; }

    /// <summary>Sets a setting, and makes the tables it is in where they are missing.</summary>
    public void Set(RuleNode value, params string[] path) => Result = With(Result, path, value);

    /// <summary>Takes a setting away; tables that become empty go with it.</summary>
    public void Remove(params string[] path) => Result = With(Result, path, null);

    private static RuleNode With(RuleNode node, IReadOnlyList<string> path, RuleNode? value)
    {
        // What is no table where one should be is a mistake that the reader tells; here it is replaced.
        var entries = node.Entries.ToList();
        var index = entries.FindIndex(e => string.Equals(e.Key, path[0], StringComparison.OrdinalIgnoreCase));
        var replacement = path.Count == 1
            ? value
            : With(index >= 0 ? entries[index].Value : RuleNode.Of(Array.Empty<KeyValuePair<string, RuleNode>>()), path.Skip(1).ToList(), value);
        var isGone = replacement is null || (path.Count > 1 && value is null && replacement.Entries.Count == 0);
        if (isGone && index >= 0)
        {
            entries.RemoveAt(index);
        }
        else if (!isGone && index >= 0)
        {
            entries[index] = new KeyValuePair<string, RuleNode>(entries[index].Key, replacement!);
        }
        else if (!isGone)
        {
            entries.Add(new KeyValuePair<string, RuleNode>(path[0], replacement!));
        }

        return new RuleNode(RuleNodeKind.Table, node.Line, node.Column) { Entries = entries, NamePlace = node.NamePlace }.Under([.. node.Comment]);
    }
}
