using System.CommandLine;
using System.Linq;
using ZoomProvisioning.Cli.Connecting;
using ZoomProvisioning.Operations;

namespace ZoomProvisioning.Cli.Commands;

/// <summary><c>zoomprov test</c>: the connection, step by step.</summary>
internal static class TestCommand
{
    public static Command Create()
    {
        var connection = new ConnectionOptions();
        var command = new Command("test", "Tests the connection step by step and says what to mend. Exits 1 when a step fails.");
        connection.AddTo(command);
        command.SetAction((parsed, cancellation) => CommandRun.RunAsync(connection.View(parsed), async view =>
        {
            await using var opened = CliConnection.Open(connection.Choice(parsed));
            using var stop = new StopSignal(cancellation);
            var steps = await new ConnectionTest(opened.Zoom).RunAsync(stop.Call).ConfigureAwait(false);
            view.ShowTest(steps);
            return steps.Any(s => s.Outcome == TestOutcome.Failed) ? ExitCode.Error : ExitCode.Done;
        }));
        return command;
    }
}
