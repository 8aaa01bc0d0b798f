using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ZoomProvisioning.Input;
using ZoomProvisioning.Values;

namespace ZoomProvisioning.Rules;

/// <summary>Collects the mistakes of a rule, and reads plain values on the way.</summary>
internal sealed class RuleMistakes
{
    private readonly List<RuleProblem> _found = [];

    /// <summary>Every mistake, in the order of the file.</summary>
    public IReadOnlyList<RuleProblem> InOrder => _found.OrderBy(p => p.Line).ThenBy(p => p.Column).ToList();

    /// <summary>Adds a mistake.</summary>
    public void Add(RuleNode node, string path, string message) => Add((node.Line, node.Column), path, message);

    /// <summary>Adds a mistake in the name of an entry.</summary>
    public void AddName(RuleNode node, string path, string message) => Add(node.NamePlace.Line > 0 ? node.NamePlace : (node.Line, node.Column), path, message);

    /// <summary>Adds a mistake at a place of its own.</summary>
    public void Add((int Line, int Column) place, string path, string message) => _found.Add(new RuleProblem(place.Line, place.Column, path, message));

    /// <summary>Adds that a value is of the wrong kind.</summary>
    public void AddKind(RuleNode node, string path, string expected) => Add(node, path, $"{Describe(node)} stands where {expected} is expected");

    /// <summary>A text that says something; null when there is none.</summary>
    public string? Text(RuleNode? node, string path, string expected = "a text")
    {
        if (node is null)
        {
            return null;
        }

        if (node.Kind != RuleNodeKind.Text)
        {
            AddKind(node, path, expected);
            return null;
        }

        if (string.IsNullOrWhiteSpace(node.Text))
        {
            Add(node, path, "the text is empty");
            return null;
        }

        return node.Text!.Trim();
    }

    /// <summary>A flag, or what holds without it.</summary>
    public bool Flag(RuleNode? node, string path, bool otherwise)
    {
        if (node is null || node.Kind == RuleNodeKind.Flag)
        {
            return node?.Flag ?? otherwise;
        }

        AddKind(node, path, "true or false");
        return otherwise;
    }

    /// <summary>One word of a few, as it is written here; null when it is none of them.</summary>
    public string? Choice(RuleNode? node, string path, IReadOnlyList<string> choices)
    {
        var expected = string.Join(" or ", choices);
        if (Text(node, path, expected) is not { } text)
        {
            return null;
        }

        var choice = choices.FirstOrDefault(c => string.Equals(c, text, System.StringComparison.OrdinalIgnoreCase));
        if (choice is null)
        {
            Add(node!, path, $"'{text}' is not possible here{Spelling.Suggest(text, choices)}; there are {string.Join(", ", choices)}");
        }

        return choice;
    }

    /// <summary>A number in its bounds, or what holds without it.</summary>
    public double Number(RuleNode? node, string path, double otherwise, double most, bool whole)
    {
        if (node is null)
        {
            return otherwise;
        }

        if (node.Kind != RuleNodeKind.Number
            || !double.TryParse(node.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            AddKind(node, path, "a number");
            return otherwise;
        }

        var bounds = string.Format(CultureInfo.InvariantCulture, "a {0} from 0 to {1:0} is expected", whole ? "whole number" : "number", most);
        if (!(number >= 0 && number <= most) || (whole && System.Math.Floor(number) != number))
        {
            Add(node, path, $"{node.Text} is not possible here; {bounds}");
            return otherwise;
        }

        return number;
    }

    /// <summary>The texts of a list; a single text is a list of one.</summary>
    public IReadOnlyList<(RuleNode Node, string Path, string Text)> Texts(RuleNode? node, string path)
    {
        if (node is null)
        {
            return [];
        }

        if (node.Kind is not (RuleNodeKind.List or RuleNodeKind.Text))
        {
            AddKind(node, path, "a list of texts");
            return [];
        }

        var items = node.Kind == RuleNodeKind.Text ? [(Node: node, Path: path)] : node.Items.Select((item, i) => (Node: item, Path: PathOf(path, i))).ToList();
        return items.Select(i => (i.Node, i.Path, Text: Text(i.Node, i.Path))).Where(i => i.Text is not null).Select(i => (i.Node, i.Path, i.Text!)).ToList();
    }

    /// <summary>The path of a list's item.</summary>
    public static string PathOf(string path, int index) => string.Format(CultureInfo.InvariantCulture, "{0}[{1}]", path, index);

    private static string Describe(RuleNode node) => node.Kind switch
    {
        RuleNodeKind.Table => "a table",
        RuleNodeKind.List => "a list",
        RuleNodeKind.Text => $"the text '{node.Text}'",
        RuleNodeKind.Number => $"the number {node.Text}",
        RuleNodeKind.Flag => node.Flag ? "true" : "false",
        RuleNodeKind.Script => "a scriptblock",
        _ => "null",
    };
}
