using System;
using System.Globalization;

namespace ZoomProvisioning.Pipeline;

/// <summary>
/// Progress for a log: a line for every minute, and one at the end of a run that took longer than that. A short run says
/// nothing, because its result comes soon enough.
/// </summary>
public sealed class LineEveryMinute
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly string _activity;
    private TimeSpan _next = Interval;

    /// <summary>Starts a log.</summary>
    /// <param name="activity">What is being done: the name of the command.</param>
    public LineEveryMinute(string activity) => _activity = activity;

    /// <summary>The line to write now; null when there is none.</summary>
    /// <param name="report">How far it is.</param>
    public string? Next(ProgressReport report)
    {
        var wroteBefore = _next > Interval;
        if (report.Finished ? !wroteBefore : report.Elapsed < _next)
        {
            return null;
        }

        // From the minute it is now, so that lines which nobody could write are not made up for.
        _next = TimeSpan.FromMinutes(Math.Floor(report.Elapsed.TotalMinutes) + 1);
        return ProgressText.Line(_activity, report, CultureInfo.CurrentCulture);
    }
}
