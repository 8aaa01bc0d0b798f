using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;

namespace ZoomProvisioning.Plans;

/// <summary>What a sync would do, user by user, in a fixed order.</summary>
public sealed record SyncPlan
{
    /// <summary>Makes a plan.</summary>
    public SyncPlan(IReadOnlyList<PlannedChange> changes) => Changes = changes;

    /// <summary>A digest of what the plan says (<see cref="PlanDigest"/>); the same plan has the same id.</summary>
    public string Id { get; init; } = string.Empty;

    /// <summary>The beginning of <see cref="Id"/>, for texts: enough to tell plans apart.</summary>
    internal string ShortId => IdText.Short(Id);

    /// <summary>The account it is for (see <see cref="State.AccountKey"/>); empty for a plan without a rule.</summary>
    public string Account { get; init; } = string.Empty;

    /// <summary>The rule it was made by; empty for a plan without one.</summary>
    public string Rule { get; init; } = string.Empty;

    /// <summary>A digest of the rule's text.</summary>
    public string RuleFingerprint { get; init; } = string.Empty;

    /// <summary>When it was made (UTC). Not part of <see cref="Id"/>.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>How many records of the source were in scope.</summary>
    public int SourceCount { get; init; }

    /// <summary>How many records of the source were out of scope.</summary>
    public int OutOfScopeCount { get; init; }

    /// <summary>The first of them by user name, as far as they have one. Not saved with a plan.</summary>
    public IReadOnlyList<string> OutOfScope { get; init; } = [];

    /// <summary>How many people the rule managed before.</summary>
    public int ManagedCount { get; init; }

    /// <summary>The people of the ledger who are gone from Zoom; carrying out the plan takes them off the ledger. Not saved with a plan.</summary>
    public IReadOnlyList<ManagedUser> Gone { get; init; } = [];

    /// <summary>
    /// The people who left the rule and whom another rule manages; carrying out the
    /// plan takes them off this rule's ledger. Not saved with a plan.
    /// </summary>
    public IReadOnlyList<ManagedUser> Released { get; init; } = [];

    /// <summary>The Zoom ids of whom the source misses, as far as the rule waits before it removes anybody. Not saved with a plan.</summary>
    internal IReadOnlyList<string> Missed { get; init; } = [];

    /// <summary>The Zoom ids of who was missed before and is there again. Not saved with a plan.</summary>
    internal IReadOnlyList<string> Present { get; init; } = [];

    /// <summary>The id of the plan that was looked at and whose approval let entries of this plan go; null when none did.</summary>
    public string? ApprovedPlan { get; init; }

    /// <summary>Whom that approval let go: Zoom ids, or the addresses of people to be created.</summary>
    public IReadOnlyList<string> ApprovedPeople { get; init; } = [];

    /// <summary>The approvals that lie beside a saved plan, or that let entries of this one go. Not saved with a plan.</summary>
    public IReadOnlyList<ProvisioningApproval> Approvals { get; init; } = [];

    /// <summary>Until when it may be applied (UTC); null where the rule does not say. Not part of <see cref="Id"/>.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When the rule's last run before it began (UTC); null when there was none, or it is not known. Not part of <see cref="Id"/>.</summary>
    internal DateTimeOffset? RunBefore { get; init; }

    /// <summary>The file of the rule it was made by; null where that is not known. Not saved with a plan.</summary>
    internal string? RuleFile { get; init; }

    /// <summary>The run that is taken back, in words; null for a plan that takes none back.</summary>
    public string? Undoes { get; init; }

    /// <summary>What the guard says.</summary>
    public IReadOnlyList<GuardFinding> Guard { get; init; } = [];

    /// <summary>One entry for each user of the source and each user who left it, ordered by user name.</summary>
    public IReadOnlyList<PlannedChange> Changes { get; init; }

    /// <summary>The entries that would write to Zoom.</summary>
    public IReadOnlyList<PlannedChange> Pending => Changes.Where(c => c.Writes).ToList();

    /// <summary>The seats it needs and frees, by licence. How many an account has Zoom does not tell.</summary>
    public IReadOnlyList<SeatNeed> Seats => SeatNeed.Of(Pending);

    /// <summary>The entries the guard holds back.</summary>
    public IReadOnlyList<PlannedChange> Held => Changes.Where(c => c.Held is not null).ToList();

    /// <summary>Whether somebody has to look before all of it is done: the guard holds entries, or does not believe what it rests on.</summary>
    internal bool NeedsApproval => Changes.Any(c => c.Held is not null) || Guard.Any(f => f.HoldsRemovals);

    /// <summary>Whether nothing of it is done before people have approved it as a saved plan (Approve-ZoomProvisioningPlan).</summary>
    internal bool NeedsSignOff => Guard.Any(f => f.Check == GuardCheck.ApprovalRequired && f.HoldsRemovals);

    /// <summary>Whether nothing of it is done because the rule's last runs all went wrong.</summary>
    internal bool IsQuarantined => Guard.Any(f => f.Check == GuardCheck.Quarantined && f.HoldsRemovals);

    /// <summary>The entries that would be held and that a look can let go.</summary>
    internal bool MayBeApproved => NeedsApproval && !NeedsSignOff
        && !(Guard.Any(f => !f.MayBeApproved && f.HoldsRemovals) && Held.All(c => c.IsRemoval));

    /// <summary>The same with its <see cref="Id"/>.</summary>
    internal SyncPlan Identified() => this with { Id = PlanDigest.Of(this) };

    /// <summary>The same plan with entries let go or held, and what the guard says about it.</summary>
    internal SyncPlan With(IReadOnlyList<PlannedChange> changes, IReadOnlyList<GuardFinding> guard) => this with { Changes = changes, Guard = guard };

    /// <summary>How many entries have this action, held ones included.</summary>
    public int Count(PlanAction action) => Changes.Count(c => c.Action == action);

    /// <summary>Whether it is this very plan; whether it says the same is told by <see cref="Id"/>.</summary>
    public bool Equals(SyncPlan? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

    /// <summary>For example <c>Plan: 12 to create, 3 to update, 1 to disable, 0 to delete, 2 blocked</c>.</summary>
    public override string ToString()
    {
        var culture = CultureInfo.CurrentCulture;
        string Part(int number, string what) => number > 0 ? string.Format(culture, ", {0:N0} {1}", number, what) : string.Empty;
        return string.Format(culture, "Plan: {0:N0} to create{1}, {2:N0} to update{3}{4}, {5:N0} to disable, {6:N0} to delete, "
            + "{7:N0} blocked{8}{9}, {10:N0} unchanged{11}",
            Count(PlanAction.Create),
            Part(Count(PlanAction.Adopt), "to adopt"),
            Count(PlanAction.Update),
            Part(Count(PlanAction.Reactivate), "to reactivate"),
            Part(Count(PlanAction.ChangeGroups), "to change groups") + Part(Count(PlanAction.Relink), "to relink"),
            Count(PlanAction.Disable),
            Count(PlanAction.Delete),
            Count(PlanAction.Blocked),
            Part(Count(PlanAction.Protected), "protected"),
            Part(Changes.Count(c => c.Held is not null), "held by the guard"),
            Count(PlanAction.NoOp),
            Part(OutOfScopeCount, "out of scope"));
    }
}
