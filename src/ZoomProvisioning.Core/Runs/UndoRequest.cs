using System;
using System.Collections.Generic;
using System.IO;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Runs;

/// <summary>What is to be undone.</summary>
/// <param name="History">The journals of the account.</param>
/// <param name="Run">The run.</param>
/// <param name="Place">The journal it is in.</param>
internal sealed record UndoRequest(AccountHistory History, HistoryRun Run, JournalPlace Place)
{
    /// <summary>The names or ids of the people it is about; null for everybody.</summary>
    public IReadOnlyList<NamePattern>? User { get; init; }

    /// <summary>Whether people and groups that the run made are deleted; else people are deactivated, and groups stay.</summary>
    public bool DeletesCreated { get; init; }

    /// <summary>What guards the undo of a command without a rule: the usual numbers, for there is nobody of whom to take a share.</summary>
    public static ProvisioningRule GuardOfCommands { get; } = new(StatePlace.Direct)
    {
        Guard = GuardLimits.WithoutShares,
        Fingerprint = "direct-1",
    };
    /// <summary>
    /// The rule whose run it was, for its limits and the people it protects: as the file has it that the rule was in when it ran last,
    /// else the file of that name in the rules folder. One that cannot be read gives its name to the usual limits.
    /// </summary>
    /// <param name="read">Reads a rule's file.</param>
    /// <param name="warn">Takes what is to be said of a rule that cannot be read.</param>
    public ProvisioningRule FindRule(Func<string, ProvisioningRule> read, Action<string> warn)
    {
        if (Place.Rule is null)
        {
            return GuardOfCommands;
        }

        try
        {
            return Place.Rule == BuiltInRule.Name ? BuiltInRule.Create()
                : read(Place.RuleFile is { } file && File.Exists(file) ? file : RuleFolder.Find(Place.Rule));
        }
        catch (ScimException exception)
        {
            warn($"The rule '{Place.Rule}' cannot be read ({exception.Message}), so the usual limits guard this undo, "
                + "and nobody but admins and owners is protected. Name the rule with -Rule.");
            return new ProvisioningRule(Place.Rule);
        }
    }

    /// <summary>Where the run was written down, and is to be taken back.</summary>
    public IRuleState StateIn(IStateFactory states, string account) => Place.Rule is null
        ? new DirectState(states, Place.Folder, account)
        : new RuleState(states, Place.Folder, account, Place.Title);
}
