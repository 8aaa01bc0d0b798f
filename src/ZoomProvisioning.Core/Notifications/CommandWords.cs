using System;
using ZoomProvisioning.Programs;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Notifications;

/// <summary>How a front calls the commands that a notification names.</summary>
/// <param name="Look">The command that shows what would be done.</param>
/// <param name="Resume">The command that goes on with a rule in quarantine.</param>
/// <param name="Of">Our words, with the front's own names of commands and options.</param>
internal sealed record CommandWords(Func<ProvisioningRule, string> Look, Func<ProvisioningRule, string> Resume, Func<string, string> Of)
{
    /// <summary>Those of the module.</summary>
    public static CommandWords Module { get; } = new(
        rule => $"{SourceOf(rule)}Sync-ZoomScimUser {NameOf(rule)} -WhatIf",
        rule => $"{SourceOf(rule)}Sync-ZoomScimUser {NameOf(rule)} -Resume",
        text => text);

    /// <summary>A rule's file, else its name, as an argument.</summary>
    public static string NameOf(ProvisioningRule rule) => PowerShellArgument.Quote(rule.Path ?? rule.Name);

    // Where the people come from only the caller knows, unless the rule says so.
    private static string SourceOf(ProvisioningRule rule) =>
        rule.Source is { Csv: null, Command: null, Ldap: null } ? "<the people> | " : string.Empty;
}
