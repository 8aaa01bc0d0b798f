using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Binding;

/// <summary>Completes the names of actions and requests, as the history knows them.</summary>
public sealed class ActionCompleter : IArgumentCompleter
{
    private static readonly string[] Names = Enum.GetNames(typeof(PlanAction))
        .Except([nameof(PlanAction.NoOp), nameof(PlanAction.Blocked), nameof(PlanAction.Protected)])
        .Concat(Enum.GetNames(typeof(WriteKind))).Append(nameof(JournalKind.NotDone)).Distinct().ToArray();

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Offer(wordToComplete, () => Names);
}
