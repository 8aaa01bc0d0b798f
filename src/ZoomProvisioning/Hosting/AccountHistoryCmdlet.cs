using System;
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

    /// <summary>Only what this person ran, as user@machine or the user alone, with wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string? Actor { get; set; }

    /// <summary>Only this run: its id, of which the beginning is enough, or what Get-ZoomProvisioningRun gave. Tab offers the last ones.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [RunIdTransformation]
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
                _named = HistoryFolder.Named(EngineLoader.State, StatePath is null ? null : FilePath(StatePath));
            }

            return _named;
        }
    }

    private protected AccountHistory OpenHistory()
    {
        var folder = NamedFolder ?? (Rule is null ? StatePlace.OfAccount(StateRoot(StatePath), AccountKey.Of(Zoom)) : StateOf(Rule).Folder);
        var history = HistoryFolder.Open(EngineLoader.State, folder, Tell);
        if (history.Places.Count == 0)
        {
            WriteError(ErrorRecordFactory.From(HistoryFolder.Empty(folder, Rule is not null), null, folder));
        }

        return history;
    }

    /// <summary>Says that nothing was found: to everybody who gave a name, which is easily mistaken; to others where they ask for it.</summary>
    private protected void TellNothing(string[]? users)
    {
        if (users is null && Actor is null)
        {
            WriteVerbose("Nothing in the history fits what was asked for.");
            return;
        }

        var people = users is null ? string.Empty
            : " People are found by user name, full name, anchor or Zoom id, with wildcards; what a rule makes of somebody Sync-ZoomScimUser -Explain tells.";
        var actor = Actor is null ? string.Empty : " -Actor takes user@machine, or the user alone, with wildcards.";
        var named = (users ?? []).Concat(Actor is null ? [] : [Actor]).Select(n => $"'{n}'").ToList();
        var rest = RunId is null && After is null && Before is null ? string.Empty : " and the rest asked for";
        WriteWarning($"Nothing in the history fits {string.Join(", ", named)}{rest}.{people}{actor}");
    }

    // One journal that cannot be read does not hide the others.
    private void Tell(JournalPlace place, ScimStateException exception) => WriteError(ErrorRecordFactory.From(exception, null, place.Folder));
}
