using System;
using System.Collections.Generic;
using System.Linq;

namespace ZoomProvisioning.Session;

/// <summary>Whether there is anybody to ask.</summary>
internal static class HostInteraction
{
    /// <summary>Whether a question could be answered: a person's session, its input a keyboard, and PowerShell not told otherwise.</summary>
    public static bool CanAsk =>
        Environment.UserInteractive
        && !Console.IsInputRedirected
        && !SaysNonInteractive(Environment.GetCommandLineArgs());

    /// <summary>Whether PowerShell was started with -NonInteractive.</summary>
    /// <param name="commandLine">The program and its arguments.</param>
    public static bool SaysNonInteractive(IEnumerable<string> commandLine) => commandLine.Skip(1).Any(IsNonInteractive);

    // PowerShell takes any beginning that is not another switch's, after - or --, or / on Windows.
    private static bool IsNonInteractive(string argument)
    {
        var name = argument.TrimStart('-', '/');
        return name.Length < argument.Length && name.Length >= "noni".Length && "noninteractive".StartsWith(name, StringComparison.OrdinalIgnoreCase);
    }
}
