using System;
using System.Linq;
using System.Management.Automation.Language;
using System.Text;
using System.Text.RegularExpressions;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Binding;

/// <summary>Writes a rule's tree as the text of a .psd1 file.</summary>
internal static class RuleDataWriter
{
    /// <summary>What the names in a table are. Settings are written as PowerShell writes names; the others keep their spelling.</summary>
    private enum Names
    {
        Settings,
        Attributes,
        Values,
    }

    private static readonly Regex PlainName = new("^[A-Za-z_][A-Za-z0-9_]*$", RegexOptions.CultureInvariant);

    /// <summary>The text, with a line for each setting.</summary>
    public static string Write(RuleNode rule)
    {
        var text = new StringBuilder();
        Append(text, rule, string.Empty, Names.Settings);
        return text.Append('\n').ToString();
    }

    private static void Append(StringBuilder text, RuleNode node, string indent, Names names)
    {
        switch (node.Kind)
        {
            case RuleNodeKind.Table:
                AppendTable(text, node, indent, names);
                break;
            case RuleNodeKind.List:
                AppendList(text, node, indent, names);
                break;
            case RuleNodeKind.Text:
                text.Append('\'').Append(CodeGeneration.EscapeSingleQuotedStringContent(node.Text)).Append('\'');
                break;
            case RuleNodeKind.Number:
                text.Append(node.Text);
                break;
            case RuleNodeKind.Flag:
                text.Append(node.Flag ? "$true" : "$false");
                break;
            case RuleNodeKind.Script:
                text.Append("{ ").Append(node.Text).Append(" }");
                break;
            default:
                text.Append("$null");
                break;
        }
    }

    private static void AppendTable(StringBuilder text, RuleNode node, string indent, Names names)
    {
        if (node.Entries.Count == 0)
        {
            text.Append("@{}");
            return;
        }

        text.Append("@{\n");
        var inner = indent + "    ";
        foreach (var entry in node.Entries)
        {
            AppendComment(text, entry.Value, inner, isFirst: entry.Key == node.Entries[0].Key);
            var name = names == Names.Settings ? Pascal(entry.Key) : entry.Key;
            text.Append(inner).Append(PlainName.IsMatch(name) ? name : $"'{CodeGeneration.EscapeSingleQuotedStringContent(name)}'").Append(" = ");
            Append(text, entry.Value, inner, Under(names, entry.Key));
            text.Append('\n');
        }

        text.Append(indent).Append('}');
    }

    private static void AppendComment(StringBuilder text, RuleNode node, string indent, bool isFirst)
    {
        if (node.Comment.Count > 0 && !isFirst && indent.Length == 4)
        {
            text.Append('\n');
        }

        foreach (var line in node.Comment)
        {
            text.Append(indent).Append("# ").Append(line).Append('\n');
        }
    }

    private static void AppendList(StringBuilder text, RuleNode node, string indent, Names names)
    {
        var inner = indent + "    ";
        var isRow = node.Items.All(i => i.Kind is not (RuleNodeKind.Table or RuleNodeKind.List or RuleNodeKind.Script))
            && node.Items.Sum(i => (i.Text?.Length ?? 5) + 4) < 80;
        text.Append("@(");
        for (var i = 0; i < node.Items.Count; i++)
        {
            text.Append(isRow ? (i > 0 ? ", " : string.Empty) : "\n" + inner);
            Append(text, node.Items[i], inner, names);
        }

        text.Append(isRow ? ")" : "\n" + indent + ")");
    }

    private static Names Under(Names names, string key) => names switch
    {
        Names.Settings => Is(key, RuleSettings.Attributes) ? Names.Attributes : Is(key, RuleSettings.Constant) ? Names.Values : Names.Settings,
        Names.Attributes => Names.Settings,
        _ => Names.Values,
    };

    private static bool Is(string key, string setting) => string.Equals(key, setting, StringComparison.OrdinalIgnoreCase);

    private static string Pascal(string name) => name.Length > 0 && char.IsLower(name[0]) ? char.ToUpperInvariant(name[0]) + name.Substring(1) : name;
}
