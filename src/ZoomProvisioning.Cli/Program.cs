using System;
using System.CommandLine;
using System.Text;
using System.Threading.Tasks;
using ZoomProvisioning.Cli.Commands;
using ZoomProvisioning.Cli.Running;

namespace ZoomProvisioning.Cli;

/// <summary>The entry of <c>zoomprov</c>. Every command is a class of its own under <c>Commands</c>.</summary>
internal static class Program
{
    // Long enough to save a big simulated tenant after Ctrl+C.
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(60);

    public static async Task<int> Main(string[] args)
    {
        // Names of people come in every script there is.
        Console.OutputEncoding = new UTF8Encoding(false);
        var output = new EnduringWriter(Console.Out, OperatingSystem.IsWindows() ? -1 : 1);
        var errors = new EnduringWriter(Console.Error, OperatingSystem.IsWindows() ? -1 : 2);
        Console.SetOut(output);
        Console.SetError(errors);
        EnduringWriter.OfConsole = [output, errors];
        var parsed = CreateRoot().Parse(args);
        var how = new InvocationConfiguration { ProcessTerminationTimeout = StopTimeout };
        if (parsed.Errors.Count > 0)
        {
            (how.Output, how.Error) = (new MistakenArguments(how.Output), new MistakenArguments(how.Error));
        }

        var exit = await parsed.InvokeAsync(how);
        if (output.Failure is not { } failure)
        {
            return exit;
        }

        await Console.Error.WriteLineAsync($"warning: What was to be shown could not be written to its end: {failure}");
        return ExitCode.WithoutOutput(exit, parsed.CommandResult.Command.Name);
    }

    /// <summary>The whole command line, also for tests.</summary>
    internal static RootCommand CreateRoot() => new("Keeps Zoom users in step with a directory, over Zoom's SCIM2 API.")
    {
        TestCommand.Create(),
        SyncCommand.CreatePlan(),
        SyncCommand.CreateSync(),
        ApproveCommand.Create(),
        ApplyCommand.Create(),
        CompareCommand.Create(),
        HistoryCommand.CreateRuns(),
        HistoryCommand.CreateHistory(),
        UndoCommand.Create(),
        SimulateCommand.Create(),
    };
}
