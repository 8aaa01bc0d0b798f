using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ZoomProvisioning.Filter;
using ZoomProvisioning.Input;

namespace ZoomProvisioning.Rules;

/// <summary>Reads where a value comes from, and questions about records: properties, constants, templates, scriptblocks, filters.</summary>
internal sealed class SourceRuleReader
{
    private const string ScriptAdvice = "a scriptblock needs a rule in a .psd1 file: Script = { $_.Property }";

    private readonly RuleMistakes _mistakes;
    private readonly Func<RuleNode, Func<ISourceRecord, object?>>? _scripts;

    public SourceRuleReader(RuleMistakes mistakes, Func<RuleNode, Func<ISourceRecord, object?>>? scripts)
    {
        _mistakes = mistakes;
        _scripts = scripts;
    }

    /// <summary>How dates of the source are written that are not in ISO 8601.</summary>
    public string? DateFormat { get; init; }

    /// <summary>A filter or a scriptblock; null when it is missing or wrong.</summary>
    public ScopeRule? ReadQuestion(RuleNode? node, string path)
    {
        switch (node?.Kind)
        {
            case null or RuleNodeKind.Null:
                return null;
            case RuleNodeKind.Script when ReadScript(node, path) is { } script:
                return new ScopeRule($"{{ {node.Text?.Trim()} }}", record => IsTrue(script(record)));
            case RuleNodeKind.Script:
                return null;
            case RuleNodeKind.Table when node.Entries.Any(e => string.Equals(e.Key, RuleSettings.Script, StringComparison.OrdinalIgnoreCase)):
                _mistakes.Add(node, path, "the filter or the scriptblock stands here itself, without a table around it");
                return null;
        }

        if (_mistakes.Text(node, path, "a filter, such as Department eq \"Sales\",") is null)
        {
            return null;
        }

        try
        {
            return RecordFilter.Parse(node.Text!, DateFormat).ToScope();
        }
        catch (FilterSyntaxException exception)
        {
            _mistakes.Add(
                node.At(exception.Position),
                path,
                $"{exception.Message} (character {(exception.Position + 1).ToString(CultureInfo.InvariantCulture)} of the filter)");
            return null;
        }
    }

    /// <summary>A source written short: a property's name, null, true or false, or a scriptblock; null when it is none of these.</summary>
    public AttributeSource? ReadShort(RuleNode node, string path)
    {
        switch (node.Kind)
        {
            case RuleNodeKind.Text:
                return ReadProperty(node, path);
            case RuleNodeKind.Null:
                return AttributeSource.Nothing;
            case RuleNodeKind.Flag:
                return AttributeSource.FromConstant(node.Flag);
            case RuleNodeKind.Script:
                return ReadScript(node, path) is { } script ? AttributeSource.FromScript(script, node.Text) : null;
            case RuleNodeKind.Number:
                _mistakes.Add(node, path, $"a number alone may be a property or a constant; write {{ {RuleSettings.Constant}: {node.Text} }}");
                return null;
            default:
                _mistakes.AddKind(node, path, "a property's name, null, true, false, or a table");
                return null;
        }
    }

    /// <summary>The source in a table; null when it has none or a wrong one.</summary>
    /// <param name="table">The table.</param>
    /// <param name="node">Its node, for mistakes.</param>
    /// <param name="path">Its path.</param>
    /// <param name="hasSource">Whether a source is written there, right or wrong.</param>
    public AttributeSource? ReadTable(RuleTable table, RuleNode node, string path, out bool hasSource)
    {
        var given = table.Given(RuleSettings.OfSource);
        hasSource = given.Count > 0;
        if (given.Count > 1)
        {
            _mistakes.Add(table[given[1]]!, path, $"{string.Join(" and ", given)} exclude each other; a value has one source");
            return null;
        }

        if (given.Count == 0)
        {
            return null;
        }

        var (source, at) = (table[given[0]]!, table.PathOf(given[0]));
        return given[0] switch
        {
            RuleSettings.Property => ReadProperty(source, at),
            RuleSettings.Constant => ReadConstant(source, at),
            RuleSettings.Template => ReadTemplate(source, at),
            _ => ReadScript(source, at) is { } script ? AttributeSource.FromScript(script, source.Text) : null,
        };
    }

    private AttributeSource? ReadProperty(RuleNode node, string path)
    {
        if (_mistakes.Text(node, path, "a property's name") is not { } name)
        {
            return null;
        }

        if (name.IndexOfAny(['{', '}']) >= 0)
        {
            _mistakes.Add(
                node,
                path,
                $"'{name}' stands where a property's name is expected; a text made of properties is written {{ {RuleSettings.Template}: … }}");
            return null;
        }

        return AttributeSource.FromProperty(name);
    }

    private AttributeSource? ReadConstant(RuleNode node, string path)
    {
        if (node.Kind == RuleNodeKind.Null)
        {
            _mistakes.Add(node, path, "null is no constant; to leave an attribute out, write null for the attribute itself");
            return null;
        }

        return Value(node, path) is { } value ? AttributeSource.FromConstant(value) : null;
    }

    private AttributeSource? ReadTemplate(RuleNode node, string path)
    {
        if (_mistakes.Text(node, path, "a template, such as {GivenName}.{FamilyName}@example.com,") is not { } template)
        {
            return null;
        }

        try
        {
            return AttributeSource.FromTemplate(template);
        }
        catch (FormatException exception)
        {
            _mistakes.Add(node, path, $"'{template}' is no template: {exception.Message}");
            return null;
        }
    }

    private Func<ISourceRecord, object?>? ReadScript(RuleNode node, string path)
    {
        if (node.Kind != RuleNodeKind.Script)
        {
            _mistakes.Add(node, path, ScriptAdvice);
            return null;
        }

        if (_scripts is null)
        {
            _mistakes.Add(node, path, "a scriptblock runs in PowerShell only; this program reads rules without any");
            return null;
        }

        return _scripts(node);
    }

    /// <summary>A plain value as .NET has it.</summary>
    private object? Value(RuleNode node, string path)
    {
        switch (node.Kind)
        {
            case RuleNodeKind.Text:
                return _mistakes.Text(node, path);
            case RuleNodeKind.Flag:
                return node.Flag;
            case RuleNodeKind.Number:
                // As it was written: codes have more digits than a double keeps.
                return node.Text;
            case RuleNodeKind.List:
                var values = node.Items.Select((item, i) => Value(item, RuleMistakes.PathOf(path, i))).ToArray();
                return values.Contains(null) ? null : values;
            case RuleNodeKind.Table:
                var table = new Dictionary<string, object?>(StringComparer.Ordinal);
                foreach (var entry in node.Entries)
                {
                    table[entry.Key] = Value(entry.Value, $"{path}.{entry.Key}");
                }

                return table.ContainsValue(null) ? null : table;
            default:
                _mistakes.AddKind(node, path, "a text, a number, true or false");
                return null;
        }
    }

    /// <summary>What a scriptblock's answer means: as in PowerShell's 'if', but the words no and false mean what they say.</summary>
    private static bool IsTrue(object? answer) => answer switch
    {
        null => false,
        bool flag => flag,
        string text => text.Length > 0 && (SourceValue.FlagOf(text.Trim()) ?? true),
        IDictionary => true,
        ICollection many => many.Count > 1 || (many.Count == 1 && IsTrue(many.Cast<object?>().First())),
        IConvertible number when number.GetTypeCode() is >= TypeCode.SByte and <= TypeCode.Decimal => number.ToDouble(CultureInfo.InvariantCulture) != 0,
        _ => true,
    };
}
