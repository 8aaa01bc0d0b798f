using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Tests.Rules;

/// <summary>Trees of rules, written short, and written out again as one line.</summary>
internal static class RuleTrees
{
    public static (string, object?)[] T(params (string, object?)[] entries) => entries;

    public static object?[] L(params object?[] items) => items;

    public static RuleNode Node(object? value) => value switch
    {
        null => RuleNode.Nothing,
        RuleNode node => node,
        bool flag => RuleNode.Of(flag),
        int number => RuleNode.Of(number),
        double number => RuleNode.Of(number),
        string text => RuleNode.Of(text),
        (string, object?)[] table => RuleNode.Of(table.Select(e => new KeyValuePair<string, RuleNode>(e.Item1, Node(e.Item2)))),
        object?[] list => RuleNode.Of(list.Select(Node)),
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };

    public static RuleNode Script(string text) => new(RuleNodeKind.Script, 0, 0) { Text = text, Script = text };

    /// <summary>A rule of a name and one setting.</summary>
    public static RuleNode Rule(params (string, object?)[] settings) => Node(T([("name", "r"), .. settings]));

    public static ProvisioningRule Read(RuleNode node) => RuleReader.Read(node, null, n => _ => n.Text);

    public static string[] MistakesIn(RuleNode node) =>
        [.. RuleReader.TryRead(node, null, n => _ => n.Text, out _).Select(p => $"{p.Path}: {p.Message}")];

    /// <summary>For example <c>{guard: {maxDelete: 5}, match: ['UserName', 'Email']}</c>.</summary>
    public static string Line(RuleNode node) => node.Kind switch
    {
        RuleNodeKind.Table => "{" + string.Join(", ", node.Entries.Select(e => $"{e.Key}: {Line(e.Value)}")) + "}",
        RuleNodeKind.List => "[" + string.Join(", ", node.Items.Select(Line)) + "]",
        RuleNodeKind.Flag => node.Flag ? "true" : "false",
        RuleNodeKind.Null => "null",
        RuleNodeKind.Number => node.Text!,
        RuleNodeKind.Script => "{" + node.Text + "}",
        _ => $"'{node.Text}'",
    };
}
