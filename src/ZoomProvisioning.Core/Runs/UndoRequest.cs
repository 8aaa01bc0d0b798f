using System;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Runs;

/// <summary>What is to be undone.</summary>
/// <param name="History">The journals of the account.</param>
/// <param name="Run">The run.</param>
/// <param name="Place">The journal it is in.</param>
internal sealed record UndoRequest(AccountHistory History, HistoryRun Run, JournalPlace Place)
{
    /// <summary>Whether a name or an id is that of somebody it is about; null for everybody.</summary>
    public Func<string, bool>? User { get; init; }

    /// <summary>Whether people and groups that the run made are deleted; else people are deactivated, and groups stay.</summary>
    public bool DeletesCreated { get; init; }

    /// <summary>What guards the undo of a command without a rule: the usual numbers, for there is nobody of whom to take a share.</summary>
    public static ProvisioningRule GuardOfCommands { get; } = new(StatePlace.Direct)
    {
        Guard = GuardLimits.WithoutShares,
        Fingerprint = "direct-1",
    };
}
