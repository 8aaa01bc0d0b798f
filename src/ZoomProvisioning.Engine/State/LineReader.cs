using System;
using System.IO;

namespace ZoomProvisioning.Engine.State;

/// <summary>Reads a file line by line as bytes, from any place in it, with no more of it in memory than the longest line.</summary>
internal sealed class LineReader
{
    private readonly Stream _stream;
    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;

    /// <summary>Makes a reader.</summary>
    /// <param name="stream">The file; the reader moves in it and does not close it.</param>
    /// <param name="offset">Where to begin: at the beginning of a line.</param>
    public LineReader(Stream stream, long offset)
    {
        _stream = stream;
        _stream.Position = offset;
        Offset = offset;
    }

    /// <summary>The first byte after the last line read.</summary>
    public long Offset { get; private set; }

    /// <summary>
    /// Reads the next line that has its line feed. The bytes are good until the next call.
    /// </summary>
    /// <param name="line">The line without its line feed; at the end of the file, what stands there without one.</param>
    /// <returns>Whether there was one.</returns>
    public bool TryRead(out ArraySegment<byte> line)
    {
        var searched = _start;
        while (true)
        {
            var index = Array.IndexOf(_buffer, (byte)'\n', searched, _end - searched);
            if (index >= 0)
            {
                line = new ArraySegment<byte>(_buffer, _start, index - _start);
                Offset += index + 1 - _start;
                _start = index + 1;
                return true;
            }

            searched = _end - _start;
            if (!Fill())
            {
                line = new ArraySegment<byte>(_buffer, _start, _end - _start);
                return false;
            }
        }
    }

    /// <summary>Moves what is left to the front of the buffer and reads more behind it.</summary>
    private bool Fill()
    {
        var left = _end - _start;
        var target = left == _buffer.Length ? new byte[_buffer.Length * 2] : _buffer;
        Buffer.BlockCopy(_buffer, _start, target, 0, left);
        (_buffer, _start, _end) = (target, 0, left);
        var read = _stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        return read > 0;
    }
}
