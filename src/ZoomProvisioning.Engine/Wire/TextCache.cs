using System;
using System.Text.Json;

namespace ZoomProvisioning.Engine.Wire;

/// <summary>
/// Gives the same string for the same text, as far as it was met lately: attribute names, schemas, departments and roles stand in
/// every user of a listing. A slot that is taken is simply taken over, so it neither grows nor needs a lock.
/// </summary>
internal static class TextCache
{
    private const int LongestText = 100;
    private static readonly Entry?[] Entries = new Entry?[8192];

    /// <summary>The text of the string or property name the reader stands at.</summary>
    public static string Read(ref Utf8JsonReader reader)
    {
        var bytes = reader.ValueSpan;
        if (reader.ValueIsEscaped || bytes.Length is 0 or > LongestText)
        {
            return reader.GetString()!;
        }

        var slot = (int)(Hash(bytes) % (uint)Entries.Length);
        if (Entries[slot] is { } known && bytes.SequenceEqual(known.Bytes))
        {
            return known.Text;
        }

        var text = reader.GetString()!;
        Entries[slot] = new Entry(bytes.ToArray(), text);
        return text;
    }

    // FNV-1a.
    private static uint Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = 2166136261u;
        foreach (var part in bytes)
        {
            hash = (hash ^ part) * 16777619u;
        }

        return hash;
    }

    private sealed class Entry(byte[] bytes, string text)
    {
        public byte[] Bytes { get; } = bytes;

        public string Text { get; } = text;
    }
}
