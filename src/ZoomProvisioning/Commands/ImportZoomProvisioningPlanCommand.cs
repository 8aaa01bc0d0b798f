using System.Management.Automation;
using ZoomProvisioning.Hosting;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Commands;

/// <summary>Loads a saved plan to look at it, or to apply it with Invoke-ZoomProvisioningPlan. One that was changed by hand is refused.</summary>
[Cmdlet(VerbsData.Import, "ZoomProvisioningPlan")]
[OutputType(typeof(SyncPlan))]
public sealed class ImportZoomProvisioningPlanCommand : ZoomCmdlet
{
    /// <summary>The JSON file.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    private protected override void OnRecord()
    {
        try
        {
            WriteObject(PlanFiles.Read(FilePath(Path)));
        }
        catch (ScimException exception)
        {
            WriteError(ErrorRecordFactory.From(exception, null, Path));
        }
    }
}
