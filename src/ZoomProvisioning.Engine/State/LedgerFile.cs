using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using ZoomProvisioning.Engine.State.Contracts;
using ZoomProvisioning.Files;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Engine.State;

/// <summary>
/// The ledger on the disk: <c>ledger.json</c>. One JSON object, with a line for its head, for each person and for each bystander, and
/// a last line with the hash of the others, so that it is read and written line by line and never stands in memory as a whole.
/// </summary>
/// <param name="Ledger">The ledger.</param>
/// <param name="Journal">Where the journal stood.</param>
internal sealed record LedgerFile(Ledger Ledger, JournalMark Journal)
{
    public const string Name = "ledger.json";

    private const string People = "people";
    private const string Bystanders = "bystanders";
    private const string Undone = "undone";

    /// <summary>The hash of its lines; null in a file of version 0.1.0.</summary>
    public string? Hash { get; private init; }

    /// <summary>Whether there is nothing in it yet, and so nothing a journal must know of.</summary>
    public bool IsBlank => Ledger is { JournalPosition: 0, Entries.Count: 0, Bystanders.Count: 0 };

    /// <summary>Replaces the file, whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="anchor">Takes the hash of its lines before the file takes the old one's place.</param>
    public void Write(string path, Action<string> anchor)
    {
        var hash = string.Empty;
        AtomicFile.Write(path, stream => hash = Write(stream), () => anchor(hash));
    }

    private string Write(Stream stream)
    {
        using var lines = new SealedLinesWriter(stream);
        lines.Begin(new LedgerBody { Of = Ledger, Journal = Journal }, StateJsonContext.Default.LedgerBody, People);
        lines.Items(Ledger.Entries.OrderBy(e => e.ZoomId, StringComparer.Ordinal).Select(e => new PersonBody { Of = e }), StateJsonContext.Default.PersonBody);
        lines.Next(Bystanders);
        lines.Items(Ledger.Bystanders.OrderBy(u => u.Id, StringComparer.Ordinal).Select(u => u.Attributes), StateJsonContext.Default.ScimObject);
        lines.Next(Undone);
        lines.Items(
            Ledger.Undone.OrderBy(u => u.Who, StringComparer.Ordinal).ThenBy(u => u.Action).ThenBy(u => u.Message, StringComparer.Ordinal),
            StateJsonContext.Default.UndoneChange);
        return lines.End();
    }

    /// <summary>Reads the file; null when there is none.</summary>
    /// <exception cref="ScimStateException">It is no ledger, or damaged.</exception>
    public static LedgerFile? Read(string path) => Read(path, headOnly: false);

    /// <summary>Reads the file without its people and without comparing it with its hash; null when there is none.</summary>
    /// <exception cref="ScimStateException">It is no ledger, or damaged.</exception>
    public static LedgerFile? ReadHead(string path) => Read(path, headOnly: true);

    private static LedgerFile? Read(string path, bool headOnly)
    {
        // Of a link it is the file that counts.
        var file = PrivateFiles.Target(path);
        if (!File.Exists(file))
        {
            return null;
        }

        using var stream = JournalReader.OpenShared(file);
        using var lines = new SealedLinesReader(stream);
        try
        {
            var head = lines.Head(StateJsonContext.Default.LedgerBody);
            head.Of.JournalPosition = head.Journal.Number;
            if (!headOnly)
            {
                ReadLists(lines, head);
            }

            return new LedgerFile(head.Of, head.Journal) { Hash = lines.Hash };
        }
        catch (Exception exception) when (StoredJson.IsDamage(exception))
        {
            throw StateErrors.LedgerDamaged(path, $"line {lines.Number}: {exception.Message}", exception);
        }
    }

    private static void ReadLists(SealedLinesReader lines, LedgerBody head)
    {
        var bystanders = new List<ScimObject>(head.Bystanders ?? []);
        while (lines.TryRead(out var list, out var item))
        {
            if (list == People)
            {
                var person = Item(item, StateJsonContext.Default.PersonBody).Of;
                person.Seen?.Attributes.Pack();
                head.Of.Put(person);
            }
            else if (list == Bystanders)
            {
                var bystander = Item(item, StateJsonContext.Default.ScimObject);
                bystander.Pack();
                bystanders.Add(bystander);
            }
            else if (list == Undone)
            {
                head.Of.Undone.Add(Item(item, StateJsonContext.Default.UndoneChange));
            }
        }

        if (lines.Hash is null && head.Format > 1)
        {
            throw new JsonException("The file has no hash.");
        }

        head.Of.Bystanders = bystanders.Select(u => new ScimUser(u, UserDetail.Read)).ToList();
    }

    private static T Item<T>(ReadOnlySpan<byte> json, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(json, type) ?? throw new JsonException("It does not say whom it is about.");
}
