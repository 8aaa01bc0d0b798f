using System;
using System.IO;
using System.Management.Automation;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Hosting;

namespace ZoomProvisioning.Commands;

/// <summary>Replaces the users, groups and settings of a simulated Zoom account by those of a file.</summary>
[Cmdlet(VerbsData.Import, "ZoomScimSimulator", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(ZoomScimSimulator))]
public sealed class ImportZoomScimSimulatorCommand : SimulatorCmdlet
{
    /// <summary>A file that Export-ZoomScimSimulator wrote, or one like it with a copy of a real account.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("LiteralPath", "PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Give back how the account is then.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void OnRecord()
    {
        var file = FilePath(Path);
        if (!MayProceed($"simulator {Zoom.Name}", $"Replace its state by '{file}'"))
        {
            return;
        }

        try
        {
            Simulator.ImportState(File.ReadAllText(file));
        }
        catch (ArgumentException exception)
        {
            TerminateFile("Zoom.Simulator.InvalidState", $"'{file}' is not the state of a simulator. {exception.Message}", exception, file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            TerminateFile("Zoom.Simulator.FileNotRead", $"'{file}' cannot be read: {exception.Message}", exception, file);
        }

        if (PassThru)
        {
            WriteObject(Describe());
        }
    }
}
