using System;
using System.Collections.Generic;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Engine.State;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Engine;

/// <summary>The engine's side of what a rule keeps on disk.</summary>
public sealed class StateFactory : IStateFactory
{
    /// <inheritdoc/>
    public IStateFolder Open(string folder, string account, string rule) => throw new NotSupportedException();

    /// <inheritdoc/>
    public Ledger? ReadLedger(string folder) => throw new NotSupportedException();

    /// <inheritdoc/>
    public IEnumerable<JournalEntry> ReadJournal(string folder) => throw new NotSupportedException();

    /// <inheritdoc/>
    public JournalCheck CheckJournal(string folder) => throw new NotSupportedException();

    /// <inheritdoc/>
    public string WritePlan(SyncPlan plan) => throw new NotSupportedException();

    /// <inheritdoc/>
    public SyncPlan ReadPlan(string json) => throw new NotSupportedException();

    /// <inheritdoc/>
    public RuleNode ParseRule(string json) => RuleJson.Parse(json);

    /// <inheritdoc/>
    public string WriteRule(RuleNode rule) => RuleJson.Write(rule);

    /// <inheritdoc/>
    public string ToJson(ScimObject resource, bool indented) => throw new NotSupportedException();
}
