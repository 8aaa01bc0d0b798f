using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace ZoomProvisioning.Scheduling;

/// <summary>Says what has to be done so that a rule runs by itself. Does nothing of it, so that all of it can be read first.</summary>
internal static class TaskPlanner
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Makes the plan.</summary>
    /// <param name="scheduler">What is to run the task.</param>
    /// <param name="request">The run.</param>
    /// <param name="folder">Where the scheduler's files lie: the units of systemd, or a folder for files that are read once.</param>
    /// <exception cref="ScimStateException">The scheduler cannot do what is asked.</exception>
    public static TaskPlan Plan(TaskScheduler scheduler, TaskRequest request, string folder)
    {
        // A line end would end a line of the scheduler's file, and begin another one of somebody's choice.
        var texts = new[] { request.Name, request.Folder, request.User, request.EnvironmentFile }.Concat(request.Run);
        if (texts.OfType<string>().FirstOrDefault(t => t.Any(char.IsControl)) is { } odd)
        {
            throw Cannot(
                $"'{new string(odd.Select(c => char.IsControl(c) ? '?' : c).ToArray())}' holds a line end or another sign that no task can hold",
                "Rename it.");
        }

        if (request.Every is { } every && (every < TimeSpan.FromMinutes(5) || every > TimeSpan.FromDays(7) || every.Ticks % TimeSpan.TicksPerMinute != 0))
        {
            throw Cannot("a task runs every so many whole minutes, from 5 minutes to 7 days", "Give -Every (New-TimeSpan -Hours 4), or -At 06:00.");
        }

        return scheduler switch
        {
            TaskScheduler.Windows => WindowsTask.Plan(request, folder),
            TaskScheduler.Cron => Cron(request),
            _ => SystemdTask.Plan(request, scheduler == TaskScheduler.SystemdUser, folder),
        };
    }

    /// <summary>The name of the task's files: letters, digits and a few signs, whatever the rule is called.</summary>
    public static string FileNameOf(string name) =>
        "zoomprovisioning-" + string.Concat(name.Select(c => c is < '\u0080' && (char.IsLetterOrDigit(c) || c == '-')
        ? char.ToLowerInvariant(c).ToString()
        : "_" + ((int)c).ToString("x2", CultureInfo.InvariantCulture)));

    /// <summary>The error of a scheduler that cannot do what is asked.</summary>
    public static ScimStateException Cannot(string why, string advice) => new("Zoom.Task.NotPossible", $"The task cannot be made: {why}.")
    {
        Category = "InvalidArgument",
        RecommendedAction = advice,
    };

    /// <summary>The error of a task that could not be given to its scheduler.</summary>
    /// <param name="why">Why, without a full stop.</param>
    /// <param name="inner">What the system said.</param>
    /// <param name="advice">What to do about it.</param>
    public static ScimStateException NotRegistered(string why, Exception? inner, string advice = "Look at the rights of this account.") => new(
        "Zoom.Task.NotRegistered", $"The task was not registered: {why}.", inner)
    {
        Category = "WriteError",
        RecommendedAction = $"{advice} -WhatIf prints all that has to be done, to do it by hand.",
    };

    private static TaskPlan Cron(TaskRequest request)
    {
        if (request.User is not null || request.EnvironmentFile is not null)
        {
            throw Cannot(
                "a line of a crontab has neither a user nor a file of variables",
                "Run this command as that user; variables stand in the crontab itself, or use a profile whose secret lies in a vault.");
        }

        var days = request.Days.Count == 0
            ? "*"
            : string.Join(",", request.Days.Distinct().OrderBy(d => d).Select(d => ((int)d).ToString(CultureInfo.InvariantCulture)));
        var command = ShellText.OfCron($"cd {ShellText.Quote(request.Folder)} && {string.Join(" ", request.Run.Select(ShellText.Quote))}");
        var mark = $"# ZoomProvisioning: {request.Name}";
        var times = request.Every is { } every ? [CronTimes(every)] : request.At.Select(t => $"{t.Minutes} {t.Hours}").ToList();
        return new TaskPlan(request.Name, [], [])
        {
            // A mark above each line, so that a new plan finds and replaces all of the old one.
            CronLines = [.. times.SelectMany(t => new[] { mark, $"{t} * * {days} {command}" })],
            Advice = ["To look at it: crontab -l", $"To take it away: crontab -e, and delete the lines under '{mark}'."],
        };
    }

    private static string CronTimes(TimeSpan every) =>
        every < TimeSpan.FromHours(1) && 60 % every.TotalMinutes == 0 ? $"*/{(int)every.TotalMinutes} *"
        : every >= TimeSpan.FromHours(1) && every.Minutes == 0 && every <= Day && Day.TotalHours % every.TotalHours == 0
            ? every == Day ? "0 0" : $"0 */{(int)every.TotalHours}"
        : throw Cannot(
            $"cron has no way to say every {every.TotalMinutes.ToString("0", CultureInfo.InvariantCulture)} minutes",
            "Give minutes that divide an hour, hours that divide a day, or times of the day with -At.");

    /// <summary>A crontab with the lines of a task in place of those it had before.</summary>
    /// <param name="crontab">The crontab as it is.</param>
    /// <param name="plan">The task.</param>
    public static string InCrontab(string crontab, TaskPlan plan)
    {
        var mark = plan.CronLines![0];
        var kept = new List<string>();
        var lines = crontab.Replace("\r\n", "\n").Split('\n').ToList();
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i] == mark)
            {
                i++;
                continue;
            }

            kept.Add(lines[i]);
        }

        while (kept.Count > 0 && kept[kept.Count - 1].Length == 0)
        {
            kept.RemoveAt(kept.Count - 1);
        }

        return string.Concat(kept.Concat(plan.CronLines).Select(l => l + "\n"));
    }
}
