using System.IO;
using System.Management.Automation;
using ZoomProvisioning.Hosting;
using ZoomProvisioning.Reports;
using ZoomProvisioning.Runs;

namespace ZoomProvisioning.Commands;

/// <summary>Writes a run as one self-contained HTML page: counts, changes, failures with advice, held removals, and who changed Zoom by hand.</summary>
[Cmdlet(VerbsData.Export, "ZoomProvisioningReport", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(FileInfo))]
public sealed class ExportZoomProvisioningReportCommand : ZoomCmdlet
{
    /// <summary>The run.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public ProvisioningRun Run { get; set; } = null!;

    /// <summary>The HTML file; one that is there is replaced.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Give back the file.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void OnRecord()
    {
        var file = FilePath(Path);
        if (MayProceed(file, $"Write the report of run {Run.RunId}"))
        {
            Save(file);
            if (PassThru)
            {
                WriteObject(new FileInfo(file));
            }
        }
    }

    private void Save(string file)
    {
        try
        {
            OutputFile.WriteText(file, to => RunReport.Write(Run, to));
        }
        catch (ScimStateException exception)
        {
            Terminate(exception, file);
        }
    }
}
