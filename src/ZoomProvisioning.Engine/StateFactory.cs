using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Json;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Engine.State;
using ZoomProvisioning.Engine.State.Contracts;
using ZoomProvisioning.Engine.Wire;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Engine;

/// <summary>The door to what a rule keeps on disk. The module finds it by name, because it must not refer to this assembly.</summary>
public sealed partial class StateFactory : IStateFactory
{
    private readonly IClock _clock;

    // One for all commands of a pipeline, which would else wait for one another.
    private readonly ConcurrentDictionary<(string Folder, string Account), SharedJournal> _direct = new();

    /// <summary>Makes a factory on the machine's clock.</summary>
    public StateFactory()
        : this(SystemClock.Instance)
    {
    }

    /// <summary>As above, with another clock to date the journal by.</summary>
    internal StateFactory(IClock clock) => _clock = clock;

    /// <inheritdoc/>
    public IStateFolder Open(string folder, string account, string rule, bool rebuild = false) => StateFolder.Open(folder, account, rule, rebuild, _clock);

    /// <inheritdoc/>
    public Ledger? ReadLedger(string folder) => Read(folder, () =>
    {
        var ledger = LedgerFile.Read(Path.Combine(folder, LedgerFile.Name));
        JournalChain.Require(folder, ledger);
        return ledger?.Ledger;
    });

    /// <inheritdoc/>
    public IEnumerable<JournalEntry> ReadJournal(string folder) =>
        Read(folder, () => JournalPart.PathsIn(folder).Count > 0) ? JournalReader.ReadAll(folder) : [];

    /// <inheritdoc/>
    public IEnumerable<JournalEntry> SalvageJournal(string folder) => JournalSalvage.Read(folder);

    /// <inheritdoc/>
    public IReadOnlyList<IJournalPart> ReadParts(string folder) => Read(folder, () => JournalSpan.Of(folder));

    /// <inheritdoc/>
    public JournalCheck CheckJournal(string folder, bool withoutLedger = false) => Read(folder, () =>
    {
        var ledger = withoutLedger ? null : LedgerFile.Read(Path.Combine(folder, LedgerFile.Name));
        var saved = ledger?.Journal;
        return JournalPart.PathsIn(folder).Count > 0 ? JournalReader.Check(folder, saved, ledger is { IsBlank: false } ? ledger.Hash : null)
            : saved is { Number: > 0 } lost ? new JournalCheck(false, 0, 1, $"The journal is missing, but the ledger was saved after entry {lost.Number}.")
            : new JournalCheck(true, 0, null, null);
    });

    /// <inheritdoc/>
    public IHeldFolder? Hold(string folder) => Read(folder, () => Directory.Exists(folder) ? new HeldFolder(folder, _clock) : null);

    /// <inheritdoc/>
    public bool IsRuleFolder(string folder) => JournalPart.PathsIn(folder).Count > 0 || File.Exists(Path.Combine(folder, LedgerFile.Name));

    /// <inheritdoc/>
    public IJournal OpenDirect(string folder, string account) =>
        _direct.GetOrAdd((Path.GetFullPath(folder), account), place => new SharedJournal(place.Folder, place.Account, _clock));

    /// <inheritdoc/>
    public void SaveReads(string folder, AccountReads reads) => ReadsFile.Write(folder, reads);

    /// <inheritdoc/>
    public AccountReads? FindReads(string folder) => ReadsFile.Find(folder);

    /// <inheritdoc/>
    public void ForgetReads(string folder) => ReadsFile.Delete(folder);

    /// <inheritdoc/>
    public void WritePlan(SyncPlan plan, Stream to) => PlanFile.Write(plan, to);

    /// <inheritdoc/>
    public SyncPlan ReadPlan(Stream from) => PlanFile.Read(from);

    /// <inheritdoc/>
    public string ToJson(ScimObject resource, bool indented) =>
        Text(indented ? StoredJson.Indented : StoredJson.Compact, writer => ScimJsonWriter.WriteStored(writer, resource));

    /// <inheritdoc/>
    public string ToJson(LogEntry entry) =>
        Text(StoredJson.Compact, writer => JsonSerializer.Serialize(writer, entry, StateJsonContext.Default.LogEntry));

    private static string Text(JsonWriterOptions options, Action<Utf8JsonWriter> write)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json, options))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(json.ToArray());
    }

    private static T Read<T>(string folder, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw StateErrors.Unusable(folder, exception);
        }
    }
}
