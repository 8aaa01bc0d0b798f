using System.Collections.Generic;

namespace ZoomProvisioning.Rules;

/// <summary>Named values to be written; those that are null are left out.</summary>
internal sealed class RuleEntries : List<KeyValuePair<string, RuleNode>>
{
    /// <summary>Adds a value, where there is one.</summary>
    public void Add(string name, RuleNode? node)
    {
        if (node is not null)
        {
            Add(new KeyValuePair<string, RuleNode>(name, node));
        }
    }

    /// <summary>The table; null when nothing is in it.</summary>
    public RuleNode? ToNode() => Count > 0 ? RuleNode.Of(this) : null;
}
