using System.CommandLine;
using System.IO;
using System.Linq;
using ZoomProvisioning.Cli.Connecting;
using ZoomProvisioning.Cli.Rules;
using ZoomProvisioning.Cli.Running;
using ZoomProvisioning.Cli.Source;
using ZoomProvisioning.Input;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Runs;

namespace ZoomProvisioning.Cli.Commands;

/// <summary><c>zoomprov compare</c>: a file beside the account, nothing written.</summary>
internal static class CompareCommand
{
    public static Command Create()
    {
        var source = new SourceOptions(
            "A file of people: CSV with one heading line and then one person a line, or LDIF; - reads standard input. "
            + "Or the address of a directory: ldaps://dc.example.com/OU=Staff,DC=example,DC=com. A rule may name its source itself.");
        var encoding = SourceOptions.Encoding();
        var rule = new Option<FileInfo?>("--rule")
        {
            Description = "A rule (.json) whose mapping, scope and keys read the source. What the rule knows of the account is not used.",
            HelpName = "FILE",
        };
        var connection = new ConnectionOptions();
        var command = new Command(
            "compare",
            "Holds a file against the account and writes nothing: who is missing in Zoom, who differs and in what, who is active in Zoom and not in "
                + "the file, who is there twice. Exits 0 when all is equal, 2 when it is not, 3 when somebody could not be compared.")
        {
            encoding,
            rule,
        };
        source.AddTo(command);
        command.Validators.Add(result =>
        {
            if (!source.IsGiven(result) && result.GetResult(rule) is null)
            {
                result.AddError("Option '--source' is required.");
            }
        });
        connection.AddTo(command);
        command.SetAction((parsed, cancellation) => CommandRun.RunAsync(connection.View(parsed), async view =>
        {
            var from = source.Choice(parsed);
            var how = People.Rule(RuleSession.Load(parsed.GetValue(rule)), from);
            var people = await People.ReadAsync(how, from, parsed.GetValue(encoding), cancellation);
            var snapshot = people.Snapshot(how, parsed.GetValue(rule) is null ? MappingPlace.Headings : MappingPlace.Rule);
            if (snapshot.Incomplete is { } incomplete)
            {
                view.ShowWarning($"The source is not whole: {incomplete} Whoever is said to be missing from it may be there.");
            }

            foreach (var warning in snapshot.Warnings)
            {
                view.ShowWarning(warning);
            }

            await using var opened = CliConnection.Open(connection.Choice(parsed));
            using var stop = new StopSignal(cancellation);
            var (compared, unlisted) = await SourceComparison.CompareAsync(opened.Zoom, how, snapshot, null, stop.Call).ConfigureAwait(false);
            view.ShowComparison(compared);
            if (unlisted is not null)
            {
                view.ShowWarning(unlisted);
            }

            var isWhole = snapshot.Incomplete is null && unlisted is null;
            return !isWhole || compared.Any(c => c.Difference is UserDifference.Duplicate or UserDifference.Unreadable)
                ? ExitCode.Attention
                : compared.Any(c => c.Difference != UserDifference.Equal) ? ExitCode.ChangesPending
                : ExitCode.Done;
        }, cancellation));
        return command;
    }
}
