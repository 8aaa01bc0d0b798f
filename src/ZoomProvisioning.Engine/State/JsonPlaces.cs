using System;
using System.Collections.Generic;
using System.Text;

namespace ZoomProvisioning.Engine.State;

/// <summary>Lines and columns, as editors count them, of a JSON text whose parser counts bytes.</summary>
internal sealed class JsonPlaces
{
    private readonly byte[] _json;
    private readonly List<int> _lines = [0];

    public JsonPlaces(byte[] json)
    {
        _json = json;
        for (var i = 0; i < json.Length; i++)
        {
            if (json[i] == '\n')
            {
                _lines.Add(i + 1);
            }
        }
    }

    /// <summary>The place of a byte.</summary>
    public (int Line, int Column) Of(long index)
    {
        var found = _lines.BinarySearch((int)index);
        var line = found >= 0 ? found : ~found - 1;
        return (line + 1, ColumnIn(line, (int)index - _lines[line]));
    }

    /// <summary>The column of a byte of a line, which is counted from 0.</summary>
    public int ColumnIn(int line, int bytes)
    {
        var start = Math.Min(_lines[Math.Min(line, _lines.Count - 1)], _json.Length);
        return Encoding.UTF8.GetCharCount(_json, start, Math.Min(bytes, _json.Length - start)) + 1;
    }

    /// <summary>The place of a character of a text, which is longer in the file where it is written as an escape.</summary>
    /// <param name="token">The byte at which the text's opening quote stands.</param>
    /// <param name="index">The character, counted from 0.</param>
    public (int Line, int Column) InText(long token, int index)
    {
        var (line, column) = Of(token);
        var start = (int)token + 1;
        // A text ends on the line it begins on, so the rest of the line holds all of it.
        var end = line < _lines.Count ? _lines[line] : _json.Length;
        var raw = Encoding.UTF8.GetString(_json, start, end - start);
        var position = 0;
        for (var i = 0; i < index && position < raw.Length; i++)
        {
            position += raw[position] != '\\' || position + 1 >= raw.Length ? 1 : raw[position + 1] == 'u' ? 6 : 2;
        }

        return (line, column + 1 + position);
    }
}
