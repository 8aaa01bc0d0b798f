using System;
using System.IO;
using System.Management.Automation;
using ZoomProvisioning.Files;
using ZoomProvisioning.Hosting;
using ZoomProvisioning.Loading;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reports;

namespace ZoomProvisioning.Commands;

/// <summary>Saves a plan: as JSON to apply it later, as a page to read and sign off.</summary>
[Cmdlet(VerbsData.Export, "ZoomProvisioningPlan", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(FileInfo))]
public sealed class ExportZoomProvisioningPlanCommand : ZoomCmdlet
{
    /// <summary>The plan.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public SyncPlan Plan { get; set; } = null!;

    /// <summary>The JSON file, for Invoke-ZoomProvisioningPlan. It names people: keep it where the source is kept.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The HTML page, one self-contained file.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? HtmlPath { get; set; }

    /// <summary>Replace files that are there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Give back the files written.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void OnRecord()
    {
        if (Path is null && HtmlPath is null)
        {
            Terminate(new ScimStateException("Zoom.Plan.NoPath", "There is nowhere to save the plan.")
            {
                Category = nameof(ErrorCategory.InvalidArgument),
                RecommendedAction = "Give -Path for the JSON file, -HtmlPath for the page, or both.",
            });
        }

        if (Path is not null)
        {
            Save(Path, to => EngineLoader.State.WritePlan(Plan, to));
        }

        if (HtmlPath is not null)
        {
            Save(HtmlPath, AtomicFile.Text(to => PlanPage.Write(Plan, to, PlanFiles.PageOf(Plan, Path ?? "plan.json"))));
        }
    }

    private void Save(string path, Action<Stream> write)
    {
        var file = FilePath(path);
        if (File.Exists(file) && !Force)
        {
            Terminate(new ScimStateException("Zoom.File.Exists", $"'{file}' is there already.")
            {
                Category = nameof(ErrorCategory.ResourceExists),
                RecommendedAction = "Give another path, or -Force to replace the file.",
            }, file);
        }

        if (!MayProceed(file, $"Save the plan {Plan.ShortId}"))
        {
            return;
        }

        try
        {
            OutputFile.Write(file, write);
        }
        catch (ScimStateException exception)
        {
            Terminate(exception, file);
        }

        if (PassThru)
        {
            WriteObject(new FileInfo(file));
        }
    }
}
