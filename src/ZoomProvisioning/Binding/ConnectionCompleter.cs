using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using ZoomProvisioning.Hosting;

namespace ZoomProvisioning.Binding;

/// <summary>Completes the names of the runspace's connections.</summary>
public sealed class ConnectionCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        ConnectionTable.Current.All
            .Where(c => c.Name.StartsWith((wordToComplete ?? string.Empty).Trim('\'', '"'), StringComparison.OrdinalIgnoreCase))
            .Select(c => new CompletionResult(c.Name.All(ch => char.IsLetterOrDigit(ch) || ch is '-' or '_' or '.') ? c.Name : $"'{c.Name.Replace("'", "''")}'", c.Name, CompletionResultType.ParameterValue, c.ToString()));
}
