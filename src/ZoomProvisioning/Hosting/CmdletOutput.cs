using System;
using System.Management.Automation;
using System.Management.Automation.Host;
using ZoomProvisioning.Pipeline;

namespace ZoomProvisioning.Hosting;

/// <summary>A cmdlet's streams, as Core sees them.</summary>
internal sealed class CmdletOutput : IPipelineOutput
{
    private readonly ZoomCmdlet _cmdlet;

    private readonly ProgressDisplay _progress;

    public CmdletOutput(ZoomCmdlet cmdlet)
    {
        _cmdlet = cmdlet;
        _progress = new ProgressDisplay(cmdlet);
    }

    public bool IsStopping => _cmdlet.Stopping;

    public void WriteObject(object value)
    {
        foreach (var shown in _cmdlet.Shape(value))
        {
            _cmdlet.WriteObject(shown);
        }
    }

    public void WriteError(ScimException error, string label, object? target) => _cmdlet.WriteError(ErrorRecordFactory.From(error, label, target));

    public void WriteWarning(string message) => _cmdlet.WriteWarning(message);

    public void WriteVerbose(string message) => _cmdlet.WriteVerbose(message);

    public void WriteDebug(string message) => _cmdlet.WriteDebug(message);

    public bool ShouldProcess(string target, string action)
    {
        try
        {
            // What takes several lines to say is no name of an operation, but the question itself.
            return action.IndexOf('\n') < 0 ? _cmdlet.ShouldProcess(target, action) : _cmdlet.ShouldProcess($"{target}: {action}", $"{action}\nGo on?", target);
        }
        // A host that cannot ask says so in these ways (the last one is the console's when its input has ended), and with no
        // word of what to do.
        catch (Exception exception) when (exception is PSInvalidOperationException or HostException or NotImplementedException or NullReferenceException)
        {
            var error = new ScimException("Zoom.Call.CannotAsk", $"{target}: this needs a confirmation, and nobody can be asked here. Nothing was sent.", exception)
            {
                Category = nameof(ErrorCategory.InvalidOperation),
                RecommendedAction = "In a script that runs unattended, add -Confirm:$false.",
            };
            _cmdlet.ThrowTerminatingError(ErrorRecordFactory.From(error, null, target));
            return false;
        }
    }

    public void ShowProgress(ProgressReport progress) => _progress.Show(progress);
}
