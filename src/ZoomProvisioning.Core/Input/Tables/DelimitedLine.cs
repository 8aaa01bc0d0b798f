using System.Collections.Generic;
using System.Text;

namespace ZoomProvisioning.Input.Tables;

/// <summary>Reads the cells of a delimited text (RFC 4180), one record after the other.</summary>
internal sealed class DelimitedLine
{
    private readonly TextSource _source;
    private readonly StringBuilder _cell = new();

    public DelimitedLine(TextSource source) => _source = source;

    /// <summary>The sign between cells.</summary>
    public char Delimiter { get; set; } = ',';

    /// <summary>The cells of the record read last.</summary>
    public List<string> Cells { get; } = [];

    /// <summary>The line in which it begins.</summary>
    public int Line { get; private set; }

    /// <summary>The line in which a quotation mark opens that nothing closes; 0 when there is none.</summary>
    public int OpenQuote { get; private set; }

    /// <summary>Whether something stands between a closing quotation mark and the next cell.</summary>
    public bool IsMisquoted { get; private set; }

    /// <summary>How many lines there are inside its quotation marks.</summary>
    public int LinesInside { get; private set; }

    /// <summary>Whether it ends where the text ends, without the end of a line.</summary>
    public bool EndsWithText { get; private set; }

    /// <summary>Reads the next record; false at the end of the text.</summary>
    public bool Read()
    {
        Cells.Clear();
        (Line, OpenQuote, IsMisquoted, LinesInside, EndsWithText) = (_source.Line, 0, false, 0, false);
        if (_source.Peek() < 0)
        {
            return false;
        }

        while (true)
        {
            var next = ReadCell();
            if (next == Delimiter)
            {
                continue;
            }

            EndsWithText = next < 0;
            return true;
        }
    }

    /// <summary>Reads a cell and what ends it.</summary>
    private int ReadCell()
    {
        _cell.Clear();
        SkipBlanksBeforeQuote();
        if (_source.Peek() == '"')
        {
            _source.Read();
            ReadQuoted();
        }

        int next;
        while ((next = _source.Read()) >= 0 && next != '\n' && next != Delimiter)
        {
            // Behind a closing quotation mark there may be blanks and nothing else.
            IsMisquoted |= _isQuoted && !char.IsWhiteSpace((char)next);
            if (!_isQuoted || !char.IsWhiteSpace((char)next))
            {
                _cell.Append((char)next);
            }
        }

        _isQuoted = false;
        Cells.Add(_cell.ToString());
        return next;
    }

    private bool _isQuoted;

    private void SkipBlanksBeforeQuote()
    {
        while (_source.Peek() == ' ' && Delimiter != ' ')
        {
            _cell.Append((char)_source.Read());
        }

        if (_source.Peek() == '"')
        {
            _cell.Clear();
        }
    }

    private void ReadQuoted()
    {
        var opened = _source.Line;
        _isQuoted = true;
        while (true)
        {
            var character = _source.Read();
            if (character < 0)
            {
                OpenQuote = opened;
                return;
            }

            if (character == '"')
            {
                if (_source.Peek() != '"')
                {
                    return;
                }

                _source.Read();
            }

            LinesInside += character == '\n' ? 1 : 0;
            _cell.Append((char)character);
        }
    }
}
