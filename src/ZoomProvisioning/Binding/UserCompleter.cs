using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using ZoomProvisioning.Operations;

namespace ZoomProvisioning.Binding;

/// <summary>
/// Completes the user names that were shown in the last minutes, and Zoom ids where no name begins so. Never asks Zoom: a key
/// press must not wait.
/// </summary>
public sealed class UserCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        return Completion.Offer(
            wordToComplete,
            () =>
            {
                var known = KnownNames.Of(fakeBoundParameters, c => c.UserNames, (c, call) => new UserDirectory(c).ListAsync(null, KnownNames.Ignore, call));
                var begun = (wordToComplete ?? string.Empty).Trim('\'', '"');
                if (known.Exists(e => e.Name.StartsWith(begun, StringComparison.OrdinalIgnoreCase)))
                {
                    return known.Select(e => e.Name);
                }

                // Two ids may differ in nothing but case.
                known.Where(e => e.Id.StartsWith(begun, StringComparison.Ordinal)).ToList().ForEach(e => ids[e.Id] = e.Name);
                return ids.Keys;
            },
            text => ids.TryGetValue(text, out var name) ? name : text);
    }
}
