using System.Management.Automation;
using ZoomProvisioning.Hosting;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Commands;

/// <summary>Adds users to a Zoom group, 30 with each request. Only active users are added.</summary>
[Cmdlet(VerbsCommon.Add, "ZoomScimGroupMember", DefaultParameterSetName = ValueSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(GroupMemberResult), typeof(ScimUser))]
public sealed class AddZoomScimGroupMemberCommand : GroupMemberCmdlet
{
    private protected override bool Adds => true;
}
