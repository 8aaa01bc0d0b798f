using System.Management.Automation;
using ZoomProvisioning.Binding;
using ZoomProvisioning.Hosting;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Commands;

/// <summary>
/// Lists the runs of all rules of an account and the commands that changed it without
/// one, newest first: when, who, what, how many, and the id to undo it by.
/// </summary>
[Cmdlet(VerbsCommon.Get, "ZoomProvisioningRun")]
[OutputType(typeof(HistoryRun))]
public sealed class GetZoomProvisioningRunCommand : AccountHistoryCmdlet
{
    /// <summary>Only runs that were about these people: user names, full names, anchors or Zoom ids, with wildcards. Under every name they had.</summary>
    [Parameter]
    [Alias("UserName", "Identity")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(UserCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? User { get; set; }

    private protected override void OnRecord()
    {
        try
        {
            var runs = HistoryRuns.Of(OpenHistory(), Query with { User = Patterns(User) });
            WriteObject(runs, enumerateCollection: true);
            if (runs.Count == 0)
            {
                TellNothing(User);
            }
        }
        catch (ScimException exception)
        {
            Terminate(exception, Rule);
        }
    }
}
