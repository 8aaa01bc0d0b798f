using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Engine.State;

/// <summary>
/// A line of the journal: a JSON object that ends with the hash of the line before (<c>prev</c>) and its own (<c>hash</c>), the
/// SHA-256 of the line as it would be without that last property.
/// </summary>
internal static class JournalLine
{
    /// <summary>How many hexadecimal digits a hash has.</summary>
    public const int HashLength = 64;

    private const int Format = 1;
    private const string Password = "password";
    private static readonly byte[] HashName = Encoding.ASCII.GetBytes(",\"hash\":\"");
    private static readonly byte[] End = Encoding.ASCII.GetBytes("\"}");

    /// <summary>The first line of a journal, with its line feed.</summary>
    public static byte[] WriteTitle(JournalTitle title, out string hash) => Seal(JournalMark.Beginning.Hash, out hash, writer =>
    {
        writer.WriteNumber("format", Format);
        writer.Text("account", title.Account);
        writer.Text("rule", title.Rule);
    });

    /// <summary>An entry's line, with its line feed.</summary>
    public static byte[] Write(JournalEntry entry, string previous, out string hash) => Seal(previous, out hash, writer =>
    {
        writer.WriteNumber("number", entry.Number);
        writer.Time("at", entry.At);
        writer.Choice<JournalKind>("kind", entry.Kind);
        writer.Text("runId", entry.RunId);
        writer.Text("actor", entry.Actor);
        writer.Text("planId", entry.PlanId);
        writer.Number("answers", entry.Answers);
        writer.Choice("action", entry.Action);
        writer.Choice("request", entry.Request);
        writer.Choice("outcome", entry.Outcome);
        writer.Text("userName", entry.UserName);
        writer.Text("zoomId", entry.ZoomId);
        writer.Text("anchor", entry.Anchor);
        writer.Choice("origin", entry.Origin);
        if (entry.IsRemoval is { } removal)
        {
            writer.WriteBoolean("isRemoval", removal);
        }

        writer.Text("groupId", entry.GroupId);
        writer.Text("groupName", entry.GroupName);
        WriteMembers(writer, entry.Members);
        writer.Text("errorId", entry.ErrorId);
        writer.Text("message", entry.Message);
        writer.Text("trackingId", entry.TrackingId);
        writer.Number("sourceCount", entry.SourceCount);
        writer.Text("summary", entry.Summary);
        writer.Value("body", WithoutPassword(entry.Body));
        writer.Value("before", WithoutPassword(entry.Before));
        writer.Value("after", WithoutPassword(entry.After));
    });

    /// <summary>Reads the first line.</summary>
    /// <param name="line">The line without its line feed.</param>
    /// <param name="hash">Its hash.</param>
    /// <param name="problem">What is wrong with it, in words; null when nothing is.</param>
    public static JournalTitle? ReadTitle(ArraySegment<byte> line, out string hash, out string? problem)
    {
        JournalTitle? title = null;
        problem = Open(line, out hash) ?? Try(line, () => title = ParseTitle(line));
        return title;
    }

    /// <summary>Reads an entry's line and compares it with the one before.</summary>
    /// <param name="line">The line without its line feed.</param>
    /// <param name="previous">The mark after the line before; null when that is not known.</param>
    /// <param name="hash">Its hash.</param>
    /// <param name="problem">What is wrong with it, in words; null when nothing is.</param>
    public static JournalEntry? Read(ArraySegment<byte> line, JournalMark? previous, out string hash, out string? problem)
    {
        JournalEntry? entry = null;
        string? prev = null;
        problem = Open(line, out hash) ?? Try(line, () => entry = Parse(line, out prev));
        if (entry is not null && previous is { } before)
        {
            problem = entry.Number > before.Number + 1 ? "at least one line before it is missing."
                : entry.Number <= before.Number ? "it is repeated, or not in its place."
                : !string.Equals(prev, before.Hash, StringComparison.Ordinal) ? "the line before it is not the one it was written after."
                : null;
        }

        return problem is null ? entry : null;
    }

    private static byte[] Seal(string previous, out string hash, Action<Utf8JsonWriter> write)
    {
        using var line = new MemoryStream(1024);
        using (var writer = new Utf8JsonWriter(line, StoredJson.Compact))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteString("prev", previous);
            writer.WriteEndObject();
        }

        hash = HashOf(line.GetBuffer(), 0, (int)line.Length);
        line.SetLength(line.Length - 1);
        line.Position = line.Length;
        line.Write(HashName, 0, HashName.Length);
        line.Write(Encoding.ASCII.GetBytes(hash), 0, HashLength);
        line.Write(End, 0, End.Length);
        line.WriteByte((byte)'\n');
        return line.ToArray();
    }

    /// <summary>Compares a line with its own hash.</summary>
    private static string? Open(ArraySegment<byte> line, out string hash)
    {
        hash = string.Empty;
        var content = line.Count - (HashName.Length + HashLength + End.Length);
        var text = line.AsSpan();
        if (content < 2 || !text.Slice(content, HashName.Length).SequenceEqual(HashName) || !text.Slice(line.Count - End.Length).SequenceEqual(End))
        {
            return "it is no line of a journal.";
        }

        hash = Encoding.ASCII.GetString(line.Array!, line.Offset + content + HashName.Length, HashLength);
        var whole = new byte[content + 1];
        text.Slice(0, content).CopyTo(whole);
        whole[content] = (byte)'}';
        return string.Equals(hash, HashOf(whole, 0, whole.Length), StringComparison.Ordinal) ? null : "it was changed after it was written.";
    }

    private static string? Try(ArraySegment<byte> line, Action parse)
    {
        try
        {
            parse();
            return null;
        }
        catch (Exception exception) when (StoredJson.IsDamage(exception))
        {
            return $"it is no line of a journal ({exception.Message})";
        }
    }

    private static string HashOf(byte[] bytes, int offset, int count)
    {
#if NETFRAMEWORK
        using var algorithm = SHA256.Create();
        var hash = algorithm.ComputeHash(bytes, offset, count);
#else
        var hash = SHA256.HashData(bytes.AsSpan(offset, count));
#endif
        var digits = new char[HashLength];
        for (var i = 0; i < hash.Length; i++)
        {
            digits[2 * i] = "0123456789abcdef"[hash[i] >> 4];
            digits[(2 * i) + 1] = "0123456789abcdef"[hash[i] & 15];
        }

        return new string(digits);
    }

    /// <summary>This module sends no passwords, but a resource made by a script may hold one, and Zoom may echo it.</summary>
    private static ScimObject? WithoutPassword(ScimObject? resource)
    {
        if (resource?.Has(Password) != true)
        {
            return resource;
        }

        var copy = resource.DeepCopy();
        copy[Password] = "(hidden)";
        return copy;
    }

    // An empty list is not the same as none here.
    private static void WriteMembers(Utf8JsonWriter writer, IReadOnlyList<string>? members)
    {
        if (members is { Count: 0 })
        {
            writer.WriteStartArray("members");
            writer.WriteEndArray();
        }

        writer.Texts("members", members);
    }

    private static JournalTitle ParseTitle(ArraySegment<byte> line)
    {
        var reader = StoredJson.Begin(line.AsSpan());
        string? account = null, rule = null;
        while (StoredJson.NextName(ref reader) is { } name)
        {
            switch (name)
            {
                case "format" when reader.GetInt32() is var format && format != Format:
                    throw new JsonException($"It is of format {format}, which a newer version writes.");
                case "account":
                    account = StoredJson.Text(ref reader);
                    break;
                case "rule":
                    rule = StoredJson.Text(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return account is not null && rule is not null ? new JournalTitle(account, rule) : throw new JsonException("It does not say whose journal it is.");
    }

    private static JournalEntry Parse(ArraySegment<byte> line, out string? prev)
    {
        var reader = StoredJson.Begin(line.AsSpan());
        prev = null;
        long number = 0;
        long? answers = null;
        DateTimeOffset at = default;
        JournalKind? kind = null;
        PlanAction? action = null;
        WriteKind? request = null;
        ChangeOutcome? outcome = null;
        LedgerOrigin? origin = null;
        bool? isRemoval = null;
        int? sourceCount = null;
        var runId = string.Empty;
        string? actor = null, planId = null, userName = null, zoomId = null, anchor = null, groupId = null, groupName = null;
        string? errorId = null, message = null, trackingId = null, summary = null;
        IReadOnlyList<string>? members = null;
        ScimObject? body = null, before = null, after = null;
        while (StoredJson.NextName(ref reader) is { } name)
        {
            switch (name)
            {
                case "number": number = reader.GetInt64(); break;
                case "at": at = reader.GetDateTimeOffset(); break;
                case "kind": kind = StoredJson.Choice<JournalKind>(ref reader); break;
                case "runId": runId = StoredJson.Text(ref reader); break;
                case "actor": actor = StoredJson.Text(ref reader); break;
                case "planId": planId = StoredJson.Text(ref reader); break;
                case "answers": answers = reader.GetInt64(); break;
                case "action": action = StoredJson.Choice<PlanAction>(ref reader); break;
                case "request": request = StoredJson.Choice<WriteKind>(ref reader); break;
                case "outcome": outcome = StoredJson.Choice<ChangeOutcome>(ref reader); break;
                case "userName": userName = StoredJson.Text(ref reader); break;
                case "zoomId": zoomId = StoredJson.Text(ref reader); break;
                case "anchor": anchor = StoredJson.Text(ref reader); break;
                case "origin": origin = StoredJson.Choice<LedgerOrigin>(ref reader); break;
                case "isRemoval": isRemoval = reader.GetBoolean(); break;
                case "groupId": groupId = StoredJson.Text(ref reader); break;
                case "groupName": groupName = StoredJson.Text(ref reader); break;
                case "members": members = StoredJson.Texts(ref reader); break;
                case "errorId": errorId = StoredJson.Text(ref reader); break;
                case "message": message = StoredJson.Text(ref reader); break;
                case "trackingId": trackingId = StoredJson.Text(ref reader); break;
                case "sourceCount": sourceCount = reader.GetInt32(); break;
                case "summary": summary = StoredJson.Text(ref reader); break;
                case "body": body = StoredJson.Resource(ref reader); break;
                case "before": before = StoredJson.Resource(ref reader); break;
                case "after": after = StoredJson.Resource(ref reader); break;
                case "prev": prev = reader.GetString(); break;
                default: reader.Skip(); break;
            }
        }

        return new JournalEntry(kind ?? throw new JsonException("It does not say what kind of entry it is."))
        {
            Number = number > 0 ? number : throw new JsonException("It has no number."),
            At = at,
            RunId = runId,
            Actor = actor,
            PlanId = planId,
            UserName = userName,
            ZoomId = zoomId,
            Anchor = anchor,
            Action = action,
            Request = request,
            Body = body,
            Before = before,
            After = after,
            Answers = answers,
            Outcome = outcome,
            ErrorId = errorId,
            Message = message,
            TrackingId = trackingId,
            Origin = origin,
            GroupId = groupId,
            GroupName = groupName,
            Members = members,
            SourceCount = sourceCount,
            Summary = summary,
            IsRemoval = isRemoval,
        };
    }
}
