using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Binding;

/// <summary>Completes who gets the data of people who are deleted: the word for each person's own manager, then users.</summary>
public sealed class TransferToCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Offer(wordToComplete, () => [LeaverSettings.Manager])
            .Concat(new UserCompleter().CompleteArgument(commandName, parameterName, wordToComplete, commandAst, fakeBoundParameters));
}
