using System;
using System.Collections.Generic;
using ZoomProvisioning.Session;

namespace ZoomProvisioning.Hosting;

/// <summary>Whether somebody sits before this process and sees what it draws.</summary>
/// <remarks>Made of plain values, so that it can be decided without a PowerShell.</remarks>
internal sealed class Attendance
{
    /// <summary>What the process was started with.</summary>
    public IReadOnlyList<string> CommandLine { get; init; } = [];

    /// <summary>Whether the output goes to a file or another program.</summary>
    public bool OutputIsKept { get; init; }

    /// <summary>Whether the process has a user's session; a Windows service has none.</summary>
    public bool HasUser { get; init; } = true;

    /// <summary>The environment variables that automation services set.</summary>
    public Func<string, string?> Variable { get; init; } = _ => null;

    public static Attendance OfThisProcess() => new()
    {
        CommandLine = Environment.GetCommandLineArgs(),
        OutputIsKept = Console.IsOutputRedirected,
        HasUser = Environment.UserInteractive,
        Variable = Environment.GetEnvironmentVariable,
    };

    /// <summary>Whether the host of this name draws for somebody.</summary>
    /// <param name="hostName">$Host.Name.</param>
    public bool IsAttended(string hostName)
    {
        if (Variable("AZUREPS_HOST_ENVIRONMENT") is { Length: > 0 } azure && azure.StartsWith("AzureAutomation", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        // Only the console writes to this process's own output. An editor draws in its own window, and a job or a remote session
        // hands its progress on to the session that began it.
        return hostName != "ConsoleHost" || (HasUser && !OutputIsKept && !HostInteraction.SaysNonInteractive(CommandLine));
    }
}
