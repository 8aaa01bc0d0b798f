using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using ZoomProvisioning.Programs;

namespace ZoomProvisioning.Scheduling;

/// <summary>A task of the task scheduler of Windows (Task Scheduler schema 1.2), given to schtasks.</summary>
internal static class WindowsTask
{
    private static readonly XNamespace Space = "http://schemas.microsoft.com/windows/2004/02/mit/task";

    private static readonly string[] Services = ["SYSTEM", "LOCAL SERVICE", "NETWORK SERVICE"];

    public static TaskPlan Plan(TaskRequest request, string folder)
    {
        if (request.EnvironmentFile is not null)
        {
            throw TaskPlanner.Cannot("a task of Windows has no file of variables", "Keep the secret in a vault, or in a variable of the account (setx).");
        }

        if (request.Every is not null && request.Days.Count > 0)
        {
            throw TaskPlanner.Cannot("days go with times of the day (-At), not with -Every", "Leave one of them out.");
        }

        var name = $"ZoomProvisioning\\{request.Name}";
        var task = new XElement(
            E("Task"),
            new XAttribute("version", "1.2"),
            new XElement(E("RegistrationInfo"), new XElement(E("Description"), $"Keeps Zoom in step by the rule '{request.Name}'.")),
            new XElement(E("Triggers"), Triggers(request)),
            new XElement(E("Principals"), Principal(request.User)),
            new XElement(
                E("Settings"),
                new XElement(E("MultipleInstancesPolicy"), "IgnoreNew"),
                new XElement(E("DisallowStartIfOnBatteries"), "false"),
                new XElement(E("StopIfGoingOnBatteries"), "false"),
                new XElement(E("StartWhenAvailable"), "true"),
                new XElement(E("RunOnlyIfNetworkAvailable"), "true"),
                new XElement(E("ExecutionTimeLimit"), "PT12H")),
            new XElement(
                E("Actions"),
                new XAttribute("Context", "Author"),
                new XElement(
                    E("Exec"),
                    new XElement(E("Command"), request.Run[0]),
                    new XElement(E("Arguments"), string.Join(" ", request.Run.Skip(1).Select(WindowsArgument.Quote))),
                    new XElement(E("WorkingDirectory"), request.Folder))));
        var file = Path.Combine(folder, TaskPlanner.FileNameOf(request.Name) + ".xml");
        return new TaskPlan(
            name,
            [new TaskFile(file, $"<?xml version=\"1.0\" encoding=\"UTF-16\"?>\n{task.ToString().Replace("\r\n", "\n")}\n", IsWide: true)],
            [["schtasks.exe", "/Create", "/F", "/TN", name, "/XML", file]])
        {
            Advice = [$"To look at it: Get-ScheduledTask -TaskPath \\ZoomProvisioning\\", $"To take it away: schtasks /Delete /TN {PowerShellArgument.Quote(name)}"],
        };
    }

    private static IEnumerable<XElement> Triggers(TaskRequest request)
    {
        if (request.Every is { } every)
        {
            yield return new XElement(
                E("TimeTrigger"),
                new XElement(E("Repetition"), new XElement(E("Interval"), Duration(every)), new XElement(E("StopAtDurationEnd"), "false")),
                Start(TimeSpan.Zero),
                new XElement(E("Enabled"), "true"));
            yield break;
        }

        foreach (var time in request.At)
        {
            yield return new XElement(
                E("CalendarTrigger"),
                Start(time),
                new XElement(E("Enabled"), "true"),
                request.Days.Count == 0
                    ? new XElement(E("ScheduleByDay"), new XElement(E("DaysInterval"), "1"))
                    : new XElement(
                        E("ScheduleByWeek"),
                        new XElement(E("DaysOfWeek"), request.Days.Distinct().OrderBy(d => d).Select(d => new XElement(E(d.ToString())))),
                        new XElement(E("WeeksInterval"), "1")));
        }
    }

    // A day in the past: it begins with the next time there is.
    private static XElement Start(TimeSpan time) => new(E("StartBoundary"), $"2026-01-01T{time:hh\\:mm}:00");

    private static string Duration(TimeSpan time) => string.Concat(
        "PT", time.TotalMinutes.ToString("0", CultureInfo.InvariantCulture), "M");

    // Without a stored password: whoever it runs as, nobody has to sign in, and the network is reached by what the rule itself has.
    private static XElement Principal(string? user) => new(
        E("Principal"),
        new XAttribute("id", "Author"),
        user is null ? null : new XElement(E("UserId"), user),
        user is not null && Services.Contains(user.Split('\\').Last(), StringComparer.OrdinalIgnoreCase) ? null
            : new XElement(E("LogonType"), user?.EndsWith("$", StringComparison.Ordinal) == true ? "Password" : "S4U"),
        new XElement(E("RunLevel"), "LeastPrivilege"));

    private static XName E(string name) => Space + name;
}
