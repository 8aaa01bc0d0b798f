using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Values;

namespace ZoomProvisioning.Input.Tables;

/// <summary>
/// A table in a text: one heading line, then one person a line. Lines that spreadsheets and PowerShell write before the heading
/// are read past, and rows without a value are no people.
/// </summary>
internal sealed class DelimitedText : IRecordText
{
    private const int FewRows = 5;

    private readonly TextSource _source;
    private readonly DelimitedLine _line;
    private readonly string[] _headings;
    private readonly SharedTexts _texts = new();
    private readonly HashSet<string> _lastCells = new(StringComparer.OrdinalIgnoreCase);
    private int _rows;

    public DelimitedText(TextSource source, string beginning)
    {
        _source = source;
        _line = new DelimitedLine(source);
        DelimitedHeading.SkipTo(source, beginning, out var delimiter);
        _line.Delimiter = delimiter;
        if (!_line.Read())
        {
            throw SourceFault.Make(
                "Empty",
                $"The file '{source.Name}' has no heading line.",
                "The first line must name the columns, for example UserName,FirstName,LastName,Active.");
        }

        _headings = DelimitedHeading.Check(_line, source.Name, beginning);
    }

    /// <inheritdoc/>
    public bool IsUnfinished { get; private set; }

    /// <inheritdoc/>
    public string Form => _line.Delimiter == '\t' ? "separated by tabs" : $"separated by '{_line.Delimiter}'";

    /// <inheritdoc/>
    public IEnumerable<ISourceRecord> Records()
    {
        while (_line.Read())
        {
            var cells = _line.Cells;
            if (cells.TrueForAll(c => CellText.Trim(c).Length == 0) || IsHeadingAgain(cells))
            {
                continue;
            }

            IsUnfinished |= _line.EndsWithText;
            yield return Row(cells);
        }
    }

    private TableRecord Row(List<string> cells)
    {
        var values = new object?[_headings.Length];
        for (var i = 0; i < values.Length && i < cells.Count; i++)
        {
            values[i] = cells[i].Length == 0 ? string.Empty : _texts.Of(cells[i]);
        }

        _rows++;
        var fault = FaultOf(cells);
        var last = cells.Count == _headings.Length ? cells[cells.Count - 1] : null;
        if (fault is null && last is not null)
        {
            fault = Cut(last, values);
            _lastCells.Add(_texts.Of(last.IndexOf('@') is >= 0 and var at ? last.Substring(at) : last));
        }

        return new TableRecord(new SourcePlace(_line.Line), _headings, values) { Fault = fault, SharesHeadings = true };
    }

    private string? FaultOf(List<string> cells)
    {
        var line = _line.Line;
        if (_line.OpenQuote > 0)
        {
            return _line.EndsWithText && _line.OpenQuote == _source.Line
                ? "the file ends in the middle of this line, inside a quotation mark."
                : throw SourceFault.Make(
                    "OpenQuote",
                    $"The file '{_source.Name}' has a quotation mark in line {_line.OpenQuote} that nothing closes, so everything behind it is one "
                        + "cell. Nothing was sent.",
                    "Close it, or double it where it belongs to the text.");
        }

        if (_line.EndsWithText && cells.Count < _headings.Length && (_rows > 1 || cells.Count > 1 || _headings.Length > 1) && IsCut(cells))
        {
            return $"the file ends in the middle of this line: it has {cells.Count} cells, and the heading has {_headings.Length}.";
        }

        if (_line.LinesInside > 0 && _headings.Length > 1
            && cells.Exists(c => c.Split('\n').Skip(1).Any(l => l.Split(_line.Delimiter).Length >= _headings.Length)))
        {
            return $"a quotation mark is not closed where it should be: lines {line} to {line + _line.LinesInside} became one.";
        }

        if (_line.IsMisquoted)
        {
            return "there is something behind a closing quotation mark; one that belongs to the text is doubled.";
        }

        // A comma without quotes around it shifts every cell behind it into another column.
        return cells.Skip(_headings.Length).Any(c => c.Trim().Length > 0)
            ? $"it has {cells.Count} cells, and the heading has {_headings.Length}; a cell with the separator in it stands in quotes."
            : null;
    }

    // The last cells of a row may simply be left out, but then the cell before them is whole; where the text breaks off, nobody knows.
    private bool IsCut(List<string> cells) => cells.Count < _headings.Length && _rows > 0 && cells.Count > 0;

    /// <summary>
    /// The last cell of a text without the end of its last line may lack its own end. It is whole where another row has the same;
    /// else it is left out, and an address with it makes the record one that cannot be used.
    /// </summary>
    private string? Cut(string last, object?[] values)
    {
        if (!_line.EndsWithText || _rows <= FewRows || last.Length == 0 || IsStateWord(last))
        {
            return null;
        }

        var at = last.IndexOf('@');
        if (_lastCells.Contains(at >= 0 ? last.Substring(at) : last))
        {
            return null;
        }

        if (at >= 0 || MappingPreset.MailHeadings.Concat(MappingPreset.SignInHeadings).Any(h => MappingPreset.SameHeading(h, _headings[_headings.Length - 1])))
        {
            return $"the file ends without the end of this line, and '{last}' may have lost its own.";
        }

        values[values.Length - 1] = null;
        return null;
    }

    private bool IsStateWord(string cell) => StateColumns.KindOf(_headings[_headings.Length - 1]) is { } kind
        && StateReader.Read(kind, cell, DateTimeOffset.MinValue) is AccountState.Active or AccountState.Inactive;

    // Of two files that were put one behind the other.
    private bool IsHeadingAgain(List<string> cells) => cells.Count == _headings.Length && _headings.Length > 1
        && cells.Select(CellText.Trim).SequenceEqual(_headings, StringComparer.OrdinalIgnoreCase);
}
