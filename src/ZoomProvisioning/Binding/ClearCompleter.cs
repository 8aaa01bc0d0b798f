using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ZoomProvisioning.Binding;

/// <summary>Completes the names of attributes that can be cleared.</summary>
public sealed class ClearCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Offer(wordToComplete, () => ZoomAttributes.All.Where(a => a.CanBeCleared).Concat(ZoomExtension.Known).Select(a => a.Name));
}
