using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using ZoomProvisioning.Cli.Connecting;
using ZoomProvisioning.Cli.Rules;
using ZoomProvisioning.Cli.Running;
using ZoomProvisioning.Cli.Source;
using ZoomProvisioning.Cli.Views;
using ZoomProvisioning.Connections;

namespace ZoomProvisioning.Cli.Commands;

/// <summary><c>zoomprov test</c>: the connection, step by step.</summary>
internal static class TestCommand
{
    public static Command Create()
    {
        var connection = new ConnectionOptions();
        var command = new Command(
            "test",
            "Tests the connection to Zoom step by step and says what to mend; with --source or a rule that names one, the directory instead. "
                + "Exits 1 when a step fails.");
        var source = new SourceOptions("The address of a directory to test: ldaps://dc.example.com/OU=Staff,DC=example,DC=com.", "LDAPS-ADDRESS");
        var rule = new Option<FileInfo?>("--rule")
        {
            Description = "A rule whose directory is tested (source.ldap), with what the rule needs of it.",
            HelpName = "FILE",
        };
        var notify = new Option<bool>("--notify")
        {
            Description = "With --rule: send a message marked as a test to each target that the rule tells of its runs (notify), and say whether it arrived.",
        };
        var detailed = new Option<bool>("--detailed") { Description = "Print one report of everything, to be pasted into a ticket. No secret is in it." };
        source.AddTo(command);
        command.Add(rule);
        command.Add(notify);
        connection.AddTo(command);
        command.Add(detailed);
        command.Validators.Add(result =>
        {
            if (result.GetValue(notify) && result.GetResult(rule) is null)
            {
                result.AddError("--notify goes with --rule.");
            }
        });
        command.SetAction((parsed, cancellation) => CommandRun.RunAsync(connection.View(parsed), async view =>
        {
            if (parsed.GetValue(notify) && parsed.GetValue(rule) is { } file)
            {
                return await new RunNotices(RuleSession.Load(file), file, null, view, cancellation).TestAsync().ConfigureAwait(false)
                    ? ExitCode.Done
                    : ExitCode.Error;
            }

            if (source.IsGiven(parsed.CommandResult) || parsed.GetValue(rule) is not null)
            {
                return Shown(view, DirectoryTests.Run(RuleSession.Load(parsed.GetValue(rule)), source.Choice(parsed), cancellation));
            }

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
            return Shown(view, steps);
        }, cancellation));
        return command;
    }

    private static int Shown(IView view, IReadOnlyList<ConnectionTestStep> steps)
    {
        view.ShowTest(steps);
        return steps.Any(s => s.Outcome == TestOutcome.Failed) ? ExitCode.Error : ExitCode.Done;
    }

    private static string Software() =>
        $"zoomprov {typeof(TestCommand).Assembly.GetName().Version!.ToString(3)}, {RuntimeInformation.FrameworkDescription}, "
            + $"{RuntimeInformation.OSDescription}";
}
