using System;
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

    // One journal that cannot be read does not hide the others.
    private void Tell(JournalPlace place, ScimStateException exception) => WriteError(ErrorRecordFactory.From(exception, null, place.Folder));
}
