using System.Collections.Generic;
using System.Globalization;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reports;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Cli.Views;

/// <summary>What the journals tell, in lines: a run a line, or an entry a line.</summary>
internal static class HistoryText
{
    public static IEnumerable<OverviewLine> Of(IReadOnlyList<HistoryRun> runs)
    {
        foreach (var run in runs)
        {
            yield return new OverviewLine(
                run.Outcome is "Done" ? OverviewMark.Plain : OverviewMark.Warning,
                $"{Time(run.StartedAt)}  {IdText.Short(run.RunId)}  {run.Outcome,-10}  {run.What}: {run.Result}  by {run.Actor}");
        }

        if (runs.Count == 0)
        {
            yield return Nothing;
        }
    }

    public static IEnumerable<OverviewLine> Of(IEnumerable<JournalEntry> entries)
    {
        var any = false;
        foreach (var entry in entries)
        {
            any = true;
            yield return new OverviewLine(Mark(entry), $"{Time(entry.At)}  {Of(entry)}");
        }

        if (!any)
        {
            yield return Nothing;
        }
    }

    private static OverviewLine Nothing { get; } = new(
        OverviewMark.Plain,
        "Nothing fits what was asked for. People are found by user name, full name, anchor or Zoom id, "
            + "and who ran something by user@machine or the user alone, with * and ?.");

    private static OverviewMark Mark(JournalEntry entry) => entry.Outcome switch
    {
        ChangeOutcome.Failed => OverviewMark.Remove,
        ChangeOutcome.Unknown or ChangeOutcome.Held or ChangeOutcome.Skipped or ChangeOutcome.NotSent => OverviewMark.Warning,
        _ => OverviewMark.Plain,
    };

    private static string Of(JournalEntry entry) =>
        $"{entry.Kind,-10}  {(entry.UserName is { } user ? $"{user}: " : string.Empty)}{entry.What}".TrimEnd();

    // The same in every culture, so that lines can be sorted.
    private static string Time(System.DateTimeOffset at) => at.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
