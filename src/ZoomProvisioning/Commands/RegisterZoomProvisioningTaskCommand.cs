using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Runtime.InteropServices;
using System.Text;
using ZoomProvisioning.Binding;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Hosting;
using ZoomProvisioning.Loading;
using ZoomProvisioning.Programs;
using ZoomProvisioning.Rules;
using ZoomProvisioning.Scheduling;
using TaskScheduler = ZoomProvisioning.Scheduling.TaskScheduler;

namespace ZoomProvisioning.Commands;

/// <summary>
/// Lets a rule run by itself: a scheduled task on Windows, a timer of systemd or a line of the crontab elsewhere. -WhatIf prints it.
/// </summary>
[Cmdlet(VerbsLifecycle.Register, "ZoomProvisioningTask", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = AtSet)]
[OutputType(typeof(string))]
public sealed class RegisterZoomProvisioningTaskCommand : ZoomCmdlet
{
    private const string AtSet = "At";
    private const string EverySet = "Every";

    private static readonly string[] Shells = ["pwsh", "pwsh.exe", "powershell.exe"];

    private string _crontab = string.Empty;

    /// <summary>The rule: its name in the rules folder, or the path of its file. It must name its source (source.csv, command or ldap).</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [RuleTransformation]
    [ArgumentCompleter(typeof(RuleCompleter))]
    [ValidateNotNull]
    public ProvisioningRule Rule { get; set; } = null!;

    /// <summary>The profile of the connection (New-ZoomScimProfile). Without it the task's environment variables ZOOM_ACCOUNT_ID and so on are used.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Profile { get; set; }

    /// <summary>The times of the day at which it runs, such as 06:00.</summary>
    [Parameter(ParameterSetName = AtSet)]
    [ValidateNotNullOrEmpty]
    public string[] At { get; set; } = ["06:00"];

    /// <summary>The days on which it runs; every day without it.</summary>
    [Parameter(ParameterSetName = AtSet)]
    [ValidateNotNullOrEmpty]
    public DayOfWeek[] DayOfWeek { get; set; } = [];

    /// <summary>How long after the last run the next one begins: (New-TimeSpan -Hours 4), or 04:00.</summary>
    [Parameter(Mandatory = true, ParameterSetName = EverySet)]
    public TimeSpan Every { get; set; }

    /// <summary>
    /// What is to run it: Windows, SystemdUser, SystemdSystem or Cron. Without it what this machine has: on Windows its task scheduler,
    /// with systemd a timer of the machine for root and of your own for others, else cron.
    /// </summary>
    [Parameter]
    public TaskScheduler Scheduler { get; set; }

    /// <summary>The account it runs as, where the scheduler lets one choose; else your own. A group managed service account ends with $.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? User { get; set; }

    /// <summary>A file of environment variables for a timer of systemd, readable for its account alone.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? EnvironmentFile { get; set; }

    /// <summary>The folder under which ledger and journal are kept.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StatePath { get; set; }

    /// <summary>A file for the log lines of each run.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LogPath { get; set; }

    /// <summary>The console program zoomprov, to run the rule with it and not with PowerShell. It reads .json rules.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ZoomprovPath { get; set; }

    private protected override void OnEnd()
    {
        try
        {
            var scheduler = MyInvocation.BoundParameters.ContainsKey(nameof(Scheduler)) ? Scheduler : Usual();
            var request = Request(scheduler);
            var plan = TaskPlanner.Plan(scheduler, request, FolderOf(scheduler));
            if (IsWhatIf)
            {
                ShouldProcess(plan.Name, $"Let the rule '{Rule.Name}' run by itself");
                WriteObject(plan.Text());
                Warn(scheduler, request);
                return;
            }

            if (!MayProceed(plan.Name, $"Let the rule '{Rule.Name}' run by itself"))
            {
                return;
            }

            Install(plan, scheduler);
            Warn(scheduler, request);
            Tell($"The rule '{Rule.Name}' runs by itself now ({plan.Name}).");
            foreach (var line in plan.Advice)
            {
                Tell(line);
            }
        }
        catch (ScimException exception)
        {
            Terminate(exception, Rule);
        }
    }

    private TaskRequest Request(TaskScheduler scheduler)
    {
        if (Rule.Path is not { } rule)
        {
            throw TaskPlanner.Cannot("the rule has no file", "Save it with New-ZoomProvisioningRule, and give its name or path.");
        }

        if (Rule.Source is { Csv: null, Command: null, Ldap: null })
        {
            throw TaskPlanner.Cannot(
                $"the rule '{Rule.Name}' does not say where the people are, and nobody pipes them in",
                "Write its source into the rule: \"source\": { \"csv\": \"people.csv\" } (Get-Help about_ZoomProvisioning_Rules).");
        }

        if (ZoomprovPath is not null && !string.Equals(Path.GetExtension(rule), ".json", StringComparison.OrdinalIgnoreCase))
        {
            throw TaskPlanner.Cannot($"zoomprov reads .json rules, and '{rule}' is none", "Leave -ZoomprovPath out, or write the rule as .json.");
        }

        // The task does not have the variables of this session.
        var home = Environment.GetEnvironmentVariable("ZOOM_PROVISIONING_HOME");
        if (home is { Length: > 0 } && ZoomprovPath is not null)
        {
            WriteWarning("This session keeps profiles and state in ZOOM_PROVISIONING_HOME; the task needs that variable too.");
        }

        StatePath ??= Environment.GetEnvironmentVariable("ZOOM_PROVISIONING_STATE") is { Length: > 0 } kept ? kept : null;
        var (state, log) = (StatePath is null ? null : FilePath(StatePath), LogPath is null ? null : FilePath(LogPath));
        return new TaskRequest(
            Rule.Name,
            ZoomprovPath is { } zoomprov
                ? RunCommand.Zoomprov(FilePath(zoomprov), rule, Profile, state, log)
                : RunCommand.PowerShell(Shell(), Module(), rule, Profile, state, log, home))
        {
            Every = ParameterSetName == EverySet ? Every : null,
            At = [.. At.Select(TimeOf)],
            Days = DayOfWeek,
            Folder = Path.GetDirectoryName(rule)!,
            User = User ?? (scheduler == TaskScheduler.Windows ? $"{Environment.UserDomainName}\\{Environment.UserName}" : null),
            EnvironmentFile = EnvironmentFile is null ? null : FilePath(EnvironmentFile),
            Variables = TaskVariables.Of(Rule, Profile is not null, SecretVariable()),
        };
    }

    /// <summary>Where the profile's secret lies. A profile that is not there is an error now, and not each night.</summary>
    private string? SecretVariable() => Profile is null || (User is not null && User != Environment.UserName)
        // Another account has profiles of its own, which cannot be looked at.
        ? null
        : new ProfileStore(EngineLoader.Engine.ProfileFormat).Read(Profile).SecretVariable;

    private void Warn(TaskScheduler scheduler, TaskRequest request)
    {
        if (Rule.Approval is { } approval)
        {
            WriteWarning(
                $"The rule '{Rule.Name}' wants {approval.Words} to approve each plan, so all that the task finds to do is held. "
                + "To do it: New-ZoomProvisioningPlan, Export-ZoomProvisioningPlan, Approve-ZoomProvisioningPlan, Invoke-ZoomProvisioningPlan.");
        }

        var set = scheduler switch
        {
            TaskScheduler.Windows => string.Join("\n", request.Variables.Where(IsOfAccount).Select(n => n + "=")),
            TaskScheduler.Cron => _crontab,
            _ => TextOf(request.EnvironmentFile),
        };
        if (set is not null && TaskVariables.Warning(scheduler, TaskVariables.Missing(request.Variables, set)) is { } warning)
        {
            WriteWarning(warning);
        }
    }

    private static bool IsOfAccount(string name) =>
        Environment.GetEnvironmentVariable(name, EnvironmentVariableTarget.User) is not null
        || Environment.GetEnvironmentVariable(name, EnvironmentVariableTarget.Machine) is not null;

    private static string? TextOf(string? path)
    {
        try
        {
            return path is null ? string.Empty : File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is for another account to read, or still to be written.
            return null;
        }
    }

    private static TimeSpan TimeOf(string text) =>
        TimeSpan.TryParseExact(text.Trim(), [@"h\:mm", @"hh\:mm"], CultureInfo.InvariantCulture, out var time)
            ? time
            : throw TaskPlanner.Cannot($"'{text}' is no time of the day", "Write it as 06:00 or 18:30.");

    private static TaskScheduler Usual() => RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? TaskScheduler.Windows
        // As sd_booted(3) says it.
        : !Directory.Exists("/run/systemd/system") ? TaskScheduler.Cron
        : Environment.UserName == "root" ? TaskScheduler.SystemdSystem
        : TaskScheduler.SystemdUser;

    private static string FolderOf(TaskScheduler scheduler) => scheduler switch
    {
        TaskScheduler.SystemdSystem => "/etc/systemd/system",
        TaskScheduler.SystemdUser => Path.Combine(
            Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } home ? home
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config"),
            "systemd",
            "user"),
        _ => Path.GetTempPath(),
    };

    /// <summary>PowerShell as it runs here; where it was started by another program, by its name.</summary>
    private string Shell()
    {
        var home = GetVariableValue("PSHOME") as string ?? string.Empty;
        return Shells.Select(n => Path.Combine(home, n)).FirstOrDefault(File.Exists)
            ?? ProgramPath.Find("pwsh", home, Environment.GetEnvironmentVariable("PATH") ?? string.Empty, [], File.Exists)
            ?? "pwsh";
    }

    /// <summary>The module's name where a new session finds it by that, so that an upgrade is taken; else its manifest.</summary>
    private string Module()
    {
        var folder = MyInvocation.MyCommand.Module?.ModuleBase ?? string.Empty;
        var found = (Environment.GetEnvironmentVariable("PSModulePath") ?? string.Empty).Split(Path.PathSeparator)
            .Any(p => p.Length > 0 && folder.StartsWith(p.TrimEnd('/', '\\') + Path.DirectorySeparatorChar, StringComparison.OrdinalIgnoreCase));
        var manifest = Path.Combine(folder, "ZoomProvisioning.psd1");
        return found || !File.Exists(manifest) ? "ZoomProvisioning" : manifest;
    }

    private void Install(TaskPlan plan, TaskScheduler scheduler)
    {
        var files = new TaskFiles();
        try
        {
            foreach (var file in plan.Files)
            {
                files.Write(file);
            }

            foreach (var command in plan.Commands)
            {
                Run(new ProgramRequest(command[0], [.. command.Skip(1)]));
            }
        }
        catch (ScimException)
        {
            foreach (var left in files.Restore())
            {
                WriteWarning(left);
            }

            throw;
        }

        if (plan.CronLines is not null)
        {
            var now = Crontab.TextOf(Start(new ProgramRequest("crontab", ["-l"])), out var why) ?? throw TaskPlanner.NotRegistered(why, null);
            Run(new ProgramRequest("crontab", ["-"]) { Input = TaskPlanner.InCrontab(now, plan) });
            _crontab = now;
        }

        foreach (var file in scheduler == TaskScheduler.Windows ? plan.Files : [])
        {
            File.Delete(file.Path);
        }
    }

    private void Run(ProgramRequest request)
    {
        var result = Start(request);
        if (result.ExitCode != 0)
        {
            throw TaskPlanner.NotRegistered(
                $"'{request.Program} {string.Join(" ", request.Arguments)}' ended with exit code {result.ExitCode}: "
                    + $"{result.Errors.Trim()} {Encoding.UTF8.GetString(result.Output.ToArray()).Trim()}".Trim(),
                null);
        }
    }

    private ProgramResult Start(ProgramRequest request)
    {
        try
        {
            return Await(scope => EngineLoader.Engine.Programs.RunAsync(request, scope.Call.Stop));
        }
        catch (ScimStateException exception) when (exception.ErrorId == "Zoom.Program.NotFound")
        {
            // Whoever called this named no program, so that its path is nothing to ask for.
            throw TaskPlanner.NotRegistered($"this machine has no '{request.Program}'", exception, "Install it, or name another one with -Scheduler.");
        }
    }
}
