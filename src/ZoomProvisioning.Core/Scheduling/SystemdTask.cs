using System;
using System.Globalization;
using System.IO;
using System.Linq;

namespace ZoomProvisioning.Scheduling;

/// <summary>A timer of systemd and the service that it starts.</summary>
internal static class SystemdTask
{
    public static TaskPlan Plan(TaskRequest request, bool isUser, string folder)
    {
        if (isUser && request.User is not null)
        {
            throw TaskPlanner.Cannot("a timer of your own runs as yourself", "Use -Scheduler SystemdSystem to name another account.");
        }

        var unit = TaskPlanner.FileNameOf(request.Name);
        // In the name a percent sign would be a specifier.
        var title = request.Name.Replace("%", "%%");
        string Line(string setting, string? value) => value is null ? string.Empty : $"{setting}={value}\n";
        var service = $"[Unit]\nDescription=Zoom provisioning: {title}\nAfter=network-online.target\nWants=network-online.target\n\n[Service]\nType=oneshot\n"
            + Line("User", request.User?.Replace("%", "%%"))
            + Line("WorkingDirectory", ShellText.PathOfSystemd(request.Folder))
            + Line("EnvironmentFile", request.EnvironmentFile is { } file ? ShellText.PathOfSystemd(file) : null)
            + $"ExecStart={string.Join(" ", request.Run.Select(ShellText.OfSystemd))}\n"
            // 2, 3 and 4 are runs that did their work; somebody has to look all the same, so they are no success.
            + "UMask=0077\nNoNewPrivileges=yes\n";
        var days = string.Join(",", request.Days.Distinct().OrderBy(d => d).Select(d => d.ToString().Substring(0, 3)));
        var times = request.Every is { } every
            ? $"{(isUser ? "OnStartupSec" : "OnBootSec")}=5min\nOnUnitActiveSec={every.TotalMinutes.ToString("0", CultureInfo.InvariantCulture)}min\n"
                + (days.Length > 0 ? throw TaskPlanner.Cannot("days go with times of the day (-At), not with -Every", "Leave one of them out.") : string.Empty)
            : string.Concat(request.At.Select(t => $"OnCalendar={(days.Length > 0 ? days + " " : string.Empty)}*-*-* {t:hh\\:mm}:00\n"))
                // A machine that slept at the time runs it when it wakes.
                + "Persistent=true\n";
        var timer = $"[Unit]\nDescription=Zoom provisioning: {title}\n\n[Timer]\n{times}Unit={unit}.service\n\n[Install]\nWantedBy=timers.target\n";
        string[] systemctl = isUser ? ["systemctl", "--user"] : ["systemctl"];
        var prefix = string.Join(" ", systemctl);
        return new TaskPlan(
            $"{unit}.timer",
            [new TaskFile(Path.Combine(folder, unit + ".service"), service), new TaskFile(Path.Combine(folder, unit + ".timer"), timer)],
            [[.. systemctl, "daemon-reload"], [.. systemctl, "enable", "--now", unit + ".timer"]])
        {
            Advice =
            [
                $"To look at it: {prefix} list-timers {unit}.timer, and journalctl {(isUser ? "--user " : string.Empty)}-u {unit}",
                $"To take it away: {prefix} disable --now {unit}.timer, and delete its two files.",
                .. isUser ? ["It runs while you are not signed in only after: loginctl enable-linger"] : Array.Empty<string>(),
            ],
        };
    }
}
