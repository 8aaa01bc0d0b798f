using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ZoomProvisioning.Cli.Source;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Cli.Views;

/// <summary>A sync in numbers. Every row of the source is in exactly one of them.</summary>
internal sealed class RunSummary
{
    public RunSummary(CsvContent source, IReadOnlyList<ChangeResult> results)
    {
        int Done(PlanAction action) => results.Count(r => r.Outcome == ChangeOutcome.Done && r.Action == action);

        People = source.Count;
        Created = Done(PlanAction.Create);
        Updated = Done(PlanAction.Update);
        Reactivated = Done(PlanAction.Reactivate);
        Disabled = Done(PlanAction.Disable);
        Unchanged = results.Count(r => r.Outcome == ChangeOutcome.NoChange);
        Failed = source.FailedRows + results.Count(r => r.Outcome is ChangeOutcome.Failed or ChangeOutcome.Unknown or ChangeOutcome.NotSent);
        // Several rows of one person are one blocked entry of the plan.
        Blocked = People - Created - Updated - Reactivated - Disabled - Unchanged - Failed;
    }

    public int People { get; }

    public int Created { get; }

    public int Updated { get; }

    public int Reactivated { get; }

    public int Disabled { get; }

    public int Unchanged { get; }

    public int Blocked { get; }

    public int Failed { get; }

    public override string ToString() => string.Format(CultureInfo.CurrentCulture,
        "{0:N0} people in the source: {1:N0} created, {2:N0} updated, {3:N0} reactivated, {4:N0} disabled, {5:N0} unchanged, {6:N0} blocked, {7:N0} failed.",
        People, Created, Updated, Reactivated, Disabled, Unchanged, Blocked, Failed);
}
