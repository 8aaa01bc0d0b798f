using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Binding;

/// <summary>Turns what an admin gives as a parameter into a piece of a rule's tree.</summary>
internal static class RuleValue
{
    /// <summary>The node of a value.</summary>
    public static RuleNode ToNode(object? value) => (value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value) switch
    {
        null => RuleNode.Nothing,
        string text => RuleNode.Of(text),
        bool flag => RuleNode.Of(flag),
        SwitchParameter given => RuleNode.Of(given.IsPresent),
        Enum choice => RuleNode.Of(choice.ToString()),
        ScriptBlock block => new RuleNode(RuleNodeKind.Script, 0, 0) { Text = block.ToString().Trim(), Script = block },
        IDictionary table => RuleNode.Of(Keys(table).Select(k => Entry(k.ToString() ?? string.Empty, table[k]))),
        PSObject thing => RuleNode.Of(thing.Properties.Select(p => Entry(p.Name, p.Value))),
        IEnumerable many => RuleNode.Of(many.Cast<object?>().Select(ToNode)),
        DateTime day => RuleNode.Of(day.ToString(day.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)),
        IFormattable number =>
            new RuleNode(RuleNodeKind.Number, 0, 0) { Text = number.ToString(null, CultureInfo.InvariantCulture) },
        var other => RuleNode.Of(other.ToString() ?? string.Empty),
    };

    /// <summary>The keys of a table in the order they are to be written: a hashtable has none of its own, so it gets that of the settings.</summary>
    public static IEnumerable<object> Keys(IDictionary table) => table is Hashtable
        ? table.Keys.Cast<object>().OrderBy(k => Rank(k.ToString())).ThenBy(k => k.ToString(), StringComparer.OrdinalIgnoreCase)
        : table.Keys.Cast<object>();

    private static int Rank(string? key) =>
        RuleSettings.OfGroup.Concat(RuleSettings.OfAttribute).TakeWhile(s => !string.Equals(s, key, StringComparison.OrdinalIgnoreCase)).Count();

    private static KeyValuePair<string, RuleNode> Entry(string name, object? value) => new(name, ToNode(value));
}
