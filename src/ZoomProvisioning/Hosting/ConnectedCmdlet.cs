using System.Management.Automation;
using ZoomProvisioning.Binding;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Session;

namespace ZoomProvisioning.Hosting;

/// <summary>The base of the cmdlets that talk to a Zoom account.</summary>
public abstract class ConnectedCmdlet : ZoomCmdlet
{
    /// <summary>The connection to use, or its name. The default is the runspace's own: the one made last.</summary>
    [Parameter]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNull]
    public ZoomScimConnection? Connection { get; set; }

    /// <summary>Whether the connection must be fit for changes.</summary>
    private protected abstract bool NeedsValidConnection { get; }

    /// <summary>Whether there must be a connection at all: not to look for mistakes, nor to read a folder that is named.</summary>
    private protected virtual bool NeedsConnection => true;

    /// <summary>Whether anything is sent, so that a connection that is switched off is of no use.</summary>
    private protected virtual bool SendsRequests => true;

    private protected ZoomScimConnection Zoom { get; private set; } = null!;

    /// <summary>Whether there is a connection by now.</summary>
    private protected bool IsConnected => Zoom is not null;

    /// <summary>
    /// The root of what is known of the account: the folder named, else for a simulated
    /// account one that goes with it, else null for the usual place.
    /// </summary>
    private protected string? StateRoot(string? statePath) => statePath is not null ? FilePath(statePath)
        : Zoom.Simulator is null ? null
        : Zoom.TemporaryState.Value;

    private protected override RateSnapshot? Rate => Zoom.Service.Rate;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (!NeedsConnection)
        {
            return;
        }

        var connection = Connection ?? ConnectionTable.Current.Default;
        if (connection is null)
        {
            var failure = ConnectionTable.Current.LastFailure;
            Terminate(new ScimNotConnectedException(
                "Zoom.Connection.NotConnected",
                $"Not connected to Zoom. Nothing was sent.{(failure is null ? string.Empty : $" Connect-ZoomScim has failed: {failure.Message}")}")
            {
                Category = nameof(ErrorCategory.ConnectionError),
                RecommendedAction = failure?.RecommendedAction
                    ?? "Run Connect-ZoomScim first (Connect-ZoomScim -Simulator to try things without a Zoom account). "
                    + "Connections belong to a runspace: pass one into ForEach-Object -Parallel with -Connection $using:connection.",
            });
            return;
        }

        RefuseClosed(connection);
        if (!connection.Enabled && SendsRequests)
        {
            Terminate(new ScimNotConnectedException("Zoom.Connection.Disabled", $"The connection '{connection.Name}' is switched off. Nothing was sent.")
            {
                Category = nameof(ErrorCategory.ResourceUnavailable),
                RecommendedAction = $"Switch it on with Set-ZoomScimConnection -Name '{connection.Name}' -Enabled $true, or use another one with -Connection.",
            }, connection);
        }

        if (NeedsValidConnection && connection.Status != ConnectionStatus.Valid)
        {
            Terminate(new ScimNotConnectedException(
                "Zoom.Connection.NotValid",
                $"The connection '{connection.Name}' has not passed its test, so it may not change anything. Nothing was sent.")
            {
                Category = nameof(ErrorCategory.ResourceUnavailable),
                RecommendedAction = "Run Test-ZoomConnection, mend what it names, and run it again until it passes.",
            }, connection);
        }

        Zoom = connection;
        if (ChangesZoom)
        {
            RunningCommands.Enter(this);
        }
    }
}
