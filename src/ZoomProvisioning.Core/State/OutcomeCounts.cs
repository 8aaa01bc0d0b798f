using System;
using System.Collections.Generic;
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
}
