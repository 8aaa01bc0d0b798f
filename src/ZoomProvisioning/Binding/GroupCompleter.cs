using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;
using ZoomProvisioning.Operations;

namespace ZoomProvisioning.Binding;

/// <summary>Completes the names of groups that were shown in the last minutes. Never asks Zoom: a key press must not wait.</summary>
public sealed class GroupCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Offer(
            wordToComplete,
            () => KnownNames.Of(fakeBoundParameters, c => c.GroupNames, (c, call) => new GroupDirectory(c).ListAsync(KnownNames.Ignore, call))
                .ConvertAll(e => e.Name));
}
