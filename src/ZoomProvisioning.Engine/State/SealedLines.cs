using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ZoomProvisioning.Engine.State;

/// <summary>
/// Writes one JSON object line by line: a head, lists with an item a line, and a last line with the SHA-256 of all lines before it.
/// Only one line is in memory at a time.
/// </summary>
internal sealed class SealedLinesWriter(Stream stream) : IDisposable
{
    private readonly SHA256 _hash = SHA256.Create();
    private readonly MemoryStream _line = new(1024);

    /// <summary>Writes the head, and begins the first list.</summary>
    public void Begin<T>(T head, JsonTypeInfo<T> type, string list)
    {
        Put(head, type);

        // The object goes on.
        _line.SetLength(_line.Length - 1);
        EndLine($",\"{list}\":[");
    }

    /// <summary>Ends the list before, and begins another one.</summary>
    public void Next(string list) => EndLine($"],\"{list}\":[");

    /// <summary>Writes the items of the list that was begun.</summary>
    public void Items<T>(IEnumerable<T> items, JsonTypeInfo<T> type)
    {
        var any = false;
        foreach (var item in items)
        {
            if (any)
            {
                EndLine(",");
            }

            any = true;
            Put(item, type);
        }

        if (any)
        {
            EndLine(string.Empty);
        }
    }

    /// <summary>Ends the last list and the object.</summary>
    /// <returns>The hash in the last line.</returns>
    public string End()
    {
        _hash.TransformFinalBlock([], 0, 0);
        var hash = Hashes.Text(_hash.Hash!);
        var line = Encoding.ASCII.GetBytes($"{SealedLinesReader.HashName}{hash}{SealedLinesReader.HashEnd}\n");
        stream.Write(line, 0, line.Length);
        return hash;
    }

    public void Dispose()
    {
        _hash.Dispose();
        _line.Dispose();
    }

    private void Put<T>(T value, JsonTypeInfo<T> type)
    {
        using var writer = new Utf8JsonWriter(_line, StoredJson.Compact);
        JsonSerializer.Serialize(writer, value, type);
    }

    private void EndLine(string end)
    {
        var bytes = Encoding.ASCII.GetBytes(end + "\n");
        _line.Position = _line.Length;
        _line.Write(bytes, 0, bytes.Length);
        _hash.TransformBlock(_line.GetBuffer(), 0, (int)_line.Length, null, 0);
        stream.Write(_line.GetBuffer(), 0, (int)_line.Length);
        _line.SetLength(0);
    }
}

/// <summary>Reads what <see cref="SealedLinesWriter"/> wrote, one line after the other, and knows the hash of what it has read.</summary>
internal sealed class SealedLinesReader(Stream stream) : IDisposable
{
    public const string HashName = "],\"hash\":\"";
    public const string HashEnd = "\"}";
    private const string EndWithoutHash = "]}";
    private static readonly byte[] LineFeed = [(byte)'\n'];

    private readonly LineReader _lines = new(stream, 0);
    private readonly SHA256 _hash = SHA256.Create();
    private ArraySegment<byte> _line = new([]);
    private string? _list;

    /// <summary>The number of the line read last, counted from 1.</summary>
    public int Number { get; private set; }

    /// <summary>The hash in the last line, which is right; null when there was none.</summary>
    public string? Hash { get; private set; }

    /// <summary>Reads the head.</summary>
    public T Head<T>(JsonTypeInfo<T> type)
    {
        MoveNext();
        var line = _line.AsSpan();
        var end = line.LastIndexOf((byte)',');
        _list = end > 0 ? ListBegunBy(line.Slice(end + 1)) : null;
        if (_list is null)
        {
            throw new JsonException("It is no first line of a ledger.");
        }

        var head = line.Slice(0, end + 1).ToArray();
        head[end] = (byte)'}';
        return JsonSerializer.Deserialize(head, type) ?? throw new JsonException("It is no first line of a ledger.");
    }

    /// <summary>Reads the next item of any list.</summary>
    /// <param name="list">The list it is in.</param>
    /// <param name="item">The item's JSON, good until the next call.</param>
    /// <returns>Whether there was one before the end of the file.</returns>
    public bool TryRead(out string list, out ReadOnlySpan<byte> item)
    {
        while (MoveNext())
        {
            var line = _line.AsSpan();
            if (line.Length == 0 || line[0] != (byte)']')
            {
                list = _list!;
                item = line.Length > 0 && line[line.Length - 1] == (byte)',' ? line.Slice(0, line.Length - 1) : line;
                return true;
            }

            if (IsEnd(line))
            {
                break;
            }

            _list = line.Length > 2 && line[1] == (byte)',' && ListBegunBy(line.Slice(2)) is { } next
                ? next
                : throw new JsonException("It is no line of a ledger.");
        }

        list = string.Empty;
        item = default;
        return _lines.TryRead(out var rest) || rest.Count > 0 ? throw new JsonException("There is something after the end.") : false;
    }

    public void Dispose() => _hash.Dispose();

    private bool MoveNext()
    {
        if (Number > 0)
        {
            _hash.TransformBlock(_line.Array!, _line.Offset, _line.Count, null, 0);
            _hash.TransformBlock(LineFeed, 0, 1, null, 0);
        }

        Number++;
        return _lines.TryRead(out _line) ? true : throw new JsonException(Number == 1 ? "It has no first line." : "The end of the file is missing.");
    }

    private bool IsEnd(ReadOnlySpan<byte> line)
    {
        var text = line.Length < 200 ? Encoding.ASCII.GetString(line.ToArray()) : string.Empty;
        if (text == EndWithoutHash)
        {
            return true;
        }

        if (!text.StartsWith(HashName, StringComparison.Ordinal) || !text.EndsWith(HashEnd, StringComparison.Ordinal))
        {
            return false;
        }

        _hash.TransformFinalBlock([], 0, 0);
        Hash = text.Substring(HashName.Length, text.Length - HashName.Length - HashEnd.Length);
        return string.Equals(Hash, Hashes.Text(_hash.Hash!), StringComparison.Ordinal)
            ? true
            : throw new JsonException("The file is not as it was written: it does not fit its hash.");
    }

    private static string? ListBegunBy(ReadOnlySpan<byte> text) =>
        text.Length is > 4 and < 50 && text[0] == (byte)'"' && text.EndsWith("\":["u8)
            ? Encoding.ASCII.GetString(text.Slice(1, text.Length - 4).ToArray())
            : null;
}
