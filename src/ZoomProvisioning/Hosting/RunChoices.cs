using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Runs;

namespace ZoomProvisioning.Hosting;

/// <summary>What an admin chose for a run.</summary>
/// <param name="Approve">The id of the plan that is approved.</param>
/// <param name="OnGuard">What is done with the rest when the guard holds removals back.</param>
/// <param name="Rebuild">Whether a lost ledger is made anew.</param>
/// <param name="Verify">Whether each user is read after writing.</param>
/// <param name="RemovesRule">Whether the rule itself is being removed.</param>
/// <param name="ApprovedPlan">The saved plan of an undo with its approvals; null for none.</param>
/// <param name="Only">The people the run is about; null for everybody.</param>
/// <param name="Resume">Whether the rule goes on, however its last runs ended.</param>
internal sealed record RunChoices(
    string? Approve = null,
    OnGuard OnGuard = OnGuard.HoldRemovals,
    bool Rebuild = false,
    bool Verify = false,
    bool RemovesRule = false,
    Selection? Only = null,
    SyncPlan? ApprovedPlan = null,
    bool Resume = false);
