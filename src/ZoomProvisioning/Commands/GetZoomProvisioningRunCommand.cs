using System.Management.Automation;
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
    private protected override void OnRecord()
    {
        try
        {
            WriteObject(HistoryRuns.Of(OpenHistory(), Query), enumerateCollection: true);
        }
        catch (ScimException exception)
        {
            Terminate(exception, Rule);
        }
    }
}
