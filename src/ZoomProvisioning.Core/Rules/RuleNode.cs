using System.Collections.Generic;

namespace ZoomProvisioning.Rules;

/// <summary>What a value in a rule file is.</summary>
public enum RuleNodeKind
{
    /// <summary>Named values.</summary>
    Table,

    /// <summary>Values in a row.</summary>
    List,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>Nothing.</summary>
    Null,

    /// <summary>A PowerShell scriptblock.</summary>
    Script,
}

/// <summary>
/// A value in a rule file and where it stands, so that every mistake can be shown with its line. JSON and .psd1 files give the
/// same tree.
/// </summary>
public sealed class RuleNode
{
    /// <summary>Makes a node.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="line">The line, counted from 1; 0 for a rule made in a script.</param>
    /// <param name="column">The column, counted from 1.</param>
    public RuleNode(RuleNodeKind kind, int line, int column)
    {
        Kind = kind;
        Line = line;
        Column = column;
    }

    /// <summary>What it is.</summary>
    public RuleNodeKind Kind { get; }

    /// <summary>The line, counted from 1; 0 for a rule made in a script.</summary>
    public int Line { get; }

    /// <summary>The column, counted from 1.</summary>
    public int Column { get; }

    /// <summary>The text of a text or a script, or the digits of a number.</summary>
    public string? Text { get; init; }

    /// <summary>The value of a flag.</summary>
    public bool Flag { get; init; }

    /// <summary>The entries of a table, in their order; a name may stand twice, which is a mistake to report.</summary>
    public IReadOnlyList<KeyValuePair<string, RuleNode>> Entries { get; init; } = [];

    /// <summary>The values of a list.</summary>
    public IReadOnlyList<RuleNode> Items { get; init; } = [];

    /// <summary>The compiled scriptblock of a script, for whoever can run it; null where nobody can.</summary>
    public object? Script { get; init; }
}
