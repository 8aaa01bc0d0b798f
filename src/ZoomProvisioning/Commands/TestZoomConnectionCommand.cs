using System.Management.Automation;
using ZoomProvisioning.Binding;
using ZoomProvisioning.Hosting;
using ZoomProvisioning.Operations;

namespace ZoomProvisioning.Commands;

/// <summary>Tests a connection step by step and says what to mend. A connection that passes may change users again.</summary>
[Cmdlet(VerbsDiagnostic.Test, "ZoomConnection")]
[OutputType(typeof(ConnectionTestStep))]
public sealed class TestZoomConnectionCommand : ZoomCmdlet
{
    /// <summary>The connection to test, or its name. The default is the runspace's own.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [Alias("Name")]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNull]
    public ZoomScimConnection? Connection { get; set; }

    /// <summary>Show as well where the connection goes, what it may do and the pace in force, for a ticket. No secret is in it.</summary>
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
        WriteObject(Await(scope => test.RunAsync(scope.Call)), enumerateCollection: true);
        if (Detailed)
        {
            WriteObject(test.Describe(), enumerateCollection: true);
        }
    }
}
