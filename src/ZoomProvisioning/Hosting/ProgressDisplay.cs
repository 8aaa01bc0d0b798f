using System;
using System.Globalization;
using System.Management.Automation;
using ZoomProvisioning.Pipeline;

namespace ZoomProvisioning.Hosting;

/// <summary>
/// Shows a run's progress as the host can: a bar where somebody looks at it, a line a minute where the output is kept and
/// read later, nothing where it is not wanted.
/// </summary>
internal sealed class ProgressDisplay
{
    private const int Activity = 1;

    private readonly ZoomCmdlet _cmdlet;
    private LineEveryMinute? _lines;
    private bool? _isBar;

    public ProgressDisplay(ZoomCmdlet cmdlet) => _cmdlet = cmdlet;

    private string Command => _cmdlet.MyInvocation.MyCommand.Name;

    public void Show(ProgressReport report)
    {
        if (!IsWanted())
        {
            return;
        }

        if (_isBar ??= Attendance.OfThisProcess().IsAttended(_cmdlet.Host.Name))
        {
            ShowBar(report);
        }
        else if ((_lines ??= new LineEveryMinute(Command)).Next(report) is { } line)
        {
            // For the host, as Write-Host does it: what a schedule keeps is what a console would show.
            _cmdlet.WriteInformation(new HostInformationMessage { Message = line }, ["PSHOST"]);
        }
    }

    private void ShowBar(ProgressReport report) =>
        _cmdlet.WriteProgress(new ProgressRecord(Activity, Command, ProgressText.Status(report, CultureInfo.CurrentCulture))
        {
            RecordType = report.Finished ? ProgressRecordType.Completed : ProgressRecordType.Processing,
            PercentComplete = report.Percent ?? -1,
            SecondsRemaining = report.Left is { } left ? (int)Math.Min(int.MaxValue, Math.Ceiling(left.TotalSeconds)) : -1,
        });

    // WriteProgress asks by itself, a line for the host does not. -ProgressAction is PowerShell 7.4's.
    private bool IsWanted()
    {
        var wish = _cmdlet.MyInvocation.BoundParameters.TryGetValue("ProgressAction", out var bound) ? bound : _cmdlet.GetVariableValue("ProgressPreference");
        return !LanguagePrimitives.TryConvertTo(wish, out ActionPreference preference)
            || preference is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);
    }
}
