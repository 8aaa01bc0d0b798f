using System.Management.Automation;
using ZoomProvisioning.Binding;
using ZoomProvisioning.Hosting;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Commands;

/// <summary>Deletes Zoom groups for good. Their members stay users.</summary>
[Cmdlet(VerbsCommon.Remove, "ZoomScimGroup", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(GroupResult), typeof(ScimGroup))]
public sealed class RemoveZoomScimGroupCommand : GroupCmdlet
{
    /// <summary>The groups: names, Zoom ids, or groups of Get-ZoomScimGroup.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [Alias("Id", "Name")]
    [ArgumentCompleter(typeof(GroupCompleter))]
    [AllowEmptyString]
    [ValidateNotNull]
    public object[] Identity { get; set; } = [];

    private protected override void OnRecord() =>
        PutEach(Identity, (target, scope) => Operations.RemoveAsync(target, scope, scope.Call));
}
