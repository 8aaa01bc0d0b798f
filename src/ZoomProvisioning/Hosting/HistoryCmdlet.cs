using System.Management.Automation;
using ZoomProvisioning.Binding;
using ZoomProvisioning.Loading;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Hosting;

/// <summary>The base of the cmdlets that read a rule's journal. They send nothing.</summary>
public abstract class HistoryCmdlet : RuleRunCmdlet
{
    /// <summary>
    /// The rule: its name in the rules folder, the path of its file, or a rule. Not needed where -StatePath is the folder of one
    /// rule: of a rule that was removed, or of an account there is no connection to.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [RuleTransformation]
    [ArgumentCompleter(typeof(RuleCompleter))]
    [ValidateNotNull]
    public ProvisioningRule? Rule { get; set; }

    private protected override bool ChangesZoom => false;

    private protected override bool SendsRequests => false;

    private protected override bool NeedsConnection => NamedFolder is null;

    /// <summary>The folder of one rule, where -StatePath is such a one.</summary>
    private string? NamedFolder => StatePath is not null && FilePath(StatePath) is var folder && EngineLoader.State.IsRuleFolder(folder) ? folder : null;

    private protected sealed override void OnRecord()
    {
        var folder = NamedFolder;
        if (folder is null && Rule is null)
        {
            Terminate(new ScimStateException("Zoom.History.NoRule", "Nothing says whose history is meant.")
            {
                Category = nameof(ErrorCategory.InvalidArgument),
                RecommendedAction = "Give -Rule, or -StatePath with the folder of one rule, the one its journal is in.",
            });
        }

        folder ??= StateOf(Rule!).Folder;
        if (!EngineLoader.State.IsRuleFolder(folder))
        {
            // Nothing would look like a history without a mistake in it.
            WriteError(ErrorRecordFactory.From(new ScimStateException(
                "Zoom.History.None",
                $"There is no history in '{folder}': the rule was never run for this account, or its history was moved.")
            {
                Category = nameof(ErrorCategory.ObjectNotFound),
                RecommendedAction = "Look at the rule's name, the connection and -StatePath. What a removed rule kept is in the folder 'archive' beside it.",
            }, null, folder));
            return;
        }

        try
        {
            OnFolder(folder);
        }
        catch (ScimException exception)
        {
            Terminate(exception, folder);
        }
    }

    /// <summary>Reads the journal in a folder.</summary>
    private protected abstract void OnFolder(string folder);
}
