using System;
using System.Collections.Generic;

namespace ZoomProvisioning.Pipeline;

/// <summary>Puts a run's progress into words, with the numbers as the reader's culture writes them.</summary>
public static class ProgressText
{
    /// <summary>What stands beside a progress bar, which shows the percentage and the time left by itself.</summary>
    public static string Status(ProgressReport report, IFormatProvider culture) => string.Join(", ", Parts(report, culture));

    /// <summary>One line that stands for itself, for a log.</summary>
    /// <param name="activity">What is being done: the name of the command.</param>
    /// <param name="report">How far it is.</param>
    /// <param name="culture">How numbers are written.</param>
    public static string Line(string activity, ProgressReport report, IFormatProvider culture)
    {
        var parts = Parts(report, culture);
        if (report.Finished)
        {
            parts.Add("finished after " + Duration(report.Elapsed, culture));
        }
        else if (report.Left is { } left)
        {
            parts.Add("about " + Duration(left, culture) + " left");
        }

        return activity + ": " + string.Join(", ", parts);
    }

    /// <summary>A duration in its two largest units: 2 h 47 min, 6 min 53 s, 12 s.</summary>
    public static string Duration(TimeSpan time, IFormatProvider culture)
    {
        // Rounded up: what is still being waited for is never 0 s.
        var seconds = (long)Math.Ceiling(time.TotalSeconds);
        return seconds < 60 ? string.Format(culture, "{0} s", seconds)
            : seconds < 3600 ? string.Format(culture, "{0} min {1} s", seconds / 60, seconds % 60)
            : seconds < 86400 ? string.Format(culture, "{0} h {1} min", seconds / 3600, seconds % 3600 / 60)
            : string.Format(culture, "{0:N0} d {1} h", seconds / 86400, seconds % 86400 / 3600);
    }

    private static List<string> Parts(ProgressReport report, IFormatProvider culture)
    {
        var parts = new List<string>
        {
            report.Total is { } total
                ? string.Format(culture, "{0:N0} of {1:N0} done", report.Done, total)
                : string.Format(culture, "{0:N0} done", report.Done),
        };
        if (report.Failed > 0)
        {
            parts.Add(string.Format(culture, "{0:N0} failed", report.Failed));
        }

        // While Zoom makes everybody wait there is no pace to speak of.
        parts.Add(report.WaitingFor is { } reason
            ? string.Format(culture, "waiting {0}: {1}", Duration(report.Waiting, culture), reason)
            : string.Format(culture, "{0:N1}/s", report.PerSecond));
        if (report.Throttled > 0)
        {
            parts.Add(string.Format(culture, "{0:N0} repeated for Zoom's rate limit", report.Throttled));
        }

        return parts;
    }
}
