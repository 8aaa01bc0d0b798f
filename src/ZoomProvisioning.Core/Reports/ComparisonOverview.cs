using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ZoomProvisioning.Reconcile;

namespace ZoomProvisioning.Reports;

/// <summary>A comparison of source and account in words: a block for each kind of difference, and the numbers at its end.</summary>
internal static class ComparisonOverview
{
    private const int First = 5;

    /// <summary>The lines.</summary>
    /// <param name="compared">Everybody, as they were compared.</param>
    /// <param name="inFull">Whether everybody is named, and not the first of each kind only.</param>
    public static IEnumerable<OverviewLine> Of(IReadOnlyList<UserComparison> compared, bool inFull)
    {
        var kinds = compared.Where(c => c.Difference != UserDifference.Equal).GroupBy(c => c.Difference).OrderBy(g => g.Key).ToList();
        foreach (var kind in kinds)
        {
            var people = kind.ToList();
            yield return new OverviewLine(MarkOf(kind.Key), string.Format(CultureInfo.CurrentCulture, "{0} ({1:N0}):", Words(kind.Key), people.Count));
            var shown = inFull ? people : people.Take(First).ToList();
            foreach (var person in shown)
            {
                yield return new OverviewLine(OverviewMark.Plain, $"  {person.UserName}{(NeedsDetails(kind.Key) ? $"  {person.Details}" : string.Empty)}");
            }

            if (people.Count > shown.Count)
            {
                yield return new OverviewLine(
                    OverviewMark.Plain, string.Format(CultureInfo.CurrentCulture, "  … and {0:N0} more (--details names them).", people.Count - shown.Count));
            }
        }

        yield return new OverviewLine(
            kinds.Count == 0 ? OverviewMark.Add : OverviewMark.Plain,
            string.Join(", ", kinds.Select(g => $"{g.Count().ToString("N0", CultureInfo.CurrentCulture)} {Short(g.Key)}")
                .Append($"{compared.Count(c => c.Difference == UserDifference.Equal).ToString("N0", CultureInfo.CurrentCulture)} equal"))
                    + ". Nothing was written.");
    }

    private static bool NeedsDetails(UserDifference difference) => difference is not (UserDifference.Missing or UserDifference.Orphan);

    private static OverviewMark MarkOf(UserDifference difference) => difference switch
    {
        UserDifference.Missing => OverviewMark.Add,
        UserDifference.Orphan => OverviewMark.Remove,
        UserDifference.Different => OverviewMark.Change,
        _ => OverviewMark.Attention,
    };

    private static string Words(UserDifference difference) => difference switch
    {
        UserDifference.Duplicate => "There twice, so nobody can say who is meant",
        UserDifference.Unreadable => "Not compared",
        UserDifference.DisabledDifferently => "Active in one of the two only",
        UserDifference.Missing => "In the source and not in Zoom",
        UserDifference.Orphan => "Active in Zoom and not in the source",
        _ => "Different",
    };

    private static string Short(UserDifference difference) => difference switch
    {
        UserDifference.Duplicate => "there twice",
        UserDifference.Unreadable => "not compared",
        UserDifference.DisabledDifferently => "disabled differently",
        UserDifference.Missing => "missing in Zoom",
        UserDifference.Orphan => "orphaned in Zoom",
        _ => "different",
    };
}
