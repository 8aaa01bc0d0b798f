using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Binding;

/// <summary>Completes the names of the rules in the rules folder, then files.</summary>
public sealed class RuleCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var begun = (wordToComplete ?? string.Empty).Trim('\'', '"');
        var names = RuleFolder.Files.Select(RuleFolder.NameOf)
            .Where(n => n.StartsWith(begun, StringComparison.OrdinalIgnoreCase))
            .Select(n => new CompletionResult(
                n.All(ch => char.IsLetterOrDigit(ch) || ch is '-' or '_' or '.') ? n : $"'{n.Replace("'", "''")}'",
                n,
                CompletionResultType.ParameterValue,
                n));
        return parameterName == "Name" ? names : names.Concat(CompletionCompleters.CompleteFilename(wordToComplete ?? string.Empty));
    }
}
