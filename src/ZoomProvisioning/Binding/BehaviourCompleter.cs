using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Loading;

namespace ZoomProvisioning.Binding;

/// <summary>Completes the simulator's behaviours as <c>name=value</c>: first the name, then its values.</summary>
public sealed class BehaviourCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var word = (wordToComplete ?? string.Empty).Trim('\'', '"');
        var equals = word.IndexOf('=');
        var switches = EngineLoader.Simulator.Switches;
        if (equals < 0)
        {
            return switches.Where(item => item.Name.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                .Select(item => new CompletionResult(item.Name + "=", item.Name, CompletionResultType.ParameterValue, Describe(item)));
        }

        var name = word.Substring(0, equals);
        var begun = word.Substring(equals + 1);
        return from item in switches
               where string.Equals(item.Name, name, StringComparison.OrdinalIgnoreCase)
               from value in item.Values.Count > 0 ? item.Values : [item.DefaultValue.ToString()!]
               where value.StartsWith(begun, StringComparison.OrdinalIgnoreCase)
               let text = $"{item.Name}={value}"
               select new CompletionResult(value.Contains(' ') ? $"'{text}'" : text, value, CompletionResultType.ParameterValue, Describe(item));
    }

    private static string Describe(SimulatorSwitch item) =>
        $"{item.Meaning} {(item.Values.Count > 0 ? string.Join(", ", item.Values) : $"Default: {item.DefaultValue}")}";
}
