using System;
using System.Collections.Specialized;
using System.Linq;
using System.Management.Automation;
using ZoomProvisioning.Binding;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Loading;
using ZoomProvisioning.Session;

namespace ZoomProvisioning.Hosting;

/// <summary>
/// The base of the cmdlets that steer a simulated Zoom account. They talk to the simulator behind Zoom's back, so a connection
/// that is switched off or fails its test will do.
/// </summary>
public abstract class SimulatorCmdlet : ZoomCmdlet
{
    /// <summary>The connection to a simulated account, or its name. The default is the runspace's own: the one made last.</summary>
    [Parameter]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNull]
    public ZoomScimConnection? Connection { get; set; }

    private protected ZoomScimConnection Zoom { get; private set; } = null!;

    private protected ISimulator Simulator { get; private set; } = null!;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        var connection = Connection ?? ConnectionTable.Current.Default;
        if (connection is null)
        {
            Terminate(new ScimNotConnectedException("Zoom.Connection.NotConnected", "There is no simulated Zoom account in this runspace.")
            {
                Category = nameof(ErrorCategory.ConnectionError),
                RecommendedAction = "Run Connect-ZoomScim -Simulator first.",
            });
            return;
        }

        RefuseClosed(connection);
        if (connection.Simulator is null)
        {
            Terminate(new ScimNotConnectedException(
                "Zoom.Simulator.NotASimulator",
                $"The connection '{connection.Name}' is no simulator in this process: it leads to {connection.ScimUri}.")
            {
                Category = nameof(ErrorCategory.InvalidArgument),
                RecommendedAction = "Name a connection that Connect-ZoomScim -Simulator made: Get-ZoomScimConnection | Where-Object IsSimulator. "
                    + "A simulator served by 'zoomprov simulate' is steered by its options and by /_simulator on its port.",
            }, connection);
            return;
        }

        Zoom = connection;
        Simulator = connection.Simulator;
    }

    private protected ZoomScimSimulator Describe()
    {
        var values = Simulator.Behaviours;
        var behaviours = new OrderedDictionary(StringComparer.OrdinalIgnoreCase);
        var changed = new OrderedDictionary(StringComparer.OrdinalIgnoreCase);
        foreach (var item in EngineLoader.Simulator.Switches)
        {
            behaviours[item.Name] = values[item.Name];
            if (!Equals(values[item.Name], item.DefaultValue))
            {
                changed[item.Name] = values[item.Name];
            }
        }

        return new ZoomScimSimulator
        {
            Connection = Zoom,
            ScimUri = Simulator.ScimUri,
            TokenUri = Simulator.TokenUri,
            AccountId = Simulator.AccountId,
            ClientId = Simulator.ClientId,
            UserCount = Simulator.UserCount,
            GroupCount = Simulator.GroupCount,
            RequestCount = Simulator.RequestCount,
            Behaviours = behaviours,
            ChangedBehaviours = changed,
            Faults = Simulator.Faults.Select(fault =>
            {
                var fields = new OrderedDictionary(StringComparer.OrdinalIgnoreCase);
                foreach (var field in fault)
                {
                    fields[field.Key] = field.Value;
                }

                return fields;
            }).ToArray(),
        };
    }

    private protected void TerminateFile(string id, string message, Exception cause, string path) => Terminate(new ScimException(id, message, cause)
    {
        Category = cause switch
        {
            ArgumentException => nameof(ErrorCategory.InvalidData),
            System.IO.FileNotFoundException or System.IO.DirectoryNotFoundException => nameof(ErrorCategory.ObjectNotFound),
            UnauthorizedAccessException => nameof(ErrorCategory.PermissionDenied),
            _ => nameof(ErrorCategory.OpenError),
        },
        RecommendedAction = cause is ArgumentException
            ? "Give a file that Export-ZoomScimSimulator or zoomprov simulate --simulator-state wrote. Nothing was changed."
            : "Look at the path and at your rights to it.",
    }, path);
}
