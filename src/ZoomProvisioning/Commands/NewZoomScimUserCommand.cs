using System.Management.Automation;
using System.Threading.Tasks;
using ZoomProvisioning.Binding;
using ZoomProvisioning.Hosting;
using ZoomProvisioning.Input;
using ZoomProvisioning.Pipeline;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Commands;

/// <summary>Creates Zoom users. Who exists already is an error, a skip or an update, as is wished.</summary>
[Cmdlet(VerbsCommon.New, "ZoomScimUser", DefaultParameterSetName = ValueSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(ChangeResult), typeof(ScimUser))]
public sealed class NewZoomScimUserCommand : UserAttributesCmdlet
{
    /// <summary>The sign-in name: a mail address of a domain associated with the account.</summary>
    [Parameter(Position = 0)]
    [OneText]
    public string? UserName { get; set; }

    /// <summary>What to do when the user exists already: Fail (an error), Skip, or Update (adopt it).</summary>
    [Parameter]
    public IfExists IfExists { get; set; }

    private protected override RecordUse Use => RecordUse.Create;

    private protected override string? WantedUserName => UserName;

    private protected override DesiredUser ReadParameters() => Reader.ReadExplicit(null, null);

    private protected override Task<ChangeResult?> WorkAsync(DesiredUser desired, LaneScope scope) =>
        Operations.CreateAsync(desired, IfExists, scope, scope.Call);
}
