using System;
using System.Collections.Generic;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Reconcile;

/// <summary>What a plan is made of.</summary>
public sealed class PlanInput
{
    /// <summary>The rule.</summary>
    public required ProvisioningRule Rule { get; init; }

    /// <summary>The source.</summary>
    public required SourceSnapshot Source { get; init; }

    /// <summary>The account, with those users read in full of whom <see cref="DetailNeeds"/> says so.</summary>
    public required AccountSnapshot Account { get; init; }

    /// <summary>The ledger.</summary>
    public required Ledger Ledger { get; init; }

    /// <summary>Who is whom.</summary>
    public required IReadOnlyList<Correlation> Correlations { get; init; }

    /// <summary>The other rules that manage people who would be taken over or removed.</summary>
    public OtherRules OtherRules { get; init; } = OtherRules.None;

    /// <summary>Those of the people to be taken over whom commands without a rule have created, by Zoom id.</summary>
    public IReadOnlyCollection<string> CreatedHere { get; init; } = [];

    /// <summary>What the connection allows.</summary>
    public required ZoomScimConnection Connection { get; init; }

    /// <summary>What happened in the day before, by the journal; read only when it matters.</summary>
    public Func<RecentChanges> Recent { get; init; } = () => RecentChanges.None;

    /// <summary>Why what the rule remembers may be older than Zoom, as a sentence; null when nothing says so.</summary>
    public string? StateDoubt { get; init; }

    /// <summary>Whether the rule itself is being removed, with an empty source on purpose.</summary>
    public bool RemovesRule { get; init; }

    /// <summary>Whether somebody said that the rule goes on, however its last runs ended.</summary>
    public bool Resumes { get; init; }

    /// <summary>The people the plan is about; null for everybody.</summary>
    public Selection? Only { get; init; }

    /// <summary>When the plan is made.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>How far the clock of this machine is ahead of Zoom's (negative: behind); null when nobody knows.</summary>
    public TimeSpan? ClockAhead { get; init; }

    /// <summary>By how much the clock was set back since the last line of the journal; nothing when it was not.</summary>
    public TimeSpan SetBackBy { get; init; }

    /// <summary>Why something may not be done, in words; null when it may.</summary>
    internal string? Refusal(Capability capability, bool ruleAllows, string name) =>
        !ruleAllows ? $"the rule may not do that (capabilities.{name})"
        : Connection.RefusalOf(capability);
}
