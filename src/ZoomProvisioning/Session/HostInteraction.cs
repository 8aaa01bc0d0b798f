using System;
using System.Linq;

namespace ZoomProvisioning.Session;

/// <summary>Whether there is anybody to ask.</summary>
internal static class HostInteraction
{
    /// <summary>Whether a question could be answered: a person's session, its input a keyboard, and PowerShell not told otherwise.</summary>
    public static bool CanAsk =>
        Environment.UserInteractive
        && !Console.IsInputRedirected
        && !Environment.GetCommandLineArgs().Any(IsNonInteractive);

    // PowerShell takes it abbreviated too, down to -noni.
    private static bool IsNonInteractive(string argument) =>
        argument.Length >= 5 && (argument[0] is '-' or '/')
        && "noninteractive".StartsWith(argument.TrimStart('-', '/'), StringComparison.OrdinalIgnoreCase);
}
