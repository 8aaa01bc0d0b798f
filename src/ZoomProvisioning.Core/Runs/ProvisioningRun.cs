using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Runs;

/// <summary>How a run ended as a whole.</summary>
public enum RunOutcome
{
    /// <summary>Everybody of the source, and everybody the rule manages, is as the source says.</summary>
    Done,

    /// <summary>There is something to do, and it was only planned (-WhatIf).</summary>
    Planned,

    /// <summary>The guard held something back.</summary>
    Held,

    /// <summary>Some people are not as the source says, and nobody has said that they may stay so: see <see cref="ProvisioningRun.Attention"/>.</summary>
    Attention,

    /// <summary>The run was stopped before its end: by Ctrl+C, or because everything failed. What is left is listed.</summary>
    Stopped,

    /// <summary>Nothing failed, but some people were left alone because they had changed since the plan was made: plan again.</summary>
    Stale,
}

/// <summary>A run of a rule, in numbers and person by person.</summary>
public sealed class ProvisioningRun
{
    /// <summary>Makes a summary.</summary>
    public ProvisioningRun(SyncPlan plan, IReadOnlyList<ChangeResult> results)
    {
        Plan = plan;
        Results = results;
    }

    /// <summary>The run's id, as in the journal.</summary>
    public string RunId { get; init; } = string.Empty;

    /// <summary>The id of the run that this one takes back; null when it takes none back.</summary>
    public string? Undoes { get; init; }

    /// <summary>Whether the rule itself was being removed, and its people with it.</summary>
    public bool RemovesRule { get; init; }

    /// <summary>The plan that was carried out.</summary>
    public SyncPlan Plan { get; }

    /// <summary>One result for each entry of the plan; empty when it was only planned.</summary>
    public IReadOnlyList<ChangeResult> Results { get; }

    /// <summary>The rule.</summary>
    public string Rule => Plan.Rule;

    /// <summary>The account.</summary>
    public string Account => Plan.Account;

    /// <summary>Who ran it: user@machine.</summary>
    public string Actor { get; init; } = string.Empty;

    /// <summary>When it began (UTC).</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The records of the source that cannot be used.</summary>
    public IReadOnlyList<SourceProblem> SourceProblems { get; init; } = [];

    /// <summary>Why the run was stopped before its end; null when it was not.</summary>
    public string? StoppedBecause { get; init; }

    /// <summary>What to tell about the run as a whole, such as seats that ran out.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What became of the notifications that the rule wanted to be sent (notify).</summary>
    public IReadOnlyList<NotificationResult> Notifications { get; internal set; } = new List<NotificationResult>();

    /// <summary>Who is not as the source says, grouped by reason. Empty when everybody is, or is left alone on purpose.</summary>
    public IReadOnlyList<AttentionGroup> Attention { get; init; } = new List<AttentionGroup>();

    /// <summary>How many people are not as the source says.</summary>
    public int NeedAttention => Attention.Sum(g => g.Count);

    /// <summary>Whether writes were allowed; false for -WhatIf.</summary>
    public bool Applied { get; init; } = true;

    /// <summary>How many people were created.</summary>
    public int Created => Done(PlanAction.Create);

    /// <summary>How many people were taken over.</summary>
    public int Adopted => Done(PlanAction.Adopt);

    /// <summary>How many people were changed, memberships included.</summary>
    public int Updated => Done(PlanAction.Update) + Done(PlanAction.ChangeGroups);

    /// <summary>How many people were reactivated.</summary>
    public int Reactivated => Done(PlanAction.Reactivate);

    /// <summary>How many people are known under another anchor from now on.</summary>
    public int Relinked => Done(PlanAction.Relink);

    /// <summary>How many people were deactivated.</summary>
    public int Disabled => Done(PlanAction.Disable);

    /// <summary>How many people were deleted.</summary>
    public int Deleted => Done(PlanAction.Delete);

    /// <summary>How many people needed nothing.</summary>
    public int Unchanged => Results.Count(r => r.Outcome == ChangeOutcome.NoChange);

    /// <summary>How many changes were left out: blocked, protected, gone stale.</summary>
    public int Skipped => Results.Count(r => r.Outcome == ChangeOutcome.Skipped);

    /// <summary>How many of those were left out because the people had changed in Zoom since the plan was made.</summary>
    public int Stale => Results.Count(r => r.IsStale);

    /// <summary>How many changes the guard held back.</summary>
    public int Held => Results.Count(r => r.Outcome == ChangeOutcome.Held);

    /// <summary>How many changes Zoom refused or could not be told, unreadable records included.</summary>
    public int Failed => Results.Count(r => r.Outcome is ChangeOutcome.Failed or ChangeOutcome.Unknown);

    /// <summary>How many of those were sent and not answered, so that they may have been done.</summary>
    internal int Unknown => Results.Count(r => r.Outcome == ChangeOutcome.Unknown);

    /// <summary>How many changes were not begun because the run was stopped.</summary>
    public int NotSent => Results.Count(r => r.Outcome == ChangeOutcome.NotSent);

    /// <summary>Whether nothing was done because the rule's runs before were all held back or failed.</summary>
    public bool IsQuarantined => Plan.IsQuarantined;

    /// <summary>What somebody changed in Zoom by hand, against the ledger.</summary>
    public IEnumerable<PlannedChange> Drift => Plan.Changes.Where(c => c.ByHand.Any());

    /// <summary>How it ended as a whole.</summary>
    public RunOutcome Outcome => Applied && StoppedBecause is not null ? RunOutcome.Stopped
        : !Applied && Plan.Pending.Count > 0 ? RunOutcome.Planned
        : Has(AttentionKind.Failed, AttentionKind.Unknown, AttentionKind.NotSent) ? RunOutcome.Attention
        : Held > 0 || Plan.Held.Count > 0 || Plan.Guard.Any(f => f.HoldsRemovals) ? RunOutcome.Held
        : Attention.Any(g => g.Kind != AttentionKind.Stale) ? RunOutcome.Attention
        : Stale > 0 ? RunOutcome.Stale
        : RunOutcome.Done;

    /// <summary>A run that was only planned.</summary>
    internal static ProvisioningRun Planned(SyncPlan plan, Rules.ProvisioningRule rule, SourceSnapshot? source) => new(plan, [])
    {
        Applied = false,
        Notes = source?.Warnings ?? [],
        SourceProblems = source?.Problems ?? [],
        Attention = Runs.Attention.Of(plan, rule),
    };

    private bool Has(params AttentionKind[] kinds) => Attention.Any(g => kinds.Contains(g.Kind));

    /// <summary>One line, in the user's culture.</summary>
    public override string ToString()
    {
        var culture = CultureInfo.CurrentCulture;
        if (!Applied)
        {
            return Plan.ToString();
        }

        var line = new StringBuilder(string.Format(
            culture, "{0}: {1:N0} created, {2:N0} updated, {3:N0} disabled, {4:N0} deleted", Undoes is null ? Rule : "Undo", Created,
            Updated, Disabled, Deleted));
        Part(Adopted, "adopted");
        Part(Reactivated, "reactivated");
        Part(Relinked, "relinked");
        Part(Held, "held by the guard");
        Part(Skipped, Stale > 0 ? string.Format(culture, "skipped ({0:N0} changed since the plan was made: plan again)", Stale) : "skipped");
        Part(Failed - Unknown, "failed");
        Part(Unknown, "unknown");
        Part(NotSent, "not sent");
        line.AppendFormat(culture, ", {0:N0} unchanged", Unchanged);
        Part(Plan.OutOfScopeCount, "out of scope");
        line.AppendFormat(
            culture,
            " in {0}",
            Duration.TotalSeconds < 60 ? string.Format(culture, "{0:N1} s", Duration.TotalSeconds) : Duration.ToString(@"h\:mm\:ss", culture));
        return line.ToString();

        void Part(int number, string what)
        {
            if (number > 0)
            {
                line.AppendFormat(culture, ", {0:N0} {1}", number, what);
            }
        }
    }

    private int Done(PlanAction action) => Results.Count(r => r.Outcome == ChangeOutcome.Done && r.Action == action);
}
