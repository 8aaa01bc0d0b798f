using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Tests.State;

/// <summary>Folders of rules in a folder of their own on the disk, with ledgers and journals in memory; gone when disposed.</summary>
internal sealed class DiskStates : IStateFactory, IDisposable
{
    private readonly Dictionary<string, (Ledger? Ledger, List<JournalEntry> Journal)> _states = new(StringComparer.Ordinal);

    public DiskStates() => Directory.CreateDirectory(Account);

    public string Root { get; } = Path.Combine(Path.GetTempPath(), "zp-" + Guid.NewGuid().ToString("N"));

    public string Account => Path.Combine(Root, "account");

    /// <summary>What the check of a journal says, by folder.</summary>
    public Dictionary<string, JournalCheck> Checks { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether the ledger was left out of each check of a journal.</summary>
    public List<bool> ChecksWithoutLedger { get; } = [];

    /// <summary>Folders that were opened, with the account and the rule.</summary>
    public List<string> Opened { get; } = [];

    /// <summary>What was given for the last folder that was opened.</summary>
    public MemoryState? LastOpened { get; private set; }

    /// <summary>What a plan has read, by folder.</summary>
    public Dictionary<string, AccountReads> Reads { get; } = new(StringComparer.Ordinal);

    /// <summary>What writing <see cref="Reads"/> throws; null where it works.</summary>
    public Exception? ReadsFailure { get; set; }

    /// <summary>Makes a folder, with the card of a rule where there is one.</summary>
    public string Folder(string name, RuleCard? card = null)
    {
        var folder = Path.Combine(Account, name);
        Directory.CreateDirectory(folder);
        card?.Write(folder, this);
        return folder;
    }

    public void Put(string folder, Ledger? ledger, params JournalEntry[] journal) => _states[folder] = (ledger, [.. journal]);

    // A line a value: the name, what it is, the value.
    public RuleNode ParseRule(string text) => RuleNode.Of(text.Split(['\n'], StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('|')).Select(l =>
        new KeyValuePair<string, RuleNode>(l[0], l[1] == "flag" ? RuleNode.Of(l[2] == "true") : l[1] == "text" ? RuleNode.Of(l[2]) : RuleNode.Nothing)));

    public string WriteRule(RuleNode rule) => string.Join("\n", rule.Entries.Select(e =>
        e.Value.Kind == RuleNodeKind.Flag ? $"{e.Key}|flag|{(e.Value.Flag ? "true" : "false")}" : $"{e.Key}|text|{e.Value.Text}"));

    public IStateFolder Open(string folder, string account, string rule, bool rebuild = false)
    {
        Directory.CreateDirectory(folder);
        Opened.Add($"{Path.GetFileName(folder)} {account} {rule} {rebuild}");
        return LastOpened = new MemoryState();
    }

    public Ledger? ReadLedger(string folder) => _states.TryGetValue(folder, out var state) ? state.Ledger : null;

    public IEnumerable<JournalEntry> ReadJournal(string folder) => !Directory.Exists(folder) ? throw new DirectoryNotFoundException(folder)
        : _states.TryGetValue(folder, out var state) ? state.Journal : [];

    public IEnumerable<JournalEntry> SalvageJournal(string folder) =>
        ReadJournal(folder).Select(e => e.Number <= Checks[folder].Entries ? e : new JournalEntry(JournalKind.Lost) { Number = e.Number });

    public JournalCheck CheckJournal(string folder, bool withoutLedger = false)
    {
        ChecksWithoutLedger.Add(withoutLedger);
        return Checks[folder];
    }

    public bool IsRuleFolder(string folder) => _states.ContainsKey(folder);

    public IReadOnlyList<IJournalPart> ReadParts(string folder) => [new Part(ReadJournal(folder))];

    public IHeldFolder? Hold(string folder) => throw new NotSupportedException();

    public IJournal OpenDirect(string folder, string account) => Open(folder, account, string.Empty);

    public void SaveReads(string folder, AccountReads reads) => Reads[folder] = ReadsFailure is null ? reads : throw ReadsFailure;

    public AccountReads? FindReads(string folder) => Reads.TryGetValue(folder, out var reads) ? reads : null;

    public void ForgetReads(string folder) => Reads.Remove(folder);

    public void WritePlan(SyncPlan plan, Stream to) => throw new NotSupportedException();

    public SyncPlan ReadPlan(Stream from) => throw new NotSupportedException();

    public string ToJson(ScimObject resource, bool indented) => throw new NotSupportedException();

    public string ToJson(LogEntry entry) => throw new NotSupportedException();

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private sealed class Part(IEnumerable<JournalEntry> entries) : IJournalPart
    {
        public DateTimeOffset From => DateTimeOffset.MinValue;

        public DateTimeOffset? Until => null;

        public IEnumerable<JournalEntry> Read(DateTimeOffset? after, IReadOnlyCollection<JournalKind>? kinds) =>
            entries.Where(e => kinds is null || kinds.Contains(e.Kind));
    }
}
