using System.Management.Automation;
using System.Threading.Tasks;
using ZoomProvisioning.Hosting;
using ZoomProvisioning.Operations;
using ZoomProvisioning.Pipeline;
using ZoomProvisioning.Reconcile;

namespace ZoomProvisioning.Commands;

/// <summary>Changes Zoom users: sends what differs and nothing else.</summary>
[Cmdlet(VerbsCommon.Set, "ZoomScimUser", DefaultParameterSetName = ValueSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(ChangeResult), typeof(ScimUser))]
public sealed class SetZoomScimUserCommand : UserAttributesCmdlet
{
    /// <summary>Whom to change: the present user name, or the Zoom id.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = ValueSet)]
    [Alias("Id")]
    [ValidateNotNullOrEmpty]
    public string Identity { get; set; } = string.Empty;

    /// <summary>A new sign-in name, to rename the user. The mail address changes with it.</summary>
    [Parameter]
    [Alias("NewUserName")]
    public string? UserName { get; set; }

    private protected override string? WantedUserName => UserName;

    private protected override DesiredUser ReadParameters() => ReadIdentity(Identity);

    private protected override DesiredUser ReadIdentity(string identity) => Identities.Read(Reader, identity);

    private protected override Task<ChangeResult?> WorkAsync(DesiredUser desired, LaneScope scope) =>
        new UserOperations(Zoom).UpdateAsync(desired, scope, scope.Call);
}
