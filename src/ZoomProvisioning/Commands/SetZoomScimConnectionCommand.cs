using System.Collections.Generic;
using System.Management.Automation;
using ZoomProvisioning.Binding;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Hosting;
using ZoomProvisioning.Session;

namespace ZoomProvisioning.Commands;

/// <summary>Switches a connection on or off, and what it may do.</summary>
[Cmdlet(VerbsCommon.Set, "ZoomScimConnection", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(ZoomScimConnection))]
public sealed class SetZoomScimConnectionCommand : ZoomCmdlet
{
    /// <summary>The connection to change, or its name. The default is the runspace's own.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [Alias("Name")]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNull]
    public ZoomScimConnection? Connection { get; set; }

    /// <summary>What the connection is for, in your words.</summary>
    [Parameter]
    public string? Description { get; set; }

    /// <summary>Whether the connection may be used at all.</summary>
    [Parameter]
    public bool Enabled { get; set; }

    /// <summary>Whether users may be created.</summary>
    [Parameter]
    public bool AllowCreate { get; set; }

    /// <summary>Whether users may be changed and reactivated.</summary>
    [Parameter]
    public bool AllowUpdate { get; set; }

    /// <summary>Whether users may be deactivated.</summary>
    [Parameter]
    public bool AllowDisable { get; set; }

    /// <summary>Whether users may be deleted.</summary>
    [Parameter]
    public bool AllowDeprovision { get; set; }

    /// <summary>What Remove-ZoomScimUser does when it is not told.</summary>
    [Parameter]
    public RemoveAction RemoveAction { get; set; }

    /// <summary>Give back the connection.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void OnRecord()
    {
        var connection = Connection ?? ConnectionTable.Current.Default;
        if (connection is null)
        {
            Terminate(new ScimNotConnectedException("Zoom.Connection.NotConnected", "There is no connection to change.")
            {
                Category = nameof(ErrorCategory.ConnectionError),
                RecommendedAction = "Run Connect-ZoomScim first.",
            });
            return;
        }

        var changes = Changes();
        if (changes.Count > 0 && MayProceed($"connection {connection}", $"Set {string.Join(", ", changes)}"))
        {
            Apply(connection);
        }

        if (PassThru)
        {
            WriteObject(connection);
        }
    }

    private bool Given(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    private List<string> Changes()
    {
        var changes = new List<string>();
        foreach (var parameter in new[]
        {
            nameof(Description), nameof(Enabled), nameof(AllowCreate), nameof(AllowUpdate), nameof(AllowDisable), nameof(AllowDeprovision),
            nameof(RemoveAction),
        })
        {
            if (Given(parameter))
            {
                changes.Add($"{parameter} = {MyInvocation.BoundParameters[parameter]}");
            }
        }

        return changes;
    }

    private void Apply(ZoomScimConnection connection)
    {
        connection.Description = Given(nameof(Description)) ? Description ?? string.Empty : connection.Description;
        connection.Enabled = Given(nameof(Enabled)) ? Enabled : connection.Enabled;
        connection.AllowCreate = Given(nameof(AllowCreate)) ? AllowCreate : connection.AllowCreate;
        connection.AllowUpdate = Given(nameof(AllowUpdate)) ? AllowUpdate : connection.AllowUpdate;
        connection.AllowDisable = Given(nameof(AllowDisable)) ? AllowDisable : connection.AllowDisable;
        connection.AllowDeprovision = Given(nameof(AllowDeprovision)) ? AllowDeprovision : connection.AllowDeprovision;
        connection.RemoveAction = Given(nameof(RemoveAction)) ? RemoveAction : connection.RemoveAction;
    }
}
