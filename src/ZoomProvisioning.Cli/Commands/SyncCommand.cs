using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Cli.Connecting;
using ZoomProvisioning.Cli.Rules;
using ZoomProvisioning.Cli.Running;
using ZoomProvisioning.Cli.Source;
using ZoomProvisioning.Cli.Views;
using ZoomProvisioning.Input;
using ZoomProvisioning.Operations;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Cli.Commands;

/// <summary><c>zoomprov sync</c> and <c>zoomprov plan</c>: bring Zoom to what a file says, or only say how.</summary>
internal static class SyncCommand
{
    /// <summary>Applies.</summary>
    public static Command CreateSync() => Create("sync", "Creates who is missing in Zoom, updates who differs, disables who is Active=false. With --rule it also removes who left the file, within the limits of the rule's guard; without one nobody absent from the file is touched.", applies: true);

    /// <summary>Only plans. Exits 2 when there are changes to make.</summary>
    public static Command CreatePlan() => Create("plan", "Shows what sync would do and changes nothing. Exits 2 when there is something to do.", applies: false);

    private static Command Create(string name, string description, bool applies)
    {
        var source = new Option<FileInfo?>("--source") { Description = "A file of people: CSV with one heading line and then one person a line, or LDIF; - reads standard input.", HelpName = "FILE" };
        var encoding = new Option<string?>("--encoding") { Description = "The encoding of the source, such as windows-1252, where it is neither UTF-8 nor UTF-16.", HelpName = "NAME" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Plan only, change nothing." };
        var planFile = new Option<FileInfo?>("--out") { Description = "Save the plan to this file, for zoomprov apply.", HelpName = "FILE" };
        var page = new Option<FileInfo?>("--html") { Description = "Save the plan as a page to read and sign off.", HelpName = "FILE" };
        var explain = new Option<string?>("--explain") { Description = "Explain one person, from the source to the requests. Nothing is written.", HelpName = "USER" };
        var validateOnly = new Option<bool>("--validate-only") { Description = "Look for mistakes in the rule, and in the source if there is one. Connects to nothing." };
        var connection = new ConnectionOptions();
        var rule = new RuleOptions();
        var command = new Command(name, description) { source, encoding };
        rule.AddTo(command, connection, required: false);
        command.Add(explain);
        command.Add(validateOnly);
        if (applies)
        {
            command.Add(dryRun);
        }
        else
        {
            command.Add(planFile);
            command.Add(page);
        }

        connection.AddTo(command);
        Option[] ruleOnly = applies ? [explain, validateOnly] : [explain, validateOnly, planFile, page];
        command.Validators.Add(result =>
        {
            if (!rule.IsChosen(result))
            {
                foreach (var option in ruleOnly.Where(o => result.GetResult(o) is { Implicit: false }))
                {
                    result.AddError($"{option.Name} goes with --rule.");
                }
            }

            if (result.GetResult(source) is null && result.GetResult(validateOnly) is null or { Implicit: true })
            {
                result.AddError("Option '--source' is required.");
            }
        });
        command.SetAction((parsed, cancellation) => CommandRun.RunAsync(connection.View(parsed), view =>
        {
            var file = parsed.GetValue(source);
            var apply = applies && !parsed.GetValue(dryRun);
            if (rule.Choice(parsed) is not { } choice)
            {
                return RunAsync(file!, parsed.GetValue(encoding), connection.Choice(parsed), apply, view, cancellation);
            }

            choice = choice with { Encoding = parsed.GetValue(encoding) };

            var runs = new RuleRuns(choice, connection.Choice(parsed), connection.RuleView(parsed), cancellation);
            return parsed.GetValue(validateOnly) ? runs.ValidateAsync(file)
                : parsed.GetValue(explain) is { } who ? runs.ExplainAsync(file!, who)
                : apply ? runs.SyncAsync(file!)
                : applies ? runs.PlanAsync(file!, null, null)
                : runs.PlanAsync(file!, parsed.GetValue(planFile), parsed.GetValue(page));
        }));
        return command;
    }

    private static async Task<int> RunAsync(FileInfo file, string? encoding, ConnectionChoice choice, bool apply, IRunView view, CancellationToken cancellation)
    {
        var source = CsvSource.Read(file, encoding);
        await using var connection = CliConnection.Open(choice);
        using var stop = new StopSignal(cancellation);
        var sync = new SyncOperation(connection.Zoom);
        var plan = await sync.PlanAsync(source.People, stop.Call).ConfigureAwait(false);
        view.ShowPlan(source, plan);
        if (!apply)
        {
            return source.Failures.Count > 0 ? ExitCode.Attention : plan.Pending.Count > 0 ? ExitCode.ChangesPending : ExitCode.Done;
        }

        var results = new List<ChangeResult>();
        await sync.ApplyAsync(plan, result =>
        {
            results.Add(result);
            view.ShowResult(result);
        }, stop.Call).ConfigureAwait(false);
        if (PhoneRemarks.Of(results) is { } phones)
        {
            view.ShowWarning(phones);
        }

        view.ShowSummary(source, results);
        return new RunSummary(source, results).Failed > 0 ? ExitCode.Attention : ExitCode.Done;
    }
}
