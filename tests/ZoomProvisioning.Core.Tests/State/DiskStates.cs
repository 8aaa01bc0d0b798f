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

    /// <summary>Folders that were opened, with the account and the rule.</summary>
    public List<string> Opened { get; } = [];

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
        return new MemoryState();
    }

    public Ledger? ReadLedger(string folder) => _states.TryGetValue(folder, out var state) ? state.Ledger : null;

    public IEnumerable<JournalEntry> ReadJournal(string folder) => _states.TryGetValue(folder, out var state) ? state.Journal : [];

    public IEnumerable<JournalEntry> SalvageJournal(string folder) =>
        ReadJournal(folder).Select(e => e.Number <= Checks[folder].Entries ? e : new JournalEntry(JournalKind.Lost) { Number = e.Number });

    public JournalCheck CheckJournal(string folder, bool withoutLedger = false) => Checks[folder];

    public bool IsRuleFolder(string folder) => _states.ContainsKey(folder);

    public IReadOnlyList<IJournalPart> ReadParts(string folder) => throw new NotSupportedException();

    public IHeldFolder? Hold(string folder) => throw new NotSupportedException();

    public IJournal OpenDirect(string folder, string account) => throw new NotSupportedException();

    public void SaveReads(string folder, AccountReads reads) => throw new NotSupportedException();

    public AccountReads? FindReads(string folder) => null;

    public void ForgetReads(string folder)
    {
        // There are none.
    }

    public void WritePlan(SyncPlan plan, Stream to) => throw new NotSupportedException();

    public SyncPlan ReadPlan(Stream from) => throw new NotSupportedException();

    public string ToJson(ScimObject resource, bool indented) => throw new NotSupportedException();

    public string ToJson(LogEntry entry) => throw new NotSupportedException();

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
