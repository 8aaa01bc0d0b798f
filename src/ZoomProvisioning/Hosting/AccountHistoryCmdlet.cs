using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using ZoomProvisioning.Binding;
using ZoomProvisioning.Loading;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Hosting;

/// <summary>The base of the cmdlets that look through the journals of an account. They send nothing.</summary>
public abstract class AccountHistoryCmdlet : RuleRunCmdlet
{
    private string? _named;
    private bool _isNamedKnown;

    /// <summary>Not older than this time.</summary>
    [Parameter]
    public DateTimeOffset? After { get; set; }

    /// <summary>Older than this time.</summary>
    [Parameter]
    public DateTimeOffset? Before { get; set; }

    /// <summary>Only what this person ran, as user@machine, with wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string? Actor { get; set; }

    /// <summary>Only this run, by its id; the beginning of it is enough. Tab offers the last ones.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string? RunId { get; set; }

    /// <summary>Only the last so many, 1 or more.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Last { get; set; }

    /// <summary>
    /// Only this rule: its name in the rules folder, the path of its file, or a rule. Without it: all rules of the account, those that were
    /// removed, and what was done without a rule.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [RuleTransformation]
    [ArgumentCompleter(typeof(RuleCompleter))]
    [ValidateNotNull]
    public ProvisioningRule? Rule { get; set; }

    private protected override bool ChangesZoom => false;

    private protected override bool SendsRequests => false;

    private protected override bool NeedsConnection => NamedFolder is null;

    private protected HistoryQuery Query => new() { After = After, Before = Before, Actor = Pattern(Actor), RunId = RunId, Last = Last };

    /// <summary>The folder of one journal, or of an account, where -StatePath is such a one.</summary>
    private string? NamedFolder
    {
        get
        {
            if (!_isNamedKnown)
            {
                _isNamedKnown = true;
                var folder = StatePath is null ? null : FilePath(StatePath);
                _named = folder is not null && (EngineLoader.State.IsRuleFolder(folder)
                    || (Directory.Exists(folder) && Directory.EnumerateDirectories(folder).Any(EngineLoader.State.IsRuleFolder))) ? folder : null;
            }

            return _named;
        }
    }

    private protected AccountHistory OpenHistory()
    {
        var folder = NamedFolder ?? (Rule is null ? StatePlace.OfAccount(StateRoot(StatePath), AccountKey.Of(Zoom)) : StateOf(Rule).Folder);
        var history = EngineLoader.State.IsRuleFolder(folder)
            ? AccountHistory.OfJournal(EngineLoader.State, folder, Tell)
            : AccountHistory.Of(EngineLoader.State, folder, Tell);
        if (history.Places.Count == 0 || (Rule is not null && NamedFolder is null && !EngineLoader.State.IsRuleFolder(folder)))
        {
            // Nothing would look like a history without a mistake in it.
            WriteError(ErrorRecordFactory.From(new ScimStateException(
                "Zoom.History.None",
                $"There is no history in '{folder}': "
                    + $"{(Rule is null ? "nothing was changed in this account from here" : "the rule was never run for this account")}, "
                    + "or its history was moved.")
            {
                Category = nameof(ErrorCategory.ObjectNotFound),
                RecommendedAction = "Look at the rule's name, the connection and -StatePath. What a removed rule kept is in the folder 'archive' beside it.",
            }, null, folder));
        }

        return history;
    }

    // One journal that cannot be read does not hide the others.
    private void Tell(JournalPlace place, ScimStateException exception) => WriteError(ErrorRecordFactory.From(exception, null, place.Folder));
}
