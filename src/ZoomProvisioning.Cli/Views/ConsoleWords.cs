using System;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace ZoomProvisioning.Cli.Views;

/// <summary>Says in the words of this command line what the core says in those of the module.</summary>
internal static partial class ConsoleWords
{
    /// <summary>The text with this program's options and commands.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Of(string? text) => text is null ? null : ModuleWords().Replace(text, match => match.Value switch
    {
        "-Approve" => "--approve",
        "-OnGuard StopAll" => "--on-guard stop-all",
        "-Rebuild" => "--rebuild",
        "-StatePath" => "--state-path",
        "-Rule" => "--rule",
        "-PlanPath" => "--plan",
        "-WhatIf | Export-ZoomProvisioningPlan" => "--dry-run --out",
        "-Resume" => "--resume",
        "-Only" => "--only",
        "-Except" => "--except",
        "Approve-ZoomProvisioningPlan -Path" => "zoomprov approve --plan",
        "Approve-ZoomProvisioningPlan" => "zoomprov approve",
        "Invoke-ZoomProvisioningPlan" => "zoomprov apply",
        "Get-ZoomProvisioningRun, or press Tab after -RunId" or "Get-ZoomProvisioningRun" => "zoomprov runs",
        "Test-ZoomProvisioningNotification" => "zoomprov test --notify",
        "Sync-ZoomScimUser -WhatIf" => "zoomprov sync --dry-run",
        "Set-ZoomProvisioningRule -NotifyMail or -NotifyWebhook, or with notify" => "notify",
        _ => "zoomprov plan --out",
    });

    /// <summary>A warning with the name of the person in front, once: some bring it along.</summary>
    public static string Named(string userName, string warning) =>
        warning.StartsWith($"{userName}:", StringComparison.OrdinalIgnoreCase) ? warning : $"{userName}: {warning}";

    [GeneratedRegex(
        "(?<![-\\w])(?:-Approve|-PlanPath|-WhatIf \\| Export-ZoomProvisioningPlan|-OnGuard StopAll|-Rebuild|-Resume|-StatePath|-Rule|-Only|-Except)\\b"
            + "|Get-ZoomProvisioningRun(?:, or press Tab after -RunId|\\b)|Sync-ZoomScimUser -WhatIf|Approve-ZoomProvisioningPlan(?: -Path)?"
            + "|Set-ZoomProvisioningRule -NotifyMail or -NotifyWebhook, or with notify|Test-ZoomProvisioningNotification"
            + "|Invoke-ZoomProvisioningPlan|Export-ZoomProvisioningPlan"
            + "|New-ZoomProvisioningPlan(?: and save it with Export-ZoomProvisioningPlan)?",
        RegexOptions.CultureInvariant)]
    private static partial Regex ModuleWords();
}
