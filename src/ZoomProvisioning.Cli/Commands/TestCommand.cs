using System.CommandLine;
using System.Linq;
using System.Runtime.InteropServices;
using ZoomProvisioning.Cli.Connecting;
using ZoomProvisioning.Cli.Running;
using ZoomProvisioning.Connections;

namespace ZoomProvisioning.Cli.Commands;

/// <summary><c>zoomprov test</c>: the connection, step by step.</summary>
internal static class TestCommand
{
    public static Command Create()
    {
        var connection = new ConnectionOptions();
        var command = new Command("test", "Tests the connection step by step and says what to mend. Exits 1 when a step fails.");
        var detailed = new Option<bool>("--detailed") { Description = "Print one report of everything, to be pasted into a ticket. No secret is in it." };
        connection.AddTo(command);
        command.Add(detailed);
        command.SetAction((parsed, cancellation) => CommandRun.RunAsync(connection.View(parsed), async view =>
        {
            await using var opened = CliConnection.Open(connection.Choice(parsed));
            using var stop = new StopSignal(cancellation);
            var test = new ConnectionTest(opened.Zoom);
            if (parsed.GetValue(detailed))
            {
                var report = await test.ReportAsync(Software(), stop.Call).ConfigureAwait(false);
                view.ShowReport(report);
                return report.Passed ? ExitCode.Done : ExitCode.Error;
            }

            var steps = await test.RunAsync(stop.Call).ConfigureAwait(false);
            view.ShowTest(steps);
            return steps.Any(s => s.Outcome == TestOutcome.Failed) ? ExitCode.Error : ExitCode.Done;
        }));
        return command;
    }

    private static string Software() =>
        $"zoomprov {typeof(TestCommand).Assembly.GetName().Version!.ToString(3)}, {RuntimeInformation.FrameworkDescription}, "
            + $"{RuntimeInformation.OSDescription}";
}
