using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace ZoomProvisioning.Module.Tests.Support;

/// <summary>
/// A PowerShell data file that holds nothing but literals: hashtables, arrays and single-quoted texts. Anything else
/// (a variable, an if, a double-quoted text) is refused, which is the point: an expression in a manifest breaks
/// Import-PowerShellDataFile and installers.
/// </summary>
internal sealed partial class DataFile
{
    private readonly Queue<string> _tokens;

    private DataFile(string text) => _tokens = new(Tokens().Matches(text).Select(m => m.Value).Where(t => !t.StartsWith('#') && !string.IsNullOrWhiteSpace(t)));

    public static IReadOnlyDictionary<string, object> Read(string path) => Parse(File.ReadAllText(path));

    public static IReadOnlyDictionary<string, object> Parse(string text)
    {
        var file = new DataFile(text);
        var table = file.Value() as IReadOnlyDictionary<string, object> ?? throw new FormatException("Not a hashtable.");
        return file._tokens.Count == 0 ? table : throw new FormatException($"Something follows the hashtable: {file._tokens.Peek()}");
    }

    private object Value() => Take() switch
    {
        "@{" => Table(),
        "@(" => List(),
        ['\'', .. var text, '\''] => text.Replace("''", "'", StringComparison.Ordinal),
        var other => throw new FormatException($"Not a literal: {other}"),
    };

    private Dictionary<string, object> Table()
    {
        var table = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);
        for (var key = Take(); key != "}"; key = Take())
        {
            if (!Key().IsMatch(key) || Take() != "=")
            {
                throw new FormatException($"Not a key and a value: {key}");
            }

            table.Add(key, Value());
        }

        return table;
    }

    private List<string> List()
    {
        var list = new List<string>();
        while (_tokens.Peek() != ")")
        {
            list.Add((string)Value());
            if (_tokens.Peek() == ",")
            {
                Take();
            }
        }

        Take();
        return list;
    }

    private string Take() => _tokens.TryDequeue(out var token) ? token : throw new FormatException("The file ends too early.");

    [GeneratedRegex(@"#[^\n]*|'(?:[^']|'')*'|@[{(]|[})=,]|\w+|\s+|.")]
    private static partial Regex Tokens();

    [GeneratedRegex(@"^\w+$")]
    private static partial Regex Key();
}
