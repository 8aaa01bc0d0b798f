using System;
using System.Collections.Generic;
using System.IO;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.State;

/// <summary>
/// What is kept of the commands without a rule, for a plan that takes one of them back:
/// their journal, and no ledger, for nobody is anybody's.
/// </summary>
internal sealed class DirectState(IStateFactory factory, string folder, string account) : IRuleState
{
    /// <inheritdoc/>
    public string Account => account;

    /// <inheritdoc/>
    public string Rule => StatePlace.Direct;

    /// <inheritdoc/>
    public bool KeepsLedger => false;

    /// <inheritdoc/>
    public IStateFolder Open(bool rebuild) => new Folder(factory.OpenDirect(folder, account));

    /// <inheritdoc/>
    public Ledger Peek(ProvisioningRule rule) => new(account, Rule);

    /// <inheritdoc/>
    public OtherRules FindOthers(IReadOnlyCollection<string> zoomIds, DateTimeOffset now) => OtherRules.None;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> FindCreated(IReadOnlyCollection<string> zoomIds) => [];

    /// <inheritdoc/>
    public IEnumerable<JournalEntry> ReadJournal() => Directory.Exists(folder) ? factory.ReadJournal(folder) : [];

    /// <inheritdoc/>
    public void KeepReads(AccountReads reads)
    {
        // Taking something back reads those whom it concerns, and them anew.
    }

    /// <inheritdoc/>
    public AccountReads? RecallReads(DateTimeOffset now) => null;

    /// <inheritdoc/>
    public void ForgetReads()
    {
        // There are none.
    }

    /// <inheritdoc/>
    public void Remember(HeldPlan plan) => plan.Save(folder);

    /// <inheritdoc/>
    public IApproval? FindHeld(string planId) => HeldPlan.Find(folder, planId);

    /// <summary>The journal as a run's folder; others may add to it at the same time.</summary>
    private sealed class Folder(IJournal journal) : IStateFolder
    {
        public Ledger? Ledger => null;

        public long LastEntry => 0;

        public string? OpenToOthers => null;

        public IEnumerable<JournalEntry> ReadJournal(long after) => [];

        public JournalEntry Append(JournalEntry entry) => journal.Append(entry);

        public void SaveLedger(Ledger ledger)
        {
            // Nothing is kept but the journal.
        }

        public void Dispose()
        {
            // The journal is open only while it is written to.
        }
    }
}
