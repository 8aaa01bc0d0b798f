using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Xml.Linq;
using Xunit;
using ZoomProvisioning.Programs;
using ZoomProvisioning.Rules;
using ZoomProvisioning.Scheduling;

namespace ZoomProvisioning.Tests.Scheduling;

/// <summary>Tasks as text: what each scheduler reads out of it must be what was meant, whatever stands in a path.</summary>
public class TaskPlannerTests
{
    private static readonly string[] Odd =
    [
        "plain", "with blank", "it's", "say \"hi\"", "100%", "$HOME", "a\\b", "ends\\", "`tick`", "a;b|c&d", "#no comment", "*", "~",
        "%n%%", "$(id)", "gr\u00FC\u00DFe",
        "\u2019curly\u2019",
    ];

    private static readonly TaskRequest Daily = new("Staff", ["/usr/bin/zoomprov", .. Odd]) { At = [new TimeSpan(6, 5, 0)], Folder = "/rules/it's 5% off" };

    private static string Service(TaskPlan plan) => plan.Files[0].Text;

    private static string Timer(TaskPlan plan) => plan.Files[1].Text;

    private static string Error(TaskScheduler scheduler, TaskRequest request) =>
        Assert.Throws<ScimStateException>(() => TaskPlanner.Plan(scheduler, request, "/units")).Message;

    [Fact]
    public void Every_argument_arrives_by_systemd()
    {
        var plan = TaskPlanner.Plan(TaskScheduler.SystemdUser, Daily, "/units");

        var line = Service(plan).Split('\n').Single(l => l.StartsWith("ExecStart=", StringComparison.Ordinal)).Substring("ExecStart=".Length);
        Assert.Equal(Daily.Run, BySystemd(line));
        Assert.Contains("\nWorkingDirectory=/rules/it's 5%% off\n", Service(plan));
        Assert.Equal(["/units/zoomprovisioning-staff.service", "/units/zoomprovisioning-staff.timer"], plan.Files.Select(f => f.Path.Replace('\\', '/')));
        Assert.Equal(
            ["systemctl --user daemon-reload", "systemctl --user enable --now zoomprovisioning-staff.timer"],
            plan.Commands.Select(c => string.Join(" ", c)));
    }

    [Fact]
    public void Every_argument_arrives_by_cron()
    {
        var plan = TaskPlanner.Plan(TaskScheduler.Cron, Daily, "/units");

        Assert.Equal("# ZoomProvisioning: Staff", plan.CronLines![0]);
        Assert.StartsWith("5 6 * * * cd ", plan.CronLines[1]);
        // cron takes a percent sign for the end of the command, and one behind a backslash for itself.
        var command = plan.CronLines[1].Substring("5 6 * * * ".Length);
        Assert.DoesNotContain("%", command.Replace("\\%", string.Empty));
        Assert.Equal(["cd", "/rules/it's 5% off", "&&", .. Daily.Run], ByShell(command.Replace("\\%", "%")));
    }

    [Fact]
    public void Every_argument_arrives_by_the_scheduler_of_Windows()
    {
        var plan = TaskPlanner.Plan(TaskScheduler.Windows, Daily with { User = "CONTOSO\\zoom" }, "/temp");

        var file = Assert.Single(plan.Files);
        Assert.True(file.IsWide);
        var task = XDocument.Parse(file.Text).Root!;
        var exec = task.Descendants().Single(e => e.Name.LocalName == "Exec").Elements().ToDictionary(e => e.Name.LocalName, e => e.Value);
        Assert.Equal("/usr/bin/zoomprov", exec["Command"]);
        Assert.Equal(string.Join(" ", Odd.Select(WindowsArgument.Quote)), exec["Arguments"]);
        Assert.Equal("/rules/it's 5% off", exec["WorkingDirectory"]);
        Assert.Equal(["schtasks.exe", "/Create", "/F", "/TN", "ZoomProvisioning\\Staff", "/XML", file.Path], Assert.Single(plan.Commands));
        // The schema is a sequence: another order is refused.
        Assert.Equal(["RegistrationInfo", "Triggers", "Principals", "Settings", "Actions"], task.Elements().Select(e => e.Name.LocalName));
    }

    [Theory]
    [InlineData("CONTOSO\\zoom", "S4U")]
    [InlineData("CONTOSO\\gmsa-zoom$", "Password")]
    [InlineData("NT AUTHORITY\\SYSTEM", null)]
    public void A_task_of_Windows_keeps_no_password(string user, string? logon)
    {
        var plan = TaskPlanner.Plan(TaskScheduler.Windows, Daily with { User = user }, "/temp");

        var principal = XDocument.Parse(plan.Files[0].Text).Descendants().Single(e => e.Name.LocalName == "Principal");
        Assert.Equal((user, logon), (
            principal.Elements().Single(e => e.Name.LocalName == "UserId").Value,
            principal.Elements().SingleOrDefault(e => e.Name.LocalName == "LogonType")?.Value));
    }

    [Fact]
    public void Times_and_days_are_said_as_each_scheduler_says_them()
    {
        var request = Daily with { At = [new TimeSpan(6, 0, 0), new TimeSpan(18, 30, 0)], Days = [DayOfWeek.Friday, DayOfWeek.Monday, DayOfWeek.Friday] };

        Assert.Contains(
            "OnCalendar=Mon,Fri *-*-* 06:00:00\nOnCalendar=Mon,Fri *-*-* 18:30:00\nPersistent=true\n",
            Timer(TaskPlanner.Plan(TaskScheduler.SystemdSystem, request, "/units")));
        var cron = TaskPlanner.Plan(TaskScheduler.Cron, request, "/units").CronLines!;
        Assert.Equal(4, cron.Count);
        Assert.StartsWith("0 6 * * 1,5 cd ", cron[1]);
        Assert.StartsWith("30 18 * * 1,5 cd ", cron[3]);
        var windows = XDocument.Parse(TaskPlanner.Plan(TaskScheduler.Windows, request, "/temp").Files[0].Text).Descendants().ToList();
        Assert.Equal(["2026-01-01T06:00:00", "2026-01-01T18:30:00"], windows.Where(e => e.Name.LocalName == "StartBoundary").Select(e => e.Value));
        Assert.Equal(["Monday", "Friday"], windows.First(e => e.Name.LocalName == "DaysOfWeek").Elements().Select(e => e.Name.LocalName));
    }

    [Theory]
    [InlineData(5, "*/5 *", "OnUnitActiveSec=5min", "PT5M")]
    [InlineData(30, "*/30 *", "OnUnitActiveSec=30min", "PT30M")]
    [InlineData(60, "0 */1", "OnUnitActiveSec=60min", "PT60M")]
    [InlineData(240, "0 */4", "OnUnitActiveSec=240min", "PT240M")]
    [InlineData(1440, "0 0", "OnUnitActiveSec=1440min", "PT1440M")]
    [InlineData(420, null, "OnUnitActiveSec=420min", "PT420M")]
    [InlineData(90, null, "OnUnitActiveSec=90min", "PT90M")]
    [InlineData(7, null, "OnUnitActiveSec=7min", "PT7M")]
    public void How_often_is_said_as_each_scheduler_says_it(int minutes, string? cron, string systemd, string windows)
    {
        var request = Daily with { Every = TimeSpan.FromMinutes(minutes), At = [] };

        Assert.Contains(systemd, Timer(TaskPlanner.Plan(TaskScheduler.SystemdUser, request, "/units")));
        Assert.Contains($"<Interval>{windows}</Interval>", TaskPlanner.Plan(TaskScheduler.Windows, request, "/temp").Files[0].Text);
        if (cron is null)
        {
            Assert.Contains("cron has no way to say", Error(TaskScheduler.Cron, request));
        }
        else
        {
            Assert.StartsWith($"{cron} * * * cd ", TaskPlanner.Plan(TaskScheduler.Cron, request, "/units").CronLines![1]);
        }
    }

    [Fact]
    public void What_a_scheduler_cannot_do_is_told()
    {
        var often = Daily with { Every = TimeSpan.FromHours(1), At = [] };
        Assert.Contains("whole minutes", Error(TaskScheduler.Cron, often with { Every = TimeSpan.FromMinutes(1) }));
        Assert.Contains("whole minutes", Error(TaskScheduler.Windows, often with { Every = TimeSpan.FromSeconds(330) }));
        Assert.Contains("days go with times", Error(TaskScheduler.SystemdUser, often with { Days = [DayOfWeek.Monday] }));
        Assert.Contains("days go with times", Error(TaskScheduler.Windows, often with { Days = [DayOfWeek.Monday] }));
        Assert.Contains("runs as yourself", Error(TaskScheduler.SystemdUser, Daily with { User = "zoom" }));
        Assert.Contains("neither a user nor a file of variables", Error(TaskScheduler.Cron, Daily with { User = "zoom" }));
        Assert.Contains("no file of variables", Error(TaskScheduler.Windows, Daily with { EnvironmentFile = "/etc/zoom" }));
    }

    [Theory]
    [InlineData("Staff\nExecStart=/bin/evil")]
    [InlineData("Staff\r")]
    public void A_line_end_is_refused_everywhere(string text)
    {
        foreach (var request in new[]
        {
            Daily with { Name = text }, Daily with { Folder = text }, Daily with { User = text }, Daily with { EnvironmentFile = text },
            new TaskRequest("Staff", ["x", text]),
        })
        {
            foreach (TaskScheduler scheduler in typeof(TaskScheduler).GetEnumValues())
            {
                Assert.Contains("holds a line end", Error(scheduler, request));
            }
        }
    }

    [Fact]
    public void A_new_plan_takes_the_place_of_the_old_one_in_a_crontab_and_leaves_the_rest()
    {
        const string Others = "MAILTO=ops@example.com\n# ZoomProvisioning: Staff 2\n0 1 * * * other\n";
        var twice = TaskPlanner.Plan(TaskScheduler.Cron, Daily with { At = [TimeSpan.Zero, new TimeSpan(12, 0, 0)] }, "/units");
        var once = TaskPlanner.Plan(TaskScheduler.Cron, Daily, "/units");

        var first = TaskPlanner.InCrontab(Others, twice);
        Assert.Equal(Others + string.Concat(twice.CronLines!.Select(l => l + "\n")), first);
        Assert.Equal(Others + string.Concat(once.CronLines!.Select(l => l + "\n")), TaskPlanner.InCrontab(first, once));
        Assert.Equal(string.Concat(once.CronLines!.Select(l => l + "\n")), TaskPlanner.InCrontab(string.Empty, once));
    }

    [Fact]
    public void A_file_is_named_after_any_rule_and_two_rules_have_two_files()
    {
        Assert.Equal("zoomprovisioning-staff_20_e4", TaskPlanner.FileNameOf("Staff \u00E4"));
        Assert.Equal("zoomprovisioning-a_2eb", TaskPlanner.FileNameOf("a.b"));
        Assert.NotEqual(TaskPlanner.FileNameOf("a_b"), TaskPlanner.FileNameOf("a b"));
    }

    [Fact]
    public void The_command_names_a_profile_and_quotes_what_stands_in_paths()
    {
        var run = RunCommand.PowerShell("/opt/pwsh", "ZoomProvisioning", "/rules/o'neil/st aff.json", "work", null, null, "/home/o'neil");

        Assert.Equal(["/opt/pwsh", "-NoProfile", "-NonInteractive", "-Command"], run.Take(4));
        Assert.StartsWith("$env:ZOOM_PROVISIONING_HOME = '/home/o''neil'; try { Import-Module ZoomProvisioning -ErrorAction Stop } "
            + "catch { Write-Error $_; exit 1 }; try { $null = Connect-ZoomScim -Profile work -ErrorAction Stop }", run[4]);
        Assert.Contains("Sync-ZoomScimUser -Rule '/rules/o''neil/st aff.json' -Confirm:$false }", run[4]);
        Assert.Equal(
            ["zoomprov", "sync", "--rule", "/r.json", "--profile", "p q", "--state-path", "/s", "--log", "/l"],
            RunCommand.Zoomprov("zoomprov", "/r.json", "p q", "/s", "/l"));
    }

    [Fact]
    public void Of_the_variables_a_run_needs_those_are_named_that_nothing_sets()
    {
        var rule = new ProvisioningRule("Staff")
        {
            Notify = new NotifySettings
            {
                Webhook = new WebhookTarget("STAFF_WEBHOOK"),
                Mail = new MailTarget("smtp.example.com") { PasswordVariable = "MAIL_PW" },
            },
        };
        Assert.Equal(
            ["ZOOM_ACCOUNT_ID", "ZOOM_CLIENT_ID", "ZOOM_CLIENT_SECRET", "STAFF_WEBHOOK", "MAIL_PW"], TaskVariables.Of(rule, hasProfile: false, null));
        var names = TaskVariables.Of(rule, hasProfile: true, "SECRET");
        Assert.Equal(["SECRET", "STAFF_WEBHOOK", "MAIL_PW"], names);

        var missing = TaskVariables.Missing(names, "# STAFF_WEBHOOK=no\nSECRET = x\n0 6 * * * cd '/a=b'\n");
        Assert.Equal(["STAFF_WEBHOOK", "MAIL_PW"], missing);
        Assert.Contains("-EnvironmentFile", TaskVariables.Warning(TaskScheduler.SystemdUser, missing), StringComparison.Ordinal);
        Assert.Contains("STAFF_WEBHOOK, MAIL_PW", TaskVariables.Warning(TaskScheduler.Cron, missing), StringComparison.Ordinal);
        Assert.Null(TaskVariables.Warning(TaskScheduler.Windows, []));
    }

    [Theory]
    [InlineData("Staff", "Staff")]
    [InlineData("/rules/staff.json", "/rules/staff.json")]
    [InlineData("C:\\rules\\a.json", "C:\\rules\\a.json")]
    [InlineData("a b", "'a b'")]
    [InlineData("it's", "'it''s'")]
    [InlineData("\u2019", "'\u2019\u2019'")]
    [InlineData("$x", "'$x'")]
    [InlineData("-x", "'-x'")]
    [InlineData("", "''")]
    public void PowerShell_takes_an_argument_as_it_is(string argument, string written) => Assert.Equal(written, PowerShellArgument.Quote(argument));

    // As systemd.syntax(7) and systemd.service(5) say it.
    private static List<string> BySystemd(string line)
    {
        var (found, text, i) = (new List<string>(), new StringBuilder(), 0);
        while (i < line.Length)
        {
            Assert.Equal('"', line[i++]);
            for (; line[i] != '"'; i++)
            {
                if (line[i] is '\\' or '%' or '$')
                {
                    Assert.Contains(line[++i], line[i - 1] == '\\' ? "\\\"" : line[i - 1].ToString());
                }

                text.Append(line[i]);
            }

            found.Add(text.ToString());
            text.Clear();
            i += 2;
        }

        return found;
    }

    // As sh takes words apart that stand in single quotes or have nothing to quote.
    private static List<string> ByShell(string line)
    {
        var (found, text, quoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i <= line.Length; i++)
        {
            if (i == line.Length || (line[i] == ' ' && !quoted))
            {
                found.Add(text.ToString());
                text.Clear();
            }
            else if (line[i] == '\'')
            {
                quoted = !quoted;
            }
            else
            {
                text.Append(!quoted && line[i] == '\\' ? line[++i] : line[i]);
            }
        }

        return found;
    }
}
