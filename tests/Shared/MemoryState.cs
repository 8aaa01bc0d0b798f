using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Tests;

/// <summary>
/// A rule's folder in memory. What a killed run leaves is what stands in here, so a test kills a run by throwing from
/// <see cref="BeforeAppend"/> or <see cref="AfterAppend"/> and opens the same state again.
/// </summary>
internal sealed class MemoryState : IStateFolder
{
    private readonly object _gate = new();
    private readonly List<JournalEntry> _journal = [];
    private readonly IClock _clock;
    private long _savedPosition;
    private int _savedEntries;

    public MemoryState(IClock? clock = null) => _clock = clock ?? new FakeClock();

    /// <summary>Called with the entry as it will be written, before it is; what it throws keeps the entry out of the journal.</summary>
    public Action<JournalEntry>? BeforeAppend { get; set; }

    /// <summary>Called with the entry when it is in the journal; what it throws reaches the caller all the same.</summary>
    public Action<JournalEntry>? AfterAppend { get; set; }

    /// <summary>All entries, oldest first.</summary>
    public IReadOnlyList<JournalEntry> Journal
    {
        get
        {
            lock (_gate)
            {
                return _journal.ToList();
            }
        }
    }

    /// <summary>How often the ledger was saved.</summary>
    public int Saves { get; private set; }

    public Ledger? Ledger { get; private set; }

    public long LastEntry
    {
        get
        {
            lock (_gate)
            {
                return _journal.Count;
            }
        }
    }

    public string? OpenToOthers => null;

    public bool IsDisposed { get; private set; }

    /// <summary>
    /// The state as a file would give it back: the ledger is what it was when it was saved, not what the fold has made of the
    /// object since, and stands at the position it was saved with, after which a start folds once more.
    /// </summary>
    public MemoryState Reopen()
    {
        var again = new MemoryState(_clock);
        lock (_gate)
        {
            again._journal.AddRange(_journal);
            if (Ledger is { } ledger)
            {
                var fold = new LedgerFold(new Ledger(ledger.Account, ledger.Rule));
                foreach (var entry in _journal.Take(_savedEntries))
                {
                    fold.Apply(entry);
                }

                again.Ledger = fold.Ledger;
                again.Ledger.Bystanders = ledger.Bystanders;
                again.Ledger.JournalPosition = again._savedPosition = _savedPosition;
                again._savedEntries = _savedEntries;
            }
        }

        return again;
    }

    public IEnumerable<JournalEntry> ReadJournal(long after) => Journal.Where(e => e.Number > after).ToList();

    public JournalEntry Append(JournalEntry entry)
    {
        JournalEntry written;
        lock (_gate)
        {
            written = entry.Written(_journal.Count + 1, _clock.UtcNow);
            BeforeAppend?.Invoke(written);
            _journal.Add(written);
        }

        AfterAppend?.Invoke(written);
        return written;
    }

    public void SaveLedger(Ledger ledger)
    {
        lock (_gate)
        {
            Ledger = ledger;
            _savedPosition = ledger.JournalPosition;
            _savedEntries = _journal.Count;
            Saves++;
        }
    }

    public void Dispose() => IsDisposed = true;
}

/// <summary>What one rule keeps about one account, in memory.</summary>
internal sealed class MemoryRuleState(ProvisioningRule rule, IClock? clock = null) : IRuleState
{
    private readonly List<HeldPlan> _held = [];

    /// <summary>What stands in the rule's folder.</summary>
    public MemoryState Memory { get; } = new(clock);

    public string Account => "account";

    public string Rule => rule.Name;

    public bool KeepsLedger => true;

    public IStateFolder Open(bool rebuild) => Memory;

    public IReadOnlyCollection<string> FindCreated(IReadOnlyCollection<string> zoomIds) => [];

    public OtherRules FindOthers(IReadOnlyCollection<string> zoomIds, System.DateTimeOffset now) => OtherRules.None;

    public IEnumerable<JournalEntry> ReadJournal() => Memory.Journal;

    /// <summary>Whom the last plan has read.</summary>
    public AccountReads? Reads { get; private set; }

    void IRuleState.KeepReads(AccountReads reads) => Reads = reads;

    AccountReads? IRuleState.RecallReads(System.DateTimeOffset now) => Reads?.CountsFor(Account, now) == true ? Reads : null;

    void IRuleState.ForgetReads() => Reads = null;

    void IRuleState.Remember(HeldPlan plan) => _held.Add(plan);

    IApproval? IRuleState.FindHeld(string planId) => _held.Find(h => h.PlanId.StartsWith(planId, System.StringComparison.Ordinal));

    public Ledger Peek(ProvisioningRule _)
    {
        var fold = new LedgerFold(Memory.Ledger ?? new Ledger(Account, rule.Name), rule);
        foreach (var entry in Memory.ReadJournal(fold.Ledger.JournalPosition))
        {
            fold.Apply(entry);
        }

        return fold.Ledger;
    }
}
