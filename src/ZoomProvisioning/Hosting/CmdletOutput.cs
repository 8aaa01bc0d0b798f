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
    private bool _yesToAll;
    private bool _noToAll;

    public CmdletOutput(ZoomCmdlet cmdlet)
    {
        _cmdlet = cmdlet;
        _progress = new ProgressDisplay(cmdlet);
    }

    public bool IsStopping => _cmdlet.Stopping;

    public bool WantsDebug => _cmdlet.MyInvocation.BoundParameters.TryGetValue("Debug", out var debug)
        ? LanguagePrimitives.IsTrue(debug)
        : !LanguagePrimitives.TryConvertTo(_cmdlet.GetVariableValue("DebugPreference"), out ActionPreference preference)
            || preference is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);

    public void WriteObject(object value)
    {
        foreach (var shown in _cmdlet.Shape(value))
        {
            _cmdlet.Elsewhere(() =>
            {
                _cmdlet.WriteObject(shown);
                return true;
            });
        }
    }

    public void WriteError(ScimException error, string label, object? target) => _cmdlet.WriteRecordError(error, label, target);

    // ZoomCmdlet makes harmless what these say.
    public void WriteWarning(string message) => _cmdlet.WriteWarning(message);

    public void WriteVerbose(string message) => _cmdlet.WriteVerbose(message);

    public void WriteDebug(string message) => _cmdlet.WriteDebug(message);

    public bool ShouldProcess(string target, string action) => Ask(target, () => Ask(ViewText.Line(target)!, ViewText.Of(action)));

    public bool ConfirmRemoval(string target, string action) => Ask(target, () => Remove(ViewText.Line(target)!, ViewText.Of(action)));

    // What takes several lines to say is no name of an operation, but the question itself.
    private bool Ask(string target, string action) =>
        action.IndexOf('\n') < 0 ? _cmdlet.ShouldProcess(target, action) : _cmdlet.ShouldProcess($"{target}: {action}", $"{action}\nGo on?", target);

    private bool Remove(string target, string action) =>
        // PowerShell knows one impact for a whole command, so that a removal among changes is asked about here.
        (!_cmdlet.AsksAboutRemovalsOnly || _cmdlet.ShouldContinue(
            $"Performing the operation \"{action}\" on target \"{target}\".",
            "Are you sure you want to perform this action?",
            ref _yesToAll,
            ref _noToAll))
        && _cmdlet.ShouldProcess(target, action);

    public void ShowProgress(ProgressReport progress) => _progress.Show(progress);

    private bool Ask(string target, Func<bool> ask)
    {
        try
        {
            return _cmdlet.Elsewhere(ask);
        }
        // A host that cannot ask says so in these ways (the last one is the console's when its input has ended), and with no
        // word of what to do.
        catch (Exception exception) when (exception is PSInvalidOperationException or HostException or NotImplementedException or NullReferenceException)
        {
            var error = new ScimException(
                "Zoom.Call.CannotAsk",
                $"{target}: this needs a confirmation, and nobody can be asked here. Nothing was sent.",
                exception)
            {
                Category = nameof(ErrorCategory.InvalidOperation),
                RecommendedAction = "In a script that runs unattended, add -Confirm:$false.",
            };
            _cmdlet.ThrowTerminatingError(ErrorRecordFactory.From(error, null, target));
            return false;
        }
    }
}
