using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Values;

namespace ZoomProvisioning.Input.Tables;

/// <summary>Finds the heading line of a table and the sign between its cells, and looks whether it can be trusted.</summary>
internal static class DelimitedHeading
{
    private const int LinesLookedAt = 30;

    private static readonly char[] Delimiters = [',', ';', '\t', '|'];

    private static readonly HashSet<string> Known = new(
        MappingPreset.For(RecordShape.Generic).Values
            .SelectMany(h => h)
            .Concat(MappingPreset.For(RecordShape.ActiveDirectory).Values.SelectMany(h => h))
            .Concat(["DN", "objectClass", "sAMAccountName"])
            .Select(MappingPreset.Canonical),
        StringComparer.Ordinal);

    /// <summary>Reads past what stands before the heading, and finds the sign between cells.</summary>
    public static void SkipTo(TextSource source, string beginning, out char delimiter)
    {
        var lines = beginning.Split('\n').Select(l => l.TrimEnd('\r')).Take(LinesLookedAt).ToList();
        char? named = null;
        foreach (var line in lines)
        {
            if (line.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) || line.StartsWith("\"sep=", StringComparison.OrdinalIgnoreCase))
            {
                var sign = line.Trim('"').Substring(4);
                named = sign.Length > 0 ? sign[0] : ',';
            }
            else if (CellText.Trim(line).Trim([.. Delimiters, ' ', '"']).Length > 0 && !IsComment(line))
            {
                break;
            }

            source.ReadLine();
        }

        var rest = lines.SkipWhile(l => l.StartsWith("sep=", StringComparison.OrdinalIgnoreCase)
            || l.StartsWith("\"sep=", StringComparison.OrdinalIgnoreCase)
            || CellText.Trim(l).Trim([.. Delimiters, ' ', '"']).Length == 0 || IsComment(l)).ToList();
        delimiter = named ?? (rest.Count == 0 ? ',' : Find(rest));
        RefuseOtherKinds(source.Name, rest);
        RefuseLaterHeading(source, rest, delimiter);
    }

    /// <summary>The headings, when they can be trusted.</summary>
    /// <exception cref="ScimRecordException">Two columns are called the same, or there is one line too much or too little.</exception>
    public static string[] Check(DelimitedLine line, string name, string beginning)
    {
        if (line.OpenQuote > 0)
        {
            throw SourceFault.Make(
                "OpenQuote",
                $"The heading line of '{name}' has a quotation mark that nothing closes. Nothing was sent.",
                "Close it, or double it where it belongs to the text.");
        }

        var headings = line.Cells.Select(CellText.Trim).ToArray();
        var twice = headings.Where(h => h.Length > 0).GroupBy(Squeezed, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
        {
            throw new ScimRecordException(
                "Zoom.Source.DuplicateHeading",
                $"The file '{name}' has two columns called '{twice.First()}', and nothing says which is meant. Nothing was sent.")
            {
                Category = "InvalidData",
                RecommendedAction = "Give one of them another name in the heading line, or leave it out of the file.",
            };
        }

        RefuseShifted(line, headings, name, beginning);
        return headings;
    }

    private static bool IsComment(string line)
    {
        if (line.Length == 0 || line[0] != '#')
        {
            return false;
        }

        // '#,Name,Email' is a heading that begins with a number's sign.
        return !Array.Exists(Delimiters, d => line.Split(d).Count(IsKnown) > 1);
    }

    private static char Find(List<string> lines)
    {
        var heading = lines[0];
        return Delimiters
            .Select(d => (Delimiter: d, Cells: Split(heading, d)))
            .OrderByDescending(c => c.Cells.Count(IsKnown))
            .ThenByDescending(c => c.Cells.Count > 1 ? lines.Skip(1).Take(5).Count(l => Split(l, c.Delimiter).Count == c.Cells.Count) : 0)
            .ThenByDescending(c => c.Cells.Count)
            .ThenBy(c => Array.IndexOf(Delimiters, c.Delimiter))
            .First().Delimiter;
    }

    private static List<string> Split(string line, char delimiter)
    {
        var (cells, start, quoted) = (new List<string>(), 0, false);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"')
            {
                quoted = !quoted;
            }
            else if (line[i] == delimiter && !quoted)
            {
                cells.Add(line.Substring(start, i - start));
                start = i + 1;
            }
        }

        cells.Add(line.Substring(start));
        return cells;
    }

    private static bool IsKnown(string cell) => Known.Contains(MappingPreset.Canonical(cell)) || StateColumns.KindOf(cell) is not null;

    private static void RefuseOtherKinds(string name, List<string> lines)
    {
        var first = lines.Count > 0 ? lines[0].TrimStart() : string.Empty;
        var what = first.StartsWith("{", StringComparison.Ordinal) || first.StartsWith("[", StringComparison.Ordinal) ? "JSON"
            : first.StartsWith("<", StringComparison.Ordinal) ? "XML or a web page"
            : first.StartsWith("%PDF", StringComparison.Ordinal) ? "a PDF"
            : first.IndexOf('\0') >= 0 ? "no text"
            : null;
        if (what is not null)
        {
            throw SourceFault.Make(
                "NotATable",
                $"The file '{name}' is {what}, and no table. Nothing was sent.",
                "Give a CSV file with one heading line, or LDIF.");
        }
    }

    /// <summary>A title over the table would be taken for its headings.</summary>
    private static void RefuseLaterHeading(TextSource source, List<string> lines, char delimiter)
    {
        if (lines.Count < 2 || Delimiters.Any(d => Split(lines[0], d).Exists(IsKnown)))
        {
            return;
        }

        var later = lines.FindIndex(l => Delimiters.Any(d => Split(l, d).Count(IsKnown) > 2));
        if (later > 0)
        {
            throw SourceFault.Make("Heading", $"Line {source.Line} of '{source.Name}' ('{Shown(lines[0])}') names no column of a person, "
                + $"and line {source.Line + later} names several ('{Shown(lines[later])}'). Nothing was sent.",
                "Take the lines before the headings out of the file.");
        }
    }

    /// <summary>One heading too few shifts every column under its neighbour's name.</summary>
    private static void RefuseShifted(DelimitedLine line, string[] headings, string name, string beginning)
    {
        var rows = beginning.Split('\n')
            .Skip(line.Line)
            .Select(l => Split(l.TrimEnd('\r'), line.Delimiter))
            .Where(r => r.Exists(c => c.Trim().Length > 0))
            .Take(5)
            .ToList();
        if (beginning.Split('\n').Length - 1 == line.Line + rows.Count && rows.Count > 1)
        {
            // The last line of what was looked at may not be whole.
            rows.RemoveAt(rows.Count - 1);
        }

        var more = rows.Where(r => r.Skip(headings.Length).Any(c => c.Trim().Length > 0)).ToList();
        if (headings.Length > 1 && rows.Count > 1 && more.Count == rows.Count && more.TrueForAll(r => r.Count == more[0].Count))
        {
            throw SourceFault.Make("ShiftedHeading", $"The heading line of '{name}' names {headings.Length} columns, and the lines below have "
                + $"{more[0].Count} cells: nothing says which is which. Nothing was sent.",
                "Add the heading that is missing, or put cells with the separator in them in quotes.");
        }
    }

    // 'First Name' and 'FirstName' are one heading; 'Employee' and 'Employee #' are two.
    private static string Squeezed(string heading) => heading.Replace(" ", string.Empty).Replace("_", string.Empty).Replace("-", string.Empty);

    private static string Shown(string text) => text.Length > 60 ? text.Substring(0, 60) + "…" : text;
}
