using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Cli.Connecting;
using ZoomProvisioning.Cli.Source;
using ZoomProvisioning.Cli.Views;
using ZoomProvisioning.Operations;

namespace ZoomProvisioning.Cli.Commands;

/// <summary><c>zoomprov sync</c> and <c>zoomprov plan</c>: bring Zoom to what a file says, or only say how.</summary>
internal static class SyncCommand
{
    /// <summary>Applies.</summary>
    public static Command CreateSync() => Create("sync", "Creates who is missing in Zoom, updates who differs, disables who is Active=false. Nobody absent from the file is touched.", applies: true);

    /// <summary>Only plans. Exits 2 when there are changes to make.</summary>
    public static Command CreatePlan() => Create("plan", "Shows what sync would do and changes nothing. Exits 2 when there is something to do.", applies: false);

    private static Command Create(string name, string description, bool applies)
    {
        var source = new Option<FileInfo>("--source") { Description = "A CSV file of people: one heading line, then one person a line.", Required = true };
        var dryRun = new Option<bool>("--dry-run") { Description = "Plan only, change nothing." };
        var connection = new ConnectionOptions();
        var command = new Command(name, description) { source };
        connection.AddTo(command);
        if (applies)
        {
            command.Add(dryRun);
        }

        command.SetAction((parsed, cancellation) => CommandRun.RunAsync(
            connection.View(parsed),
            view => RunAsync(parsed.GetValue(source)!, connection.Choice(parsed), applies && !parsed.GetValue(dryRun), view, cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(FileInfo file, ConnectionChoice choice, bool apply, IRunView view, CancellationToken cancellation)
    {
        var source = CsvSource.Read(file.FullName);
        await using var connection = CliConnection.Open(choice);
        using var stop = new StopSignal(cancellation);
        var sync = new SyncOperation(connection.Zoom);
        var plan = await sync.PlanAsync(source.People, stop.Call).ConfigureAwait(false);
        view.ShowPlan(source, plan);
        if (!apply)
        {
            return source.Failures.Count > 0 ? ExitCode.SomeFailed : plan.Pending.Count > 0 ? ExitCode.ChangesPending : ExitCode.Done;
        }

        var results = new List<ChangeResult>();
        await sync.ApplyAsync(plan, result =>
        {
            results.Add(result);
            view.ShowResult(result);
        }, stop.Call).ConfigureAwait(false);
        view.ShowSummary(source, results);
        return new RunSummary(source, results).Failed > 0 ? ExitCode.SomeFailed : ExitCode.Done;
    }
}
