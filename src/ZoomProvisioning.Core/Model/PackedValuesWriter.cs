using System;
using System.Collections;
using System.Text;

namespace ZoomProvisioning;

/// <summary>Puts the values of <see cref="PackedValues"/> one after the other, into a buffer that a thread uses again and again.</summary>
internal struct PackedValuesWriter(string? id, string? userName)
{
    private const int LargestSpare = 1 << 16;

    [ThreadStatic]
    private static byte[]? _spare;

    private byte[] _buffer = _spare ??= new byte[1024];
    private int _length;

    public string? Id { get; } = id;

    public string? UserName { get; } = userName;

    public readonly byte[] Written()
    {
        var bytes = new byte[_length];
        Array.Copy(_buffer, bytes, _length);
        return bytes;
    }

    public bool TryWrite(object? value)
    {
        switch (value)
        {
            case null:
                Put((byte)PackedKind.Null);
                return true;
            case bool flag:
                Put((byte)(flag ? PackedKind.True : PackedKind.False));
                return true;
            case long number:
                Put((byte)PackedKind.Number);
                var bytes = BitConverter.GetBytes(number);
                var at = Room(bytes.Length);
                bytes.CopyTo(_buffer, at);
                return true;
            case ScimNumber { Literal: { } literal }:
                PutUtf8(PackedKind.Literal, literal);
                return true;
            case string text:
                PutText(text);
                return true;
            case ScimObject complex:
                return TryWriteComplex(complex);
            case ArrayList list:
                return TryWriteList(list);
            default:
                return false;
        }
    }

    private bool TryWriteComplex(ScimObject complex)
    {
        if (CommonItems.NumberOf(complex.NameArray) is not { } names)
        {
            return false;
        }

        var start = Begin(PackedKind.Complex, names);
        foreach (var value in complex.ReadValues())
        {
            if (!TryWrite(value))
            {
                return false;
            }
        }

        return TryEnd(start);
    }

    private bool TryWriteList(ArrayList list)
    {
        if (list.Count > ushort.MaxValue)
        {
            return false;
        }

        var start = Begin(PackedKind.List, (ushort)list.Count);
        foreach (var value in list)
        {
            if (!TryWrite(value))
            {
                return false;
            }
        }

        return TryEnd(start);
    }

    private int Begin(PackedKind kind, ushort first)
    {
        Put((byte)kind);
        var start = Room(sizeof(ushort)) + sizeof(ushort);
        PutShort(Room(sizeof(ushort)), first);
        return start;
    }

    private readonly bool TryEnd(int start)
    {
        var length = _length - start;
        PutShort(start - sizeof(ushort), (ushort)length);
        return length <= ushort.MaxValue;
    }

    private void PutText(string text)
    {
        if (string.Equals(text, Id, StringComparison.Ordinal))
        {
            Put((byte)PackedKind.Id);
        }
        else if (string.Equals(text, UserName, StringComparison.Ordinal))
        {
            Put((byte)PackedKind.UserName);
        }
        else if (CommonItems.NumberOf(text) is { } index)
        {
            Put((byte)PackedKind.Common);
            PutShort(Room(sizeof(ushort)), index);
        }
        else if (HasSurrogates(text))
        {
            // Half a character, as a source leaves behind that cuts texts by length, has no UTF-8.
            var length = text.Length * sizeof(char);
            PutLength(PackedKind.Wide, length);
            var at = Room(length);
            Buffer.BlockCopy(text.ToCharArray(), 0, _buffer, at, length);
        }
        else
        {
            PutUtf8(PackedKind.Text, text);
        }
    }

    private void PutUtf8(PackedKind kind, string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        PutLength(kind, length);
        var at = Room(length);
        Encoding.UTF8.GetBytes(text, 0, text.Length, _buffer, at);
    }

    private void PutLength(PackedKind kind, int length)
    {
        Put((byte)kind);
        var rest = (uint)length;
        for (; rest >= 0x80; rest >>= 7)
        {
            Put((byte)(rest | 0x80));
        }

        Put((byte)rest);
    }

    private static bool HasSurrogates(string text)
    {
        foreach (var unit in text)
        {
            if (char.IsSurrogate(unit))
            {
                return true;
            }
        }

        return false;
    }

    private void Put(byte value)
    {
        // Not in one step: the buffer may be another one afterwards.
        var at = Room(1);
        _buffer[at] = value;
    }

    private readonly void PutShort(int at, ushort value)
    {
        _buffer[at] = (byte)value;
        _buffer[at + 1] = (byte)(value >> 8);
    }

    private int Room(int length)
    {
        var at = _length;
        _length += length;
        if (_length > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(_length, _buffer.Length * 2));
            _spare = _buffer.Length <= LargestSpare ? _buffer : _spare;
        }

        return at;
    }
}
