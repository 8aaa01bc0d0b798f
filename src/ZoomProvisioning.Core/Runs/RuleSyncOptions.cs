using System;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;

namespace ZoomProvisioning.Runs;

/// <summary>How a rule is run.</summary>
internal sealed class RuleSyncOptions
{
    /// <summary>The most people worked on at once, 1 to 64.</summary>
    public int Concurrency { get; init; } = 16;

    /// <summary>The id of the plan that an admin has looked at and lets go what it held; its first twelve digits are enough. Null for none.</summary>
    public string? Approve { get; init; }

    /// <summary>The saved plan of an undo, with the approvals of it; null for none.</summary>
    public SyncPlan? ApprovedPlan { get; init; }

    /// <summary>What is done with the rest when the guard holds removals back.</summary>
    public OnGuard OnGuard { get; init; }

    /// <summary>Whether the ledger is made anew from the journal, where it is lost.</summary>
    public bool Rebuild { get; init; }

    /// <summary>Whether the rule goes on, however its last runs ended.</summary>
    public bool Resume { get; init; }

    /// <summary>Whether each user is read after writing and compared.</summary>
    public bool Verify { get; init; }

    /// <summary>Whether the rule itself is being removed, so that everybody leaves it.</summary>
    public bool RemovesRule { get; init; }

    /// <summary>The people the run is about; null for everybody.</summary>
    public Selection? Only { get; init; }

    /// <summary>Asks whether a plan is to be carried out; null carries it out.</summary>
    public Func<SyncPlan, Task<bool>>? Confirm { get; init; }

    /// <summary>Asks <see cref="Confirm"/>, and says how long that took: what somebody takes to read a question is not what a run takes.</summary>
    internal async Task<(bool GoesOn, TimeSpan Asked)> ConfirmAsync(SyncPlan plan)
    {
        var began = Clock.Elapsed;
        var goesOn = Confirm is not { } confirm || await confirm(plan).ConfigureAwait(false);
        return (goesOn, Clock.Elapsed - began);
    }

    /// <summary>Takes each result as it comes, one at a time.</summary>
    public Action<ChangeResult>? OnResult { get; init; }

    /// <summary>Takes the progress, on any thread.</summary>
    public Action<SyncProgress>? OnProgress { get; init; }

    /// <summary>The time.</summary>
    public IClock Clock { get; init; } = SystemClock.Instance;
}
