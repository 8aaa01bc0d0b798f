using System.Collections;
using System.Management.Automation;
using System.Runtime.InteropServices;
using ZoomProvisioning.Binding;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Hosting;
using ZoomProvisioning.Session;

namespace ZoomProvisioning.Commands;

/// <summary>Tests a connection step by step and says what to mend. A connection that passes may change users again.</summary>
[Cmdlet(VerbsDiagnostic.Test, "ZoomConnection")]
[OutputType(typeof(ConnectionTestStep))]
[OutputType(typeof(ConnectionReport))]
public sealed class TestZoomConnectionCommand : ZoomCmdlet
{
    /// <summary>The connection to test, or its name. The default is the runspace's own.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [Alias("Name")]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNull]
    public ZoomScimConnection? Connection { get; set; }

    /// <summary>
    /// Give one report of everything instead of the steps, to be pasted into a ticket: the machine's clock, addresses, TLS and
    /// certificate, proxy, token, scopes, single sign-on, role, rate limit, and what the connection may do. No secret is in it.
    /// One more request is sent: a read of the groups.
    /// </summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    private protected override void OnRecord()
    {
        var connection = Connection ?? ConnectionTable.Current.Default;
        if (connection is null)
        {
            Terminate(new ScimNotConnectedException("Zoom.Connection.NotConnected", "There is no connection to test. Nothing was sent.")
            {
                Category = nameof(ErrorCategory.ConnectionError),
                RecommendedAction = "Run Connect-ZoomScim first; with -SkipTest it keeps a connection that does not work yet.",
            });
            return;
        }

        RefuseClosed(connection);
        var test = new ConnectionTest(connection);
        if (Detailed)
        {
            WriteObject(Await(scope => test.ReportAsync(Software(), scope.Call)));
        }
        else
        {
            WriteObject(Await(scope => test.RunAsync(scope.Call)), enumerateCollection: true);
        }
    }

    private string Software()
    {
        var module = typeof(ConnectionReport).Assembly.GetName().Version.ToString(3);
        var powerShell = SessionState.PSVariable.GetValue("PSVersionTable") is IDictionary table ? table["PSVersion"] : Host.Version;
        return $"ZoomProvisioning {module}, PowerShell {powerShell} ({Host.Name}), {RuntimeInformation.FrameworkDescription}, "
            + $"{RuntimeInformation.OSDescription.Trim()}";
    }
}
