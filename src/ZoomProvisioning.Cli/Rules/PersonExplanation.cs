using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Cli.Source;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Cli.Rules;

/// <summary>One person, from the source to the requests.</summary>
/// <param name="Row">The row of the source; null for somebody who is not in it.</param>
/// <param name="Record">What the rule makes of the row; null without one.</param>
/// <param name="Change">What would be done; null when the plan does not speak of the person.</param>
internal sealed record PersonExplanation(CsvRow? Row, RecordExplanation? Record, PlannedChange? Change)
{
    /// <summary>The requests that would be sent.</summary>
    public IReadOnlyList<PlannedRequest> Requests => Change is null ? [] : PlannedRequest.Of(Change);

    /// <summary>Finds somebody in the source by user name or anchor; null when nobody is called so.</summary>
    public static (CsvRow Row, RecordExplanation Record)? Find(ProvisioningRule rule, IEnumerable<CsvRow> rows, string who) => rows
        .Select(row => (Row: row, Record: SourceReader.Explain(rule, row)))
        .Where(p => Is(p.Record.Desired?.Values.UserName, who) || Is(p.Record.Desired?.Values.Email, who) || Is(p.Record.Anchor, who) || p.Row.Names.Any(n => Is(p.Row.Read(n) as string, who)))
        .Select(p => ((CsvRow, RecordExplanation)?)p)
        .FirstOrDefault();

    /// <summary>What a plan says about a row, or else about a user name.</summary>
    public static PlannedChange? Find(SyncPlan plan, CsvRow? row, string who) =>
        (row is null ? null : plan.Changes.FirstOrDefault(c => ReferenceEquals(c.Desired?.Source, row)))
        ?? plan.Changes.FirstOrDefault(c => Is(c.UserName, who) || Is(c.Current?.UserName, who) || Is(c.ZoomId, who));

    private static bool Is(string? value, string who) => string.Equals(value, who, StringComparison.OrdinalIgnoreCase);
}
