using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using ZoomProvisioning.Binding;
using ZoomProvisioning.Hosting;
using ZoomProvisioning.Operations;
using ZoomProvisioning.Pipeline;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Commands;

/// <summary>Deactivates Zoom users, or deletes them for good; what they have can go to a colleague.</summary>
[Cmdlet(VerbsCommon.Remove, "ZoomScimUser", DefaultParameterSetName = ValueSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(ChangeResult), typeof(ScimUser))]
public sealed class RemoveZoomScimUserCommand : BulkCmdlet
{
    private UserOperations? _operations;

    /// <summary>Whom to remove: user names (mail addresses), or Zoom ids.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = ValueSet)]
    [Alias("Id", "UserName")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(UserCompleter))]
    public string[] Identity { get; set; } = [];

    /// <summary>Disable (can be undone) or Delete (cannot). The default is the connection's own remove action.</summary>
    [Parameter]
    public RemoveAction Action { get; set; }

    /// <summary>
    /// The colleague who gets the user's meetings, recordings and other data, by mail address: an active user of the account. Named to
    /// Zoom before the removal.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(UserCompleter))]
    [OneText]
    public string? Transferee { get; set; }

    /// <summary>Give back the Zoom user, after a deletion as it was, instead of the result.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>
    /// The folder under which the journal of what is changed without a rule is kept, one folder for each account. The default is
    /// ZOOM_PROVISIONING_STATE, else the user's application data; for an embedded simulator a folder that goes with it.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StatePath { get; set; }

    private protected override string? JournalPath => StatePath;

    private protected override ScimUser ExplicitValues { get; } = new();

    private protected override bool NeedsValidConnection => true;

    private protected override bool ChangesZoom => true;

    /// <inheritdoc/>
    internal override IEnumerable<object> Shape(object value) =>
        PassThru && value is ChangeResult result ? (result.User is { } user ? [user] : []) : base.Shape(value);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _operations?.Dispose();
        }

        base.Dispose(disposing);
    }

    private protected override IReadOnlyList<string> Named => Identity;

    private protected override DesiredUser ReadIdentity(string identity) => Identities.Read(Reader, identity);

    private protected override Task<ChangeResult?> WorkAsync(DesiredUser desired, LaneScope scope)
    {
        var action = MyInvocation.BoundParameters.ContainsKey(nameof(Action)) ? Action : Zoom.RemoveAction;
        var operations = Once(
            ref _operations, () => new UserOperations(
                Zoom, skipProtected: ParameterSetName == InputSet, looksFirst: OneByOne, coming: () => Coming, journal: Journal));
        return operations.RemoveAsync(desired, action, Transferee, scope, scope.Call);
    }
}
