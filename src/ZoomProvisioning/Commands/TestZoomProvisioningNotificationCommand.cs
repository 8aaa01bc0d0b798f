using System.Management.Automation;
using ZoomProvisioning.Binding;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Hosting;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Commands;

/// <summary>
/// Sends a message marked as a test to each target that a rule tells of its runs (notify), and says of each whether it arrived. No
/// connection to Zoom is needed, and nothing is written.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "ZoomProvisioningNotification")]
[OutputType(typeof(NotificationResult))]
public sealed class TestZoomProvisioningNotificationCommand : ZoomCmdlet
{
    /// <summary>The rule: its name in the rules folder, the path of its .json or .psd1 file, or a rule.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [RuleTransformation]
    [ArgumentCompleter(typeof(RuleCompleter))]
    [ValidateNotNull]
    public ProvisioningRule Rule { get; set; } = null!;

    private protected override void OnRecord()
    {
        try
        {
            WriteObject(Await(scope => ModuleNotifier.Of(Rule).TestAsync(scope.Call.Stop)), enumerateCollection: true);
        }
        catch (ScimRecordException exception)
        {
            Terminate(exception, Rule);
        }
    }
}
