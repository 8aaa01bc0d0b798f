using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.State;

/// <summary>How many ended how, as a journal keeps it.</summary>
internal static class OutcomeCounts
{
    /// <summary>Counts.</summary>
    public static IReadOnlyDictionary<string, int> Of(IEnumerable<ChangeOutcome> outcomes) => outcomes
        .GroupBy(o => o).OrderBy(g => g.Key)
        .ToDictionary(g => g.Key.ToString(), g => g.Count(), StringComparer.Ordinal);

    /// <summary>For example <c>12 done, 1 failed</c>; empty when nothing was to be done.</summary>
    public static string Words(IEnumerable<KeyValuePair<string, int>> counts) => string.Join(", ", counts
        .Where(c => c.Key != nameof(ChangeOutcome.NoChange))
        .Select(c => string.Format(
            CultureInfo.CurrentCulture, "{0:N0} {1}", c.Value, c.Key == nameof(ChangeOutcome.NotSent) ? "not sent" : c.Key.ToLowerInvariant())));
}
