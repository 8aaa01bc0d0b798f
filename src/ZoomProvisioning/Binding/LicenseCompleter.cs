using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ZoomProvisioning.Binding;

/// <summary>Completes the names of licences: user types, bundle plans and add-ons.</summary>
public sealed class LicenseCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Offer(wordToComplete, () => ZoomLicenses.Names, name => ZoomPlans.Find(name)?.Description ?? name);
}
