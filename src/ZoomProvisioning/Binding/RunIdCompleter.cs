using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using ZoomProvisioning.Loading;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Binding;

/// <summary>Completes the ids of the last runs and commands, newest first; what each of them was is in the list and in the tool tip.</summary>
public sealed class RunIdCompleter : IArgumentCompleter
{
    private const string StatePath = "StatePath";
    private const int Offered = 20;
    private static readonly TimeSpan Recent = TimeSpan.FromDays(60);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var begun = (wordToComplete ?? string.Empty).Trim('\'', '"');
        try
        {
            return Runs(fakeBoundParameters)
                .Where(r => r.RunId.StartsWith(begun, StringComparison.OrdinalIgnoreCase))
                .Take(Offered)
                .Select(r => new CompletionResult(r.RunId, r.ToString(), CompletionResultType.ParameterValue, r.ToString()))
                .ToList();
        }
#pragma warning disable CA1031 // A completer has nobody to report to; PowerShell would offer file names instead.
        catch (Exception)
#pragma warning restore CA1031
        {
            return [];
        }
    }

    private static IReadOnlyList<HistoryRun> Runs(IDictionary bound)
    {
        if (KnownNames.ConnectionIn(bound) is not { IsClosed: false } connection)
        {
            return [];
        }

        var root = bound[StatePath] is { } named ? Path.GetFullPath(named.ToString()!)
            : connection.Simulator is null ? null
            : connection.TemporaryState.Value;
        var history = AccountHistory.Of(EngineLoader.State, StatePlace.OfAccount(root, AccountKey.Of(connection)), (_, _) => { });
        return HistoryRuns.Of(history, new HistoryQuery { After = DateTimeOffset.UtcNow - Recent });
    }
}
