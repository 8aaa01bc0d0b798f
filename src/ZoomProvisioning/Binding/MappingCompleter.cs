using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ZoomProvisioning.Binding;

/// <summary>
/// Offers a mapping to fill in, one for each attribute: PowerShell asks no completer inside a hashtable that was begun, so the
/// whole of it is offered.
/// </summary>
public sealed class MappingCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        ZoomAttributes.All.Concat(ZoomExtension.Known)
            .Where(a => a.Name.StartsWith(wordToComplete ?? string.Empty, StringComparison.OrdinalIgnoreCase))
            .Select(a => new CompletionResult(
                $"@{{ {a.Name} = '' }}",
                a.Name,
                CompletionResultType.ParameterValue,
                $"{a.Name} from the property named in the quotes"));
}
