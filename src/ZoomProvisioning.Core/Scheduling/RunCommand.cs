using System.Collections.Generic;
using ZoomProvisioning.Programs;

namespace ZoomProvisioning.Scheduling;

/// <summary>The command line that runs a rule with nobody there. It names a profile, and never a secret.</summary>
internal static class RunCommand
{
    /// <summary>By PowerShell, with the exit codes of zoomprov.</summary>
    /// <param name="shell">PowerShell's own program.</param>
    /// <param name="module">The module's manifest, or its name.</param>
    /// <param name="rule">The rule's file.</param>
    /// <param name="profile">The profile of the connection; null for environment variables.</param>
    /// <param name="state">The folder of what rules know; null for the usual one.</param>
    /// <param name="log">A file for log lines; null for none.</param>
    /// <param name="home">Where profiles and state lie, where that is not the usual place.</param>
    public static IReadOnlyList<string> PowerShell(string shell, string module, string rule, string? profile, string? state, string? log, string? home = null)
    {
        static string Q(string text) => PowerShellArgument.Quote(text);
        var script = (home is { Length: > 0 } ? $"$env:ZOOM_PROVISIONING_HOME = {PowerShellArgument.Text(home)}; " : string.Empty)
            + $"try {{ Import-Module {Q(module)} -ErrorAction Stop }} catch {{ Write-Error $_; exit 1 }}; "
            // Without a connection the run fails, and tells whom the rule wants to be told.
            + $"try {{ $null = Connect-ZoomScim{(profile is null ? string.Empty : $" -Profile {Q(profile)}")} -ErrorAction Stop }} catch {{ $down = $_ }}; "
            + $"try {{ $run = Sync-ZoomScimUser -Rule {Q(rule)} -Confirm:$false"
            + (state is null ? string.Empty : $" -StatePath {Q(state)}")
            + (log is null ? string.Empty : $" -LogPath {Q(log)}")
            + " } catch { if ($down) { Write-Error $down; exit 5 }; Write-Error $_; exit 1 }; "
            + "if ($null -eq $run) { exit 1 }; switch ($run.Outcome) { Done { exit 0 } Stale { exit 2 } Attention { exit 3 } Held { exit 4 } "
            + "default { exit 1 } }";
        return [shell, "-NoProfile", "-NonInteractive", "-Command", script];
    }

    /// <summary>By the console program.</summary>
    /// <param name="program">zoomprov.</param>
    /// <param name="rule">The rule's file.</param>
    /// <param name="profile">The profile of the connection; null for environment variables.</param>
    /// <param name="state">The folder of what rules know; null for the usual one.</param>
    /// <param name="log">A file for log lines; null for none.</param>
    public static IReadOnlyList<string> Zoomprov(string program, string rule, string? profile, string? state, string? log) =>
        [
            program, "sync", "--rule", rule,
            .. profile is null ? (string[])[] : ["--profile", profile],
            .. state is null ? (string[])[] : ["--state-path", state],
            .. log is null ? (string[])[] : ["--log", log],
        ];
}
