using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ZoomProvisioning.Binding;

/// <summary>What all completers have in common: they offer what begins as the word does, quote it, and never fail at a key press.</summary>
internal static class Completion
{
    /// <summary>Offers names.</summary>
    /// <param name="word">What was typed so far; it may begin with a quote.</param>
    /// <param name="names">Gives the names. If it fails, there is nothing to offer.</param>
    /// <param name="tip">The tool tip of a name; the name itself when left out.</param>
    public static IEnumerable<CompletionResult> Offer(string? word, Func<IEnumerable<string>> names, Func<string, string>? tip = null)
    {
        var begun = (word ?? string.Empty).Trim('\'', '"');
        try
        {
            return names()
                // What would do something to a terminal, or look like another name there, cannot be chosen in one.
                .Where(name => name.StartsWith(begun, StringComparison.OrdinalIgnoreCase) && VisibleText.OneLine(name) == name)
                .Select(name => new CompletionResult(
                    Quoted(name), name, CompletionResultType.ParameterValue, VisibleText.OneLine(tip?.Invoke(name) ?? name)))
                .ToList();
        }
#pragma warning disable CA1031 // A completer has nobody to report to; PowerShell would offer file names instead.
        catch (Exception)
#pragma warning restore CA1031
        {
            return [];
        }
    }

    /// <summary>A name as an argument: in quotes unless it is a plain word.</summary>
    public static string Quoted(string name) =>
        name.Length > 0 && char.IsLetter(name[0]) && name.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or '@' or '+')
            ? name
            // PowerShell takes typographic quotes for quotes, so all of them are doubled.
            : $"'{CodeGeneration.EscapeSingleQuotedStringContent(name)}'";
}
