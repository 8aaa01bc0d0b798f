using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using ZoomProvisioning.Hosting;

namespace ZoomProvisioning.Binding;

/// <summary>Completes the names of groups that were shown in the last minutes. Never asks Zoom: a key press must not wait.</summary>
public sealed class GroupCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var begun = (wordToComplete ?? string.Empty).Trim('\'', '"');
        return (ConnectionIn(fakeBoundParameters)?.GroupNames.Known ?? [])
            .Where(name => name.StartsWith(begun, StringComparison.OrdinalIgnoreCase))
            .Select(name => new CompletionResult(Quoted(name), name, CompletionResultType.ParameterValue, name));
    }

    private static ZoomScimConnection? ConnectionIn(IDictionary? bound)
    {
        var given = bound?.Contains("Connection") == true ? bound["Connection"] : null;
        return (given is PSObject wrapped ? wrapped.BaseObject : given) switch
        {
            ZoomScimConnection connection => connection,
            string name => ConnectionTable.Current.Find(name),
            _ => ConnectionTable.Current.Default,
        };
    }

    private static string Quoted(string name) =>
        name.Length > 0 && char.IsLetter(name[0]) && name.All(ch => char.IsLetterOrDigit(ch) || ch is '-' or '_' or '.')
            ? name
            // PowerShell takes typographic quotes for quotes, so all of them are doubled.
            : $"'{CodeGeneration.EscapeSingleQuotedStringContent(name)}'";
}
