using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Runs;

namespace ZoomProvisioning.Reports;

/// <summary>The end of a run in few lines: who needs attention, grouped by reason, and what was worth a warning.</summary>
public static class RunOverview
{
    private const int FirstNames = 5;

    /// <summary>Who is not as the source says, a line a reason; nothing when everybody is.</summary>
    public static IEnumerable<string> Attention(IReadOnlyList<AttentionGroup> groups) => groups.Count == 0 ? [] : Runs.Attention.Text(groups)
        .Split([Environment.NewLine], StringSplitOptions.None);

    /// <summary>The warnings of results, those that read alike in one line with the first names.</summary>
    public static IEnumerable<string> Warnings(IEnumerable<ChangeResult> results) => results
        .SelectMany(r => r.Warnings.Select(w => (Text: w, Who: r.UserName)))
        .GroupBy(w => Runs.Attention.Pattern(w.Text, w.Who), StringComparer.Ordinal)
        .OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal)
        .Select(g => g.Select(w => w.Who).Distinct(StringComparer.OrdinalIgnoreCase).ToList() is { Count: > 1 } people
            ? string.Format(CultureInfo.CurrentCulture, "{0:N0} people: {1} ({2}{3})", people.Count, g.Key.StartsWith("…: ", StringComparison.Ordinal) ? g.Key.Substring(3) : g.Key, string.Join(", ", people.Take(FirstNames)),
                people.Count > FirstNames ? string.Format(CultureInfo.CurrentCulture, " and {0:N0} more", people.Count - FirstNames) : string.Empty)
            : WithName(g.First().Who, g.First().Text));

    private static string WithName(string userName, string warning) =>
        warning.StartsWith($"{userName}:", StringComparison.OrdinalIgnoreCase) ? warning : $"{userName}: {warning}";
}
