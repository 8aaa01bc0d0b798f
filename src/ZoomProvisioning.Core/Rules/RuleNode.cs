using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

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

    /// <summary>
    /// Where in the file a character of <see cref="Text"/> stands; null where that is as far right of the opening quote as it is
    /// in the text.
    /// </summary>
    public Func<int, (int Line, int Column)>? Locate { get; init; }

    /// <summary>Where the name of this entry of a table stands; zeros where it has none.</summary>
    public (int Line, int Column) NamePlace { get; init; }

    /// <summary>What is written above it in a file, a line each; read again they are gone.</summary>
    internal IReadOnlyList<string> Comment { get; private init; } = [];

    /// <summary>The same with a comment above it.</summary>
    internal RuleNode Under(params string[] comment) => new(Kind, Line, Column)
    {
        Text = Text,
        Flag = Flag,
        Entries = Entries,
        Items = Items,
        Script = Script,
        Locate = Locate,
        NamePlace = NamePlace,
        Comment = RuleComment.Lines(comment),
    };

    /// <summary>Where in the file a character of <see cref="Text"/> stands.</summary>
    internal (int Line, int Column) At(int index) =>
        Line == 0 ? (0, 0) : Locate is not null ? Locate(index) : (Line, Column + 1 + index);

    /// <summary>A text that stands in no file.</summary>
    internal static RuleNode Of(string text) => new(RuleNodeKind.Text, 0, 0) { Text = text };

    /// <summary>A flag that stands in no file.</summary>
    internal static RuleNode Of(bool flag) => new(RuleNodeKind.Flag, 0, 0) { Flag = flag };

    /// <summary>A number that stands in no file.</summary>
    internal static RuleNode Of(double number) => new(RuleNodeKind.Number, 0, 0) { Text = number.ToString("R", CultureInfo.InvariantCulture) };

    /// <summary>A list that stands in no file.</summary>
    internal static RuleNode Of(IEnumerable<RuleNode> items) => new(RuleNodeKind.List, 0, 0) { Items = items.ToList() };

    /// <summary>A table that stands in no file.</summary>
    internal static RuleNode Of(IEnumerable<KeyValuePair<string, RuleNode>> entries) => new(RuleNodeKind.Table, 0, 0) { Entries = entries.ToList() };

    /// <summary>Nothing, in no file.</summary>
    internal static RuleNode Nothing { get; } = new(RuleNodeKind.Null, 0, 0);
}
