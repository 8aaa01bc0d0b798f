using System;
using System.Collections.Generic;

namespace ZoomProvisioning.Scheduling;

/// <summary>What runs tasks on a machine.</summary>
public enum TaskScheduler
{
    /// <summary>The task scheduler of Windows.</summary>
    Windows,

    /// <summary>A timer of systemd that belongs to the user.</summary>
    SystemdUser,

    /// <summary>A timer of systemd that belongs to the machine.</summary>
    SystemdSystem,

    /// <summary>A line in the user's crontab.</summary>
    Cron,
}

/// <summary>A run of a rule that is to be repeated.</summary>
/// <param name="Name">The rule's name; it names the task.</param>
/// <param name="Run">The program and its arguments.</param>
internal sealed record TaskRequest(string Name, IReadOnlyList<string> Run)
{
    /// <summary>How often it runs; null for times of the day.</summary>
    public TimeSpan? Every { get; init; }

    /// <summary>The times of the day at which it runs.</summary>
    public IReadOnlyList<TimeSpan> At { get; init; } = [];

    /// <summary>The days on which it runs; none for every day.</summary>
    public IReadOnlyList<DayOfWeek> Days { get; init; } = [];

    /// <summary>The folder of the rule.</summary>
    public string Folder { get; init; } = string.Empty;

    /// <summary>The account it runs as; null for the present one.</summary>
    public string? User { get; init; }

    /// <summary>A file of environment variables for it; null for none.</summary>
    public string? EnvironmentFile { get; init; }

    /// <summary>The environment variables it needs.</summary>
    public IReadOnlyList<string> Variables { get; init; } = [];
}
