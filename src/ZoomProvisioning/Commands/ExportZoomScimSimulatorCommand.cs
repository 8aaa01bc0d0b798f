using System;
using System.IO;
using System.Management.Automation;
using ZoomProvisioning.Files;
using ZoomProvisioning.Hosting;

namespace ZoomProvisioning.Commands;

/// <summary>Saves the users, groups and settings of a simulated Zoom account in one JSON file.</summary>
[Cmdlet(VerbsData.Export, "ZoomScimSimulator", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(FileInfo))]
public sealed class ExportZoomScimSimulatorCommand : SimulatorCmdlet
{
    /// <summary>The file. One that is there is replaced as a whole.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Leave a file alone that is there already, and say so.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Give back the file.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void OnRecord()
    {
        var file = FilePath(Path);
        if (NoClobber && File.Exists(file))
        {
            Terminate(new ScimConflictException("Zoom.Simulator.FileExists", $"The file '{file}' is there already.")
            {
                Category = nameof(ErrorCategory.ResourceExists),
                RecommendedAction = "Choose another name, or leave -NoClobber out.",
            }, file);
        }

        if (!MayProceed(file, $"Save the simulator {Zoom.Name}"))
        {
            return;
        }

        try
        {
            AtomicFile.WriteAllText(file, Simulator.ExportState());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            TerminateFile("Zoom.Simulator.FileNotWritten", $"The simulator's state cannot be written to '{file}': {exception.Message}", exception, file);
        }

        if (PassThru)
        {
            WriteObject(new FileInfo(file));
        }
    }
}
