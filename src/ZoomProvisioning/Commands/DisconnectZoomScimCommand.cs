using System.Management.Automation;
using ZoomProvisioning.Binding;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Hosting;
using ZoomProvisioning.Session;

namespace ZoomProvisioning.Commands;

/// <summary>Closes a connection and forgets its token.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "ZoomScim", DefaultParameterSetName = "One")]
public sealed class DisconnectZoomScimCommand : ZoomCmdlet
{
    /// <summary>The connection to close, or its name. The default is the runspace's own.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = "One")]
    [Alias("Name")]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNull]
    public ZoomScimConnection? Connection { get; set; }

    /// <summary>Close all connections of the runspace.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "All")]
    public SwitchParameter All { get; set; }

    private protected override void OnRecord()
    {
        if (All)
        {
            ConnectionTable.Current.Clear();
            return;
        }

        var connection = Connection ?? ConnectionTable.Current.Default;
        if (connection is null)
        {
            Terminate(new ScimNotConnectedException("Zoom.Connection.NotConnected", "There is no connection to close.")
            {
                Category = nameof(ErrorCategory.ConnectionError),
                RecommendedAction = "Get-ZoomScimConnection lists the runspace's connections.",
            });
            return;
        }

        var wasDefault = connection.IsDefault;
        ConnectionTable.Current.Remove(connection);
        if (wasDefault && ConnectionTable.Current.Default is { } next)
        {
            Tell($"Disconnected '{connection.Name}'. Commands that name no connection go to '{next.Name}' from now on.");
        }
    }
}
