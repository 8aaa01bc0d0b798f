using System;
using System.IO;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ZoomProvisioning.Engine.State.Contracts;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Engine.State;

/// <summary>
/// A line of the journal: a JSON object that ends with the hash of the line before (<c>prev</c>) and its own (<c>hash</c>), the
/// SHA-256 of the line as it would be without that last property.
/// </summary>
internal static class JournalLine
{
    private static readonly byte[] PreviousName = Encoding.ASCII.GetBytes(",\"prev\":\"");
    private static readonly byte[] HashName = Encoding.ASCII.GetBytes(",\"hash\":\"");
    private static readonly byte[] End = Encoding.ASCII.GetBytes("\"}");

    /// <summary>The first line of a journal, with its line feed.</summary>
    public static byte[] WriteTitle(JournalTitle title, out string hash) =>
        Seal(
            new TitleBody { Account = title.Account, Rule = title.Rule, Continues = title.Continues > 0 ? title.Continues : null, Prev = title.Previous },
            StateJsonContext.Default.TitleBody,
            out hash);

    /// <summary>An entry's line, with its line feed.</summary>
    public static byte[] Write(JournalEntry entry, string previous, out string hash) =>
        Seal(new EntryBody { Of = entry, Prev = previous }, StateJsonContext.Default.EntryBody, out hash);

    /// <summary>Reads the first line.</summary>
    /// <param name="line">The line without its line feed.</param>
    /// <param name="hash">Its hash.</param>
    /// <param name="problem">What is wrong with it, in words; null when nothing is.</param>
    public static JournalTitle? ReadTitle(ArraySegment<byte> line, out string hash, out string? problem) =>
        Open(line, StateJsonContext.Default.TitleBody, out hash, out problem) is { } body
            ? new JournalTitle(body.Account, body.Rule) { Continues = body.Continues ?? 0, Previous = body.Prev ?? string.Empty }
            : null;

    /// <summary>Reads an entry's line and compares it with the one before.</summary>
    /// <param name="line">The line without its line feed.</param>
    /// <param name="previous">The mark after the line before; null when that is not known.</param>
    /// <param name="hash">Its hash.</param>
    /// <param name="problem">What is wrong with it, in words; null when nothing is.</param>
    public static JournalEntry? Read(ArraySegment<byte> line, JournalMark? previous, out string hash, out string? problem)
    {
        if (Open(line, StateJsonContext.Default.EntryBody, out hash, out problem) is not { } body)
        {
            return null;
        }

        var entry = body.Of;
        problem = entry.Number < 1 ? "it is no line of a journal (It has no number.)"
            : previous is not { } before ? null
            : entry.Number > before.Number + 1 ? "at least one line before it is missing."
            : entry.Number <= before.Number ? "it is repeated, or not in its place."
            : !string.Equals(body.Prev, before.Hash, StringComparison.Ordinal) ? "the line before it is not the one it was written after."
            : null;
        return problem is null ? entry : null;
    }

    /// <summary>Whether a line, the first or an entry's, fits its own hash. What it says is not read.</summary>
    /// <param name="line">The line without its line feed.</param>
    /// <param name="hash">Its hash.</param>
    /// <param name="previous">The hash of the line before it; empty when it names none.</param>
    public static bool IsAsWritten(ArraySegment<byte> line, out string hash, out string previous)
    {
        previous = string.Empty;
        if (Content(line, out hash) is not { } whole)
        {
            return false;
        }

        var start = whole.Length - (PreviousName.Length + Hashes.Length + End.Length);
        if (start > 0 && whole.AsSpan(start, PreviousName.Length).SequenceEqual(PreviousName))
        {
            previous = Encoding.ASCII.GetString(whole, start + PreviousName.Length, Hashes.Length);
        }

        return string.Equals(hash, Hashes.Of(whole, 0, whole.Length), StringComparison.Ordinal);
    }

    private static byte[] Seal<T>(T body, JsonTypeInfo<T> type, out string hash)
    {
        using var line = new MemoryStream(1024);
        using (var writer = new Utf8JsonWriter(line, StoredJson.Compact))
        {
            JsonSerializer.Serialize(writer, body, type);
        }

        hash = Hashes.Of(line.GetBuffer(), 0, (int)line.Length);
        line.SetLength(line.Length - 1);
        line.Position = line.Length;
        line.Write(HashName, 0, HashName.Length);
        line.Write(Encoding.ASCII.GetBytes(hash), 0, Hashes.Length);
        line.Write(End, 0, End.Length);
        line.WriteByte((byte)'\n');
        return line.ToArray();
    }

    /// <summary>Compares a line with its own hash, and reads it.</summary>
    private static T? Open<T>(ArraySegment<byte> line, JsonTypeInfo<T> type, out string hash, out string? problem)
        where T : class
    {
        if (Content(line, out hash) is not { } whole)
        {
            problem = "it is no line of a journal.";
            return null;
        }

        if (!string.Equals(hash, Hashes.Of(whole, 0, whole.Length), StringComparison.Ordinal))
        {
            problem = "it was changed after it was written.";
            return null;
        }

        try
        {
            problem = null;
            return JsonSerializer.Deserialize(whole, type) ?? throw new JsonException("It is empty.");
        }
        catch (Exception exception) when (StoredJson.IsDamage(exception))
        {
            problem = $"it is no line of a journal ({exception.Message})";
            return null;
        }
    }

    /// <summary>A line as it would be without its hash; null when it has none.</summary>
    private static byte[]? Content(ArraySegment<byte> line, out string hash)
    {
        hash = string.Empty;
        var content = line.Count - (HashName.Length + Hashes.Length + End.Length);
        var text = line.AsSpan();
        if (content < 2 || !text.Slice(content, HashName.Length).SequenceEqual(HashName) || !text.Slice(line.Count - End.Length).SequenceEqual(End))
        {
            return null;
        }

        hash = Encoding.ASCII.GetString(line.Array!, line.Offset + content + HashName.Length, Hashes.Length);
        var whole = new byte[content + 1];
        text.Slice(0, content).CopyTo(whole);
        whole[content] = (byte)'}';
        return whole;
    }
}
