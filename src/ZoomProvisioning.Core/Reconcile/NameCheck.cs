using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Reconcile;

/// <summary>
/// Whether so many people get another family name at once that the column is perhaps another one: people marry one by one. Fewer
/// are no rename, since address and given name say who it is.
/// </summary>
internal static class NameCheck
{
    private const int Fewest = 10;
    private const double Share = 0.5;

    /// <summary>What there is to say of it, as sentences; null when nothing is.</summary>
    public static string? Message(Ledger ledger, IEnumerable<PlannedChange> changes)
    {
        var renamed = changes.Count(TakesFamilyName);
        return renamed < Fewest || renamed < ledger.ManagedCount * Share ? null : string.Format(
            CultureInfo.CurrentCulture,
            "{0:N0} of {1} would get another family name, so perhaps two columns were exchanged, or a heading now stands over another one; "
                + "they keep theirs until somebody has looked.",
            renamed,
            Counted.People(Math.Max(renamed, ledger.ManagedCount)));
    }

    /// <summary>Whether somebody of the rule who has a family name gets another one.</summary>
    public static bool TakesFamilyName(PlannedChange change) => change.Action == PlanAction.Update && change.Changes.Any(c =>
        c.Attribute == ZoomAttributes.FamilyName && c.OldValue is string { Length: > 0 } old
        && !string.Equals(old, c.NewValue as string, StringComparison.OrdinalIgnoreCase));
}
