using System.IO;
using System.Text;

namespace ZoomProvisioning.Input.Tables;

/// <summary>The characters of a source, with a look ahead at its beginning, and the number of the line.</summary>
internal sealed class TextSource
{
    private readonly TextReader _reader;
    private readonly string _name;
    private readonly char[] _buffer = new char[1 << 16];
    private int _position;
    private int _count;

    public TextSource(TextReader reader, string name)
    {
        _reader = reader;
        _name = name;
    }

    /// <summary>The number of the line that is being read, counted from 1.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>What it is called in messages.</summary>
    public string Name => _name;

    /// <summary>The encoding of the text, known when its beginning was read.</summary>
    public string EncodingName => _reader is StreamReader reader ? reader.CurrentEncoding.WebName : "text";

    /// <summary>Whether the last character read ended a line, or nothing was read.</summary>
    public bool AtLineStart { get; private set; } = true;

    /// <summary>The beginning of the text, as much as is needed to find out what it is. Nothing of it counts as read.</summary>
    public string Beginning()
    {
        while (_count < _buffer.Length && Fill())
        {
        }

        return new string(_buffer, 0, _count);
    }

    /// <summary>The next character, which stays; -1 at the end.</summary>
    public int Peek() => _position < _count || Refill() ? _buffer[_position] : -1;

    /// <summary>The next character; -1 at the end. All ends of lines are one line feed.</summary>
    public int Read()
    {
        if (_position == _count && !Refill())
        {
            return -1;
        }

        var character = _buffer[_position++];
        if (character is '\r' or '\n')
        {
            if (character == '\r' && Peek() == '\n')
            {
                _position++;
            }

            Line++;
            AtLineStart = true;
            return '\n';
        }

        AtLineStart = false;
        return character;
    }

    /// <summary>The rest of the line, without its end; null at the end of the text.</summary>
    public string? ReadLine()
    {
        if (Peek() < 0)
        {
            return null;
        }

        var line = new StringBuilder();
        for (int character; (character = Read()) is >= 0 and not '\n';)
        {
            line.Append((char)character);
        }

        return line.ToString();
    }

    private bool Refill()
    {
        _position = _count = 0;
        return Fill();
    }

    private bool Fill()
    {
        try
        {
            var read = _reader.Read(_buffer, _count, _buffer.Length - _count);
            _count += read;
            return read > 0;
        }
        catch (DecoderFallbackException exception)
        {
            throw SourceEncoding.NotUtf8(_name, Line, exception);
        }
    }
}
