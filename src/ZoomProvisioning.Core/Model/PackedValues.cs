using System;
using System.Collections;
using System.Text;

namespace ZoomProvisioning;

/// <summary>Of what kind a packed value is.</summary>
internal enum PackedKind : byte
{
    Null,
    False,
    True,
    Number,

    /// <summary>A <see cref="ScimNumber"/>.</summary>
    Literal,

    /// <summary>In UTF-8.</summary>
    Text,

    /// <summary>In UTF-16, because there may be half a character in it.</summary>
    Wide,

    /// <summary>One of <see cref="CommonItems.Texts"/>.</summary>
    Common,

    /// <summary>The text that is the resource's own id.</summary>
    Id,

    /// <summary>The text that is its sign-in name.</summary>
    UserName,
    Complex,
    List,
}

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

    /// <summary>Packs the values of a resource; null where one is of a kind no resource has, or too long.</summary>
    public static PackedValues? TryPack(string[] names, object?[] values)
    {
        var writer = new PackedValuesWriter(Text(names, values, "id"), Text(names, values, "userName"));
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
        var kind = (PackedKind)_bytes[offset++];
        switch (kind)
        {
            case PackedKind.False:
                return ScimObject.False;
            case PackedKind.True:
                return ScimObject.True;
            case PackedKind.Number:
                var number = BitConverter.ToInt64(_bytes, offset);
                offset += sizeof(long);
                return number;
            case PackedKind.Literal:
                return new ScimNumber(ReadText(ref offset));
            case PackedKind.Text:
                return ReadText(ref offset);
            case PackedKind.Wide:
                return ReadWide(ref offset);
            case PackedKind.Common:
                return CommonItems.Texts[ReadShort(ref offset)];
            case PackedKind.Id:
                return _id;
            case PackedKind.UserName:
                return _userName;
            case PackedKind.Complex:
                return ReadComplex(ref offset, live);
            case PackedKind.List:
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
        switch ((PackedKind)_bytes[offset++])
        {
            case PackedKind.Number:
                offset += sizeof(long);
                break;
            case PackedKind.Literal or PackedKind.Text or PackedKind.Wide:
                var length = ReadLength(ref offset);
                offset += length;
                break;
            case PackedKind.Common:
                offset += sizeof(ushort);
                break;
            case PackedKind.Complex or PackedKind.List:
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
}
