using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace ZoomProvisioning.Cli.Source;

/// <summary>Reads a CSV file of people: comma, semicolon or tab, with or without BOM.</summary>
internal static class CsvSource
{
    /// <summary>The rows as they are, one after the other, for a rule to read.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="ScimRecordException">The file is empty, is not a table, or has two columns of one name.</exception>
    public static IEnumerable<CsvRow> ReadRows(string path)
    {
        using var text = new StreamReader(path, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true);
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            DetectDelimiter = true,
            DetectDelimiterValues = [",", ";", "\t"],
            // A short row lacks its last cells; that is the same as empty cells.
            MissingFieldFound = null,
        };
        using var csv = new CsvReader(text, configuration);
        if (!csv.Read() || !csv.ReadHeader())
        {
            throw new ScimRecordException("Zoom.Source.Empty", $"The file '{path}' has no heading line.")
            {
                Category = "InvalidData",
                RecommendedAction = "The first line must name the columns, for example UserName,FirstName,LastName,Active.",
            };
        }

        var headings = csv.HeaderRecord ?? [];
        if (headings.GroupBy(h => h, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Key.Length > 0 && g.Count() > 1) is { } twice)
        {
            throw new ScimRecordException("Zoom.Source.DuplicateHeading", $"The file '{path}' has two columns called '{twice.Key}', and nothing says which is meant. Nothing was sent.")
            {
                Category = "InvalidData",
                RecommendedAction = "Give one of them another name in the heading line, or leave it out of the file.",
            };
        }

        var texts = new SharedTexts();
        while (csv.Read())
        {
            var line = csv.Parser.RawRow;
            yield return new CsvRow(line, headings, headings.Select((_, index) => csv.GetField(index) is { } cell ? texts.Of(cell) : null).ToArray())
            {
                // A comma without quotes around it shifts every cell behind it into another column.
                Fault = csv.Parser.Record is { } cells && cells.Skip(headings.Length).Any(c => c.Length > 0)
                    ? $"line {line} has {cells.Length} cells, and the heading has {headings.Length}; a cell with the separator in it stands in quotes."
                    : null,
            };
        }
    }
}
