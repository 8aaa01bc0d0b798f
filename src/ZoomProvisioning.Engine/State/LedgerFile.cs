using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using ZoomProvisioning.Engine.Wire;
using ZoomProvisioning.Files;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Engine.State;

/// <summary>
/// The ledger on the disk: <c>ledger.json</c>. One JSON object, with a line for its head and a line for each person, so that it
/// is read and written person by person and never stands in memory as a whole.
/// </summary>
/// <param name="Ledger">The ledger.</param>
/// <param name="Journal">Where the journal stood.</param>
internal sealed record LedgerFile(Ledger Ledger, JournalMark Journal)
{
    public const string Name = "ledger.json";

    private const int Format = 1;
    private const string LastLine = "]}";
    private static readonly byte[] Comma = [(byte)',', (byte)'\n'];
    private static readonly byte[] End = Encoding.ASCII.GetBytes("\n" + LastLine + "\n");

    /// <summary>Replaces the file, whole or not at all.</summary>
    public void Write(string path) => AtomicFile.Write(path, stream =>
    {
        using (var head = new Utf8JsonWriter(stream, StoredJson.Compact))
        {
            WriteHead(head);
        }

        stream.WriteByte((byte)'\n');
        using var people = new Utf8JsonWriter(stream, StoredJson.Compact);
        var isFirst = true;
        foreach (var entry in Ledger.Entries.OrderBy(e => e.ZoomId, StringComparer.Ordinal))
        {
            if (!isFirst)
            {
                stream.Write(Comma, 0, Comma.Length);
            }

            isFirst = false;
            Write(people, entry);
            people.Flush();
            people.Reset();
        }

        stream.Write(End, isFirst ? 1 : 0, End.Length - (isFirst ? 1 : 0));
    });

    /// <summary>Reads the file; null when there is none.</summary>
    /// <exception cref="ScimStateException">It is no ledger, or damaged.</exception>
    public static LedgerFile? Read(string path) => Read(path, headOnly: false);

    /// <summary>Reads the file without its people; null when there is none.</summary>
    /// <exception cref="ScimStateException">It is no ledger, or damaged.</exception>
    public static LedgerFile? ReadHead(string path) => Read(path, headOnly: true);

    private static LedgerFile? Read(string path, bool headOnly)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using var stream = JournalReader.OpenShared(path);
        var lines = new LineReader(stream, 0);
        var number = 1;
        try
        {
            var file = lines.TryRead(out var line) ? ReadHead(line) : throw new JsonException("It has no first line.");
            while (!headOnly && ReadPerson(lines, ref number) is { } entry)
            {
                file.Ledger.Put(entry);
            }

            return file;
        }
        catch (Exception exception) when (StoredJson.IsDamage(exception))
        {
            throw StateErrors.LedgerDamaged(path, $"line {number}: {exception.Message}", exception);
        }
    }

    private static LedgerEntry? ReadPerson(LineReader lines, ref int number)
    {
        number++;
        if (!lines.TryRead(out var line))
        {
            throw new JsonException("The end of the file is missing.");
        }

        var text = line.AsSpan();
        if (text.SequenceEqual(End.AsSpan(1, LastLine.Length)))
        {
            return lines.TryRead(out var rest) || rest.Count > 0 ? throw new JsonException("There is something after the end.") : null;
        }

        return ReadEntry(text.Length > 0 && text[text.Length - 1] == Comma[0] ? text.Slice(0, text.Length - 1) : text);
    }

    /// <summary>Begins an object and a list in it, which the last line ends.</summary>
    private void WriteHead(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("format", Format);
        writer.Text("account", Ledger.Account);
        writer.Text("rule", Ledger.Rule);
        writer.WriteStartObject("journal");
        writer.WriteNumber("position", Journal.Number);
        writer.WriteNumber("offset", Journal.Offset);
        writer.WriteString("hash", Journal.Hash);
        writer.WriteEndObject();
        writer.Number("lastSourceCount", Ledger.LastSourceCount);
        writer.Time("lastRunAt", Ledger.LastRunAt);
        writer.Text("anchorProperty", Ledger.AnchorProperty);
        if (Ledger.Bystanders.Count > 0)
        {
            writer.WriteStartArray("bystanders");
            foreach (var user in Ledger.Bystanders.OrderBy(u => u.Id, StringComparer.Ordinal))
            {
                ScimJsonWriter.WriteStored(writer, user.Attributes);
            }

            writer.WriteEndArray();
        }

        writer.WriteStartArray("people");
    }

    private static LedgerFile ReadHead(ArraySegment<byte> line)
    {
        // The line is not the whole of the JSON text.
        var reader = new Utf8JsonReader(line.AsSpan(), isFinalBlock: false, state: default);
        reader.Read();
        StoredJson.Require(ref reader, JsonTokenType.StartObject);
        string? account = null, rule = null, anchorProperty = null;
        var bystanders = new List<ScimUser>();
        JournalMark? journal = null;
        int? lastSourceCount = null;
        DateTimeOffset? lastRunAt = null;
        while (StoredJson.NextName(ref reader) is { } name && name != "people")
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
                case "journal":
                    journal = ReadMark(ref reader);
                    break;
                case "lastSourceCount":
                    lastSourceCount = reader.GetInt32();
                    break;
                case "lastRunAt":
                    lastRunAt = reader.GetDateTimeOffset();
                    break;
                case "bystanders":
                    StoredJson.Require(ref reader, JsonTokenType.StartArray);
                    while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    {
                        bystanders.Add(new ScimUser(StoredJson.Resource(ref reader)!, UserDetail.Read));
                    }

                    break;
                case "anchorProperty":
                    anchorProperty = StoredJson.Text(ref reader);
                    break;
                default:
                    if (!reader.TrySkip())
                    {
                        throw new JsonException("The first line is cut.");
                    }

                    break;
            }
        }

        StoredJson.Require(ref reader, JsonTokenType.StartArray);
        if (account is null || rule is null || journal is not { } mark)
        {
            throw new JsonException("It does not say whose it is, or where its journal stood.");
        }

        return new LedgerFile(new Ledger(account, rule) { JournalPosition = mark.Number, LastSourceCount = lastSourceCount, LastRunAt = lastRunAt, AnchorProperty = anchorProperty, Bystanders = bystanders }, mark);
    }

    private static JournalMark ReadMark(ref Utf8JsonReader reader)
    {
        StoredJson.Require(ref reader, JsonTokenType.StartObject);
        long position = 0, offset = 0;
        var hash = string.Empty;
        while (StoredJson.NextName(ref reader) is { } name)
        {
            switch (name)
            {
                case "position":
                    position = reader.GetInt64();
                    break;
                case "offset":
                    offset = reader.GetInt64();
                    break;
                case "hash":
                    hash = reader.GetString() ?? string.Empty;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new JournalMark(position, offset, hash);
    }

    private static void Write(Utf8JsonWriter writer, LedgerEntry entry)
    {
        writer.WriteStartObject();
        writer.Text("zoomId", entry.ZoomId);
        writer.Text("userName", entry.UserName);
        writer.Text("anchor", entry.Anchor);
        writer.Choice<LedgerOrigin>("origin", entry.Origin);
        writer.Time("linkedAt", entry.LinkedAt);
        writer.Flag("isRemoved", entry.IsRemoved);
        writer.Flag("mustRead", entry.MustRead);
        if (entry.HasUntold)
        {
            writer.Texts("untold", entry.Untold);
        }

        if (entry.HasLicensesBefore)
        {
            writer.Texts("licensesBefore", entry.LicensesBefore);
        }

        if (entry.HasIgnored)
        {
            writer.WriteStartObject("ignored");
            foreach (var pair in entry.Ignored)
            {
                writer.WriteStartObject(StoredText.Encode(pair.Key));
                writer.Text("sent", pair.Value.Sent);
                writer.Text("shown", pair.Value.Shown);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        if (entry.HasGroups)
        {
            writer.WriteStartObject("groups");
            foreach (var pair in entry.Groups)
            {
                writer.WriteStartObject(StoredText.Encode(pair.Key));
                writer.Text("name", pair.Value.Name);
                writer.WriteBoolean("isCertain", pair.Value.IsCertain);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        if (entry.Seen is { } seen)
        {
            writer.Choice<UserDetail>("seenBy", seen.Detail);
            writer.Value("seen", seen.Attributes);
        }

        writer.WriteEndObject();
    }

    private static LedgerEntry ReadEntry(ReadOnlySpan<byte> json)
    {
        var reader = StoredJson.Begin(json);
        string? zoomId = null, userName = null, anchor = null;
        LedgerOrigin? origin = null;
        DateTimeOffset linkedAt = default;
        bool isRemoved = false, mustRead = false;
        var seenBy = UserDetail.Read;
        ScimObject? seen = null;
        ScimObject? untold = null;
        Dictionary<string, string>? licensesBefore = null;
        Dictionary<string, IgnoredValue>? ignored = null;
        Dictionary<string, LedgerGroup>? groups = null;
        while (StoredJson.NextName(ref reader) is { } name)
        {
            switch (name)
            {
                case "zoomId":
                    zoomId = StoredJson.Text(ref reader);
                    break;
                case "userName":
                    userName = StoredJson.Text(ref reader);
                    break;
                case "anchor":
                    anchor = StoredJson.Text(ref reader);
                    break;
                case "origin":
                    origin = StoredJson.Choice<LedgerOrigin>(ref reader);
                    break;
                case "linkedAt":
                    linkedAt = reader.GetDateTimeOffset();
                    break;
                case "isRemoved":
                    isRemoved = reader.GetBoolean();
                    break;
                case "mustRead":
                    mustRead = reader.GetBoolean();
                    break;
                case "seenBy":
                    seenBy = StoredJson.Choice<UserDetail>(ref reader);
                    break;
                case "seen":
                    seen = StoredJson.Resource(ref reader);
                    break;
                case "untold":
                    StoredJson.Texts(ref reader, untold = []);
                    break;
                case "licensesBefore":
                    StoredJson.Texts(ref reader, licensesBefore = []);
                    break;
                case "ignored":
                    ReadIgnored(ref reader, ignored = []);
                    break;
                case "groups":
                    ReadGroups(ref reader, groups = []);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (zoomId is null || userName is null || origin is not { } how)
        {
            throw new JsonException("It does not say whom it is about.");
        }

        var entry = new LedgerEntry(zoomId, userName, how, linkedAt)
        {
            Anchor = anchor,
            IsRemoved = isRemoved,
            MustRead = mustRead,
            Seen = seen is null ? null : new ScimUser(seen, seenBy),
        };
        foreach (DictionaryEntry sent in untold ?? [])
        {
            entry.Untold[(string)sent.Key] = sent.Value;
        }

        Copy(licensesBefore, () => entry.LicensesBefore);
        Copy(ignored, () => entry.Ignored);
        Copy(groups, () => entry.Groups);
        return entry;
    }

    private static void ReadIgnored(ref Utf8JsonReader reader, Dictionary<string, IgnoredValue> into)
    {
        StoredJson.Require(ref reader, JsonTokenType.StartObject);
        while (StoredJson.NextName(ref reader) is { } attribute)
        {
            var value = new IgnoredValue(string.Empty, string.Empty);
            while (StoredJson.NextName(ref reader) is { } name)
            {
                switch (name)
                {
                    case "sent":
                        value = value with { Sent = StoredJson.Text(ref reader) };
                        break;
                    case "shown":
                        value = value with { Shown = StoredJson.Text(ref reader) };
                        break;
                    default:
                        reader.Skip();
                        break;
                }
            }

            into[StoredText.Decode(attribute)] = value;
        }
    }

    private static void ReadGroups(ref Utf8JsonReader reader, Dictionary<string, LedgerGroup> into)
    {
        StoredJson.Require(ref reader, JsonTokenType.StartObject);
        while (StoredJson.NextName(ref reader) is { } id)
        {
            var group = new LedgerGroup(string.Empty, IsCertain: false);
            while (StoredJson.NextName(ref reader) is { } name)
            {
                switch (name)
                {
                    case "name":
                        group = group with { Name = StoredJson.Text(ref reader) };
                        break;
                    case "isCertain":
                        group = group with { IsCertain = reader.GetBoolean() };
                        break;
                    default:
                        reader.Skip();
                        break;
                }
            }

            into[StoredText.Decode(id)] = group;
        }
    }

    private static void Copy<T>(Dictionary<string, T>? from, Func<Dictionary<string, T>> into)
    {
        foreach (var pair in from ?? [])
        {
            into()[pair.Key] = pair.Value;
        }
    }
}
