using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation.Language;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Binding;

/// <summary>
/// Reads a rule in a .psd1 file. The text is parsed, never run: only tables, lists, texts, numbers, true, false, null and
/// scriptblocks may stand in it, and the scriptblocks are run later, for each record.
/// </summary>
internal sealed class RuleDataFile
{
    private readonly List<RuleProblem> _problems = [];

    private RuleDataFile()
    {
    }

    /// <summary>Parses a text into a tree.</summary>
    /// <param name="text">The text of the file.</param>
    /// <param name="file">The file, for messages and for the positions in a script's errors.</param>
    /// <param name="problems">Every place where it is no data file. Null stands in the tree there, so that the rest can be looked at too.</param>
    /// <param name="hasComments">Whether there are comments outside scriptblocks, which are lost when it is written again.</param>
    /// <exception cref="RuleFileException">It is not even PowerShell; the error says where.</exception>
    public static RuleNode Parse(string text, string file, out IReadOnlyList<RuleProblem> problems, out bool hasComments)
    {
        var ast = Parser.ParseInput(text, file, out var tokens, out var errors);
        if (ast is null)
        {
            // The parser gives up where it is nested too deep for it, and says so or nothing at all.
            throw new RuleFileException(file, [errors is { Length: > 0 }
                ? new RuleProblem(errors[0].Extent.StartLineNumber, errors[0].Extent.StartColumnNumber, string.Empty, errors[0].Message.TrimEnd('.'))
                : new RuleProblem(1, 1, string.Empty, "it is nested too deep")]);
        }

        var scripts = ast.FindAll(a => a is ScriptBlockExpressionAst, searchNestedScriptBlocks: true).Select(a => a.Extent).ToList();
        hasComments = tokens.Any(
            t => t.Kind == TokenKind.Comment && !scripts.Any(s => s.StartOffset <= t.Extent.StartOffset && t.Extent.EndOffset <= s.EndOffset));
        if (errors.Length > 0)
        {
            throw new RuleFileException(
                file,
                Telling(errors).Select(e => new RuleProblem(e.Extent.StartLineNumber, e.Extent.StartColumnNumber, string.Empty, e.Message)).ToList());
        }

        var reader = new RuleDataFile();
        var root = reader.ReadFile(ast);
        problems = reader._problems;
        return root;
    }

    // Where the parser gave up for want of stack, whatever else it says is only of that.
    private static ParseError[] Telling(ParseError[] errors) =>
        errors.FirstOrDefault(e => e.ErrorId == "ScriptTooComplicated") is { } gaveUp ? [gaveUp] : errors;

    private RuleNode ReadFile(ScriptBlockAst ast)
    {
        var statements = ast.EndBlock?.Statements;
        if (ast.ParamBlock is null && ast.BeginBlock is null && ast.ProcessBlock is null && ast.DynamicParamBlock is null
            && statements is { Count: 1 } && ExpressionOf(statements[0]) is HashtableAst table)
        {
            return ReadTable(table, string.Empty, default);
        }

        var wrong = statements is { Count: > 0 }
            ? statements.FirstOrDefault(s => ExpressionOf(s) is not HashtableAst) ?? statements.Skip(1).FirstOrDefault() ?? (Ast)ast
            : ast;
        return Refuse(wrong, string.Empty, "a rule is one table, @{ Name = '…' … }, and nothing beside it");
    }

    private RuleNode ReadTable(HashtableAst ast, string path, (int Line, int Column) name)
    {
        var entries = new List<KeyValuePair<string, RuleNode>>();
        foreach (var pair in ast.KeyValuePairs)
        {
            var (key, value) = (pair.Item1, pair.Item2);
            if (key is not StringConstantExpressionAst text)
            {
                Refuse(key, path, $"'{key.Extent.Text}' stands where a setting's name is expected");
                continue;
            }

            entries.Add(new KeyValuePair<string, RuleNode>(
                text.Value,
                ReadStatement(value, path.Length == 0 ? text.Value : $"{path}.{text.Value}", (key.Extent.StartLineNumber, key.Extent.StartColumnNumber))));
        }

        return Node(ast, RuleNodeKind.Table, name, entries: entries);
    }

    private RuleNode ReadStatement(StatementAst statement, string path, (int Line, int Column) name) =>
        ExpressionOf(statement) is { } expression ? ReadValue(expression, path, name) : Refuse(statement, path, WhyNot(statement));

    private RuleNode ReadValue(ExpressionAst ast, string path, (int Line, int Column) name)
    {
        switch (ast)
        {
            case HashtableAst table:
                return ReadTable(table, path, name);
            case ArrayExpressionAst array:
                // @( 'a', 'b' ) is one statement with two values; values on lines of their own are statements of their own.
                var items = array.SubExpression.Statements.SelectMany(s => ExpressionOf(s) is ArrayLiteralAst row
                    ? row.Elements.Select(e => (Ast)e)
                    : [s]);
                return Node(ast, RuleNodeKind.List, name, items: ReadItems(items, path));
            case ArrayLiteralAst row:
                return Node(ast, RuleNodeKind.List, name, items: ReadItems(row.Elements, path));
            case ParenExpressionAst { Pipeline: { } inner }:
                return ReadStatement(inner, path, name);
            case StringConstantExpressionAst text:
                return Node(ast, RuleNodeKind.Text, name, text.Value, locate: index => QuotedText.PlaceOf(text, index));
            case ExpandableStringExpressionAst expandable:
                return Refuse(ast, path, $"the text {expandable.Extent.Text} contains a variable; nothing in a rule is expanded, so write it in single quotes");
            case ConstantExpressionAst { Value: IFormattable number }:
                return Node(ast, RuleNodeKind.Number, name, number.ToString(null, CultureInfo.InvariantCulture));
            case UnaryExpressionAst
            {
                TokenKind: TokenKind.Minus,
                Child: ConstantExpressionAst { Value: IFormattable positive } and not StringConstantExpressionAst
            }:
                return Node(ast, RuleNodeKind.Number, name, "-" + positive.ToString(null, CultureInfo.InvariantCulture));
            case VariableExpressionAst variable:
                return ReadVariable(variable, path, name);
            case ScriptBlockExpressionAst block:
                return Node(ast, RuleNodeKind.Script, name, WithoutBraces(block.Extent.Text), script: block.ScriptBlock.GetScriptBlock());
            default:
                return Refuse(ast, path, WhyNot(ast));
        }
    }

    private RuleNode ReadVariable(VariableExpressionAst variable, string path, (int Line, int Column) name)
    {
        switch (variable.VariablePath.UserPath.ToUpperInvariant())
        {
            case "TRUE":
                return Node(variable, RuleNodeKind.Flag, name, flag: true);
            case "FALSE":
                return Node(variable, RuleNodeKind.Flag, name);
            case "NULL":
                return Node(variable, RuleNodeKind.Null, name);
            default:
                return Refuse(
                    variable,
                    path,
                    $"the variable {variable.Extent.Text} stands where a value is expected; only $true, $false and $null are allowed outside scriptblocks");
        }
    }

    private List<RuleNode> ReadItems(IEnumerable<Ast> items, string path) => items.Select((item, i) =>
    {
        var at = RuleMistakes.PathOf(path, i);
        return item is StatementAst statement ? ReadStatement(statement, at, default) : ReadValue((ExpressionAst)item, at, default);
    }).ToList();

    private static ExpressionAst? ExpressionOf(StatementAst statement) =>
        statement is PipelineAst { PipelineElements: { Count: 1 } elements } && elements[0] is CommandExpressionAst { Redirections.Count: 0 } command
            ? command.Expression
            : null;

    private static string WhyNot(Ast ast) => ast switch
    {
        PipelineAst { PipelineElements: { Count: 1 } elements }
            when elements[0] is CommandAst { CommandElements: { Count: 1 } words } && words[0] is StringConstantExpressionAst
            => $"'{ast.Extent.Text}' stands without quotes; a text stands in single quotes",
        PipelineAst => $"the command '{Shortened(ast)}' stands where a value is expected; nothing in a rule is run but scriptblocks, for each record",
        InvokeMemberExpressionAst =>
            $"the method call '{Shortened(ast)}' stands where a value is expected; nothing in a rule is run but scriptblocks, for each record",
        _ => $"'{Shortened(ast)}' stands where a value is expected; there are texts in single quotes, numbers, $true, $false, $null, lists @( ), "
            + "tables @{ } and scriptblocks { }",
    };

    private static string Shortened(Ast ast) => ast.Extent.Text.Split('\n')[0].Trim() is var line && line.Length > 40 ? line.Substring(0, 39) + "…" : line;

    private static string WithoutBraces(string text) => text.Substring(1, text.Length - 2).Trim();

    private RuleNode Refuse(Ast ast, string path, string message)
    {
        _problems.Add(new RuleProblem(ast.Extent.StartLineNumber, ast.Extent.StartColumnNumber, path, message));
        return Node(ast, RuleNodeKind.Null, default);
    }

    private static RuleNode Node(
        Ast ast, RuleNodeKind kind, (int Line, int Column) name, string? text = null, bool flag = false, object? script = null,
        IReadOnlyList<KeyValuePair<string, RuleNode>>? entries = null, IReadOnlyList<RuleNode>? items = null,
        Func<int, (int Line, int Column)>? locate = null) =>
        new(kind, ast.Extent.StartLineNumber, ast.Extent.StartColumnNumber)
        {
            Text = text,
            Flag = flag,
            Script = script,
            Entries = entries ?? [],
            Items = items ?? [],
            Locate = locate,
            NamePlace = name,
        };
}
