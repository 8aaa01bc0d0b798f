using System;
using System.Collections;
using System.Text;

namespace ZoomProvisioning;

/// <summary>
/// The values of a resource in a few bytes: a ledger keeps a hundred thousand users as Zoom showed them, and looks at few of them
/// closely. What is read is made anew each time and cannot be changed. Texts are UTF-8; those that many users have are kept once.
/// </summary>
/// <remarks>
/// A value is a byte that says of what kind it is, and what belongs to it: nothing; eight bytes; a length and bytes; an index; or
/// for objects and lists a length of two bytes, by which they are passed over, the names or the count, and their values.
/// </remarks>
internal sealed class PackedValues
{
    private readonly byte[] _bytes;

    // Asked for all the time, and in the ledger's entry anyway; the mail address is the sign-in name.
    private readonly string? _id;
    private readonly string? _userName;

    private PackedValues(byte[] bytes, string? id, string? userName)
    {
        _bytes = bytes;
        _id = id;
        _userName = userName;
    }

    private enum Kind : byte
    {
        Null,
        False,
        True,
        Number,
        Literal,
        Text,
        Wide,
        Common,
        Id,
        UserName,
        Complex,
        List,
    }

    /// <summary>Packs the values of a resource; null where one is of a kind no resource has, or too long.</summary>
    public static PackedValues? TryPack(string[] names, object?[] values)
    {
        var writer = new Writer(Text(names, values, "id"), Text(names, values, "userName"));
        for (var i = 0; i < names.Length; i++)
        {
            if (!writer.TryWrite(values[i]))
            {
                return null;
            }
        }

        return new PackedValues(writer.Written(), writer.Id, writer.UserName);
    }

    /// <summary>The value at an index of those that begin at an offset.</summary>
    public object? Read(int offset, int index)
    {
        for (; index > 0; index--)
        {
            Skip(ref offset);
        }

        return Read(ref offset, live: false);
    }

    /// <summary>So many values from an offset on.</summary>
    /// <param name="offset">Where they begin.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="live">Whether they are to be changed: then nothing in them is packed.</param>
    public object?[] ReadAll(int offset, int count, bool live)
    {
        var values = new object?[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = Read(ref offset, live);
        }

        return values;
    }

    private static string? Text(string[] names, object?[] values, string name) =>
        NameList.IndexOf(names, name) is >= 0 and var index ? values[index] as string : null;

    private object? Read(ref int offset, bool live)
    {
        var kind = (Kind)_bytes[offset++];
        switch (kind)
        {
            case Kind.False:
                return ScimObject.False;
            case Kind.True:
                return ScimObject.True;
            case Kind.Number:
                var number = BitConverter.ToInt64(_bytes, offset);
                offset += sizeof(long);
                return number;
            case Kind.Literal:
                return new ScimNumber(ReadText(ref offset));
            case Kind.Text:
                return ReadText(ref offset);
            case Kind.Wide:
                return ReadWide(ref offset);
            case Kind.Common:
                return CommonItems.Texts[ReadShort(ref offset)];
            case Kind.Id:
                return _id;
            case Kind.UserName:
                return _userName;
            case Kind.Complex:
                return ReadComplex(ref offset, live);
            case Kind.List:
                return ReadList(ref offset, live);
            default:
                return null;
        }
    }

    private ScimObject ReadComplex(ref int offset, bool live)
    {
        var end = ReadEnd(ref offset);
        var names = CommonItems.Names[ReadShort(ref offset)];
        var complex = live ? new ScimObject(names, ReadAll(offset, names.Length, live)) : new ScimObject(names, this, offset);
        offset = end;
        return complex;
    }

    private ArrayList ReadList(ref int offset, bool live)
    {
        ReadEnd(ref offset);
        var count = ReadShort(ref offset);
        var list = new ArrayList(count);
        for (var i = 0; i < count; i++)
        {
            list.Add(Read(ref offset, live));
        }

        return live ? list : ArrayList.ReadOnly(list);
    }

    private string ReadText(ref int offset)
    {
        var length = ReadLength(ref offset);
        var text = Encoding.UTF8.GetString(_bytes, offset, length);
        offset += length;
        return text;
    }

    private string ReadWide(ref int offset)
    {
        var length = ReadLength(ref offset);
        var text = new char[length / sizeof(char)];
        Buffer.BlockCopy(_bytes, offset, text, 0, length);
        offset += length;
        return new string(text);
    }

    private void Skip(ref int offset)
    {
        switch ((Kind)_bytes[offset++])
        {
            case Kind.Number:
                offset += sizeof(long);
                break;
            case Kind.Literal or Kind.Text or Kind.Wide:
                var length = ReadLength(ref offset);
                offset += length;
                break;
            case Kind.Common:
                offset += sizeof(ushort);
                break;
            case Kind.Complex or Kind.List:
                offset = ReadEnd(ref offset);
                break;
            default:
                break;
        }
    }

    private int ReadEnd(ref int offset)
    {
        var length = ReadShort(ref offset);
        return offset + length;
    }

    private int ReadShort(ref int offset)
    {
        var value = _bytes[offset] | (_bytes[offset + 1] << 8);
        offset += sizeof(ushort);
        return value;
    }

    private int ReadLength(ref int offset)
    {
        var (length, shift) = (0, 0);
        while (true)
        {
            var part = _bytes[offset++];
            length |= (part & 0x7F) << shift;
            if (part < 0x80)
            {
                return length;
            }

            shift += 7;
        }
    }

    /// <summary>Puts values one after the other, into a buffer that a thread uses again and again.</summary>
    private struct Writer(string? id, string? userName)
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
                    Put((byte)Kind.Null);
                    return true;
                case bool flag:
                    Put((byte)(flag ? Kind.True : Kind.False));
                    return true;
                case long number:
                    Put((byte)Kind.Number);
                    var bytes = BitConverter.GetBytes(number);
                    var at = Room(bytes.Length);
                    bytes.CopyTo(_buffer, at);
                    return true;
                case ScimNumber { Literal: { } literal }:
                    PutUtf8(Kind.Literal, literal);
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

            var start = Begin(Kind.Complex, names);
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

            var start = Begin(Kind.List, (ushort)list.Count);
            foreach (var value in list)
            {
                if (!TryWrite(value))
                {
                    return false;
                }
            }

            return TryEnd(start);
        }

        private int Begin(Kind kind, ushort first)
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
            if (ReferenceEquals(text, Id) || string.Equals(text, Id, StringComparison.Ordinal))
            {
                Put((byte)Kind.Id);
            }
            else if (string.Equals(text, UserName, StringComparison.Ordinal))
            {
                Put((byte)Kind.UserName);
            }
            else if (CommonItems.NumberOf(text) is { } index)
            {
                Put((byte)Kind.Common);
                PutShort(Room(sizeof(ushort)), index);
            }
            else if (HasSurrogates(text))
            {
                // Half a character, as a source leaves behind that cuts texts by length, has no UTF-8.
                var length = text.Length * sizeof(char);
                PutLength(Kind.Wide, length);
                var at = Room(length);
                Buffer.BlockCopy(text.ToCharArray(), 0, _buffer, at, length);
            }
            else
            {
                PutUtf8(Kind.Text, text);
            }
        }

        private void PutUtf8(Kind kind, string text)
        {
            var length = Encoding.UTF8.GetByteCount(text);
            PutLength(kind, length);
            var at = Room(length);
            Encoding.UTF8.GetBytes(text, 0, text.Length, _buffer, at);
        }

        private void PutLength(Kind kind, int length)
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
}
