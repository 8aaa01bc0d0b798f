using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace ZoomProvisioning.Scheduling;

/// <summary>A file that a task consists of.</summary>
/// <param name="Path">Where it is written.</param>
/// <param name="Text">What stands in it.</param>
/// <param name="IsWide">Whether it is UTF-16, as the task scheduler of Windows reads it.</param>
internal sealed record TaskFile(string Path, string Text, bool IsWide = false);

/// <summary>All that is to be done so that a rule runs by itself.</summary>
/// <param name="Name">The task's name, as its scheduler shows it.</param>
/// <param name="Files">The files to write.</param>
/// <param name="Commands">The programs to run then, each with its arguments.</param>
internal sealed record TaskPlan(string Name, IReadOnlyList<TaskFile> Files, IReadOnlyList<IReadOnlyList<string>> Commands)
{
    /// <summary>The line of a crontab, with the comment above it; null for other schedulers.</summary>
    public IReadOnlyList<string>? CronLines { get; init; }

    /// <summary>How to look at it and how to take it away again.</summary>
    public IReadOnlyList<string> Advice { get; init; } = [];

    /// <summary>All of it as a person would do it by hand.</summary>
    public string Text()
    {
        var text = new StringBuilder();
        foreach (var file in Files)
        {
            text.Append("# ").Append(file.Path).Append('\n').Append(file.Text.TrimEnd('\n')).Append("\n\n");
        }

        foreach (var line in CronLines ?? [])
        {
            text.Append(line).Append('\n');
        }

        foreach (var command in Commands)
        {
            text.Append(string.Join(" ", command.Select(ShellText.Quote))).Append('\n');
        }

        return text.ToString().TrimEnd('\n');
    }
}
