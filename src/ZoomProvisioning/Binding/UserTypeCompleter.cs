using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ZoomProvisioning.Binding;

/// <summary>Completes Zoom's user types. Other values are allowed, for Zoom may know more.</summary>
public sealed class UserTypeCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Offer(wordToComplete, () => ZoomUserTypes.All);
}
