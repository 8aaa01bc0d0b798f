using System.Management.Automation;
using ZoomProvisioning.Hosting;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Commands;

/// <summary>Takes users out of a Zoom group, 30 with each request. They stay users.</summary>
[Cmdlet(VerbsCommon.Remove, "ZoomScimGroupMember", DefaultParameterSetName = ValueSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(GroupMemberResult), typeof(ScimUser))]
public sealed class RemoveZoomScimGroupMemberCommand : GroupMemberCmdlet
{
    private protected override bool Adds => false;
}
