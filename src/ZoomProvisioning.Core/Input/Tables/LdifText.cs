using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Values;

namespace ZoomProvisioning.Input.Tables;

/// <summary>The entries of an LDIF text (RFC 2849), as ldapsearch, ldifde and slapcat write it.</summary>
internal sealed class LdifText : IRecordText
{
    private readonly TextSource _source;

    public LdifText(TextSource source) => _source = source;

    /// <inheritdoc/>
    public bool IsUnfinished { get; private set; }

    /// <summary>Whether a text is LDIF, by its beginning.</summary>
    public static bool IsOne(string beginning)
    {
        foreach (var line in beginning.Split('\n').Select(l => CellText.Trim(l)).Where(l => l.Length > 0 && l[0] != '#').Take(3))
        {
            if (line.StartsWith("dn:", StringComparison.OrdinalIgnoreCase) && line.Length > 3)
            {
                return true;
            }

            if (!line.StartsWith("version:", StringComparison.OrdinalIgnoreCase) && !line.StartsWith("search:", StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public string Form => "LDIF";

    /// <inheritdoc/>
    public IEnumerable<ISourceRecord> Records()
    {
        var lines = new List<(int Number, string Text)>();
        while (_source.ReadLine() is { } line)
        {
            if (line.Length == 0 || line == "-")
            {
                if (Entry(lines) is { } entry)
                {
                    yield return entry;
                }

                lines.Clear();
            }
            else if (line[0] is ' ' or '\t' && lines.Count > 0)
            {
                var (number, begun) = lines[lines.Count - 1];
                lines[lines.Count - 1] = (number, begun + line.Substring(1));
            }
            else
            {
                lines.Add((_source.Line - (_source.AtLineStart ? 1 : 0), line));
            }
        }

        IsUnfinished = !_source.AtLineStart;
        if (Entry(lines) is { } last)
        {
            yield return last;
        }
    }

    private TableRecord? Entry(List<(int Number, string Text)> lines)
    {
        var fault = IsUnfinished ? "the file ends in the middle of this entry." : null;
        var names = new List<string>();
        var values = new List<List<object?>>();
        foreach (var (number, text) in lines.Where(l => l.Text[0] != '#'))
        {
            var colon = text.IndexOf(':');
            if (colon <= 0)
            {
                fault ??= $"line {number} ('{(text.Length > 40 ? text.Substring(0, 40) + "…" : text)}') is no attribute with a value.";
                continue;
            }

            // The options of an attribute, such as ;lang-de or ;binary, are no part of its name.
            var name = text.Substring(0, colon).Split(';')[0].Trim();
            var place = names.FindIndex(n => string.Equals(n, name, StringComparison.OrdinalIgnoreCase));
            if (place < 0)
            {
                place = names.Count;
                names.Add(name);
                values.Add([]);
            }

            try
            {
                values[place].Add(ValueOf(name, text, colon));
            }
            catch (FormatException exception)
            {
                // Who the entry is about may be known all the same.
                values[place].Add(new DamagedTextException($"line {number} cannot be decoded: {exception.Message}", exception));
            }
        }

        var dn = names.FindIndex(n => string.Equals(n, "dn", StringComparison.OrdinalIgnoreCase));
        if (dn < 0 || IsDeletion(names, values))
        {
            // What a tool says about its search, and orders to delete.
            return null;
        }

        return new TableRecord(
            new SourcePlace(lines[0].Number),
            names.ToArray(),
            values.Select(v => v.Count == 1 ? v[0] : v.Find(e => e is Exception) ?? v.ToArray()).ToArray())
        { Fault = fault };
    }

    private static bool IsDeletion(List<string> names, List<List<object?>> values) =>
        names.FindIndex(n => string.Equals(n, "changetype", StringComparison.OrdinalIgnoreCase)) is >= 0 and var place
            && values[place].Any(v => v is string text && text is "delete" or "modrdn" or "moddn");

    private static object? ValueOf(string name, string text, int colon)
    {
        var rest = text.Substring(colon + 1);
        return rest.Length == 0 ? string.Empty
            : rest[0] == ':' ? LdapText.Decode(name + ":", rest.Substring(1).Trim())
            : rest[0] == '<' ? throw new FormatException("its value stands in another file")
            : rest.TrimStart(' ');
    }
}
