using System.CommandLine;
using System.IO;
using ZoomProvisioning.Cli.Rules;

namespace ZoomProvisioning.Cli.Commands;

/// <summary><c>zoomprov sync</c> and <c>zoomprov plan</c>: bring Zoom to what a file says, or only say how.</summary>
internal static class SyncCommand
{
    /// <summary>Applies.</summary>
    public static Command CreateSync() =>
        Create(
            "sync",
            "Creates who is missing in Zoom, updates who differs, disables who is Active=false. With --rule it also removes who left the file, "
                + "within the limits of the rule's guard; the built-in rule touches nobody who is absent from it.",
            applies: true);

    /// <summary>Only plans. Exits 2 when there are changes to make.</summary>
    public static Command CreatePlan() =>
        Create("plan", "Shows what sync would do and changes nothing. Exits 2 when there is something to do.", applies: false);

    private static Command Create(string name, string description, bool applies)
    {
        var source = new SourceOptions(
            "A file of people: CSV with one heading line and then one person a line, or LDIF; - reads standard input. "
            + "Or the address of a directory: ldaps://dc.example.com/OU=Staff,DC=example,DC=com. A rule may name its source itself.");
        var encoding = SourceOptions.Encoding();
        var dryRun = new Option<bool>("--dry-run") { Description = "Plan only, change nothing." };
        var planFile = new Option<FileInfo?>("--out") { Description = "Save the plan to this file, for zoomprov apply.", HelpName = "FILE" };
        var page = new Option<FileInfo?>("--html") { Description = "Save the plan as a page to read and sign off.", HelpName = "FILE" };
        var explain = new Option<string?>("--explain")
        {
            Description = "Explain one person, from the source to the requests. Nothing is written.",
            HelpName = "USER",
        };
        var validateOnly = new Option<bool>("--validate-only")
        {
            Description = "Look for mistakes in the rule, and in the source if there is one. Connects to nothing.",
        };
        var connection = new ConnectionOptions();
        var rule = new RuleOptions();
        var command = new Command(name, description);
        source.AddTo(command);
        command.Add(encoding);
        rule.AddTo(command, connection);
        command.Add(explain);
        command.Add(validateOnly);
        if (applies)
        {
            command.Add(rule.Only);
            command.Add(dryRun);
        }
        else
        {
            command.Add(planFile);
            command.Add(page);
        }

        connection.AddTo(command);
        command.Validators.Add(result =>
        {
            if (!source.IsGiven(result) && !rule.IsGiven(result) && result.GetResult(validateOnly) is null or { Implicit: true })
            {
                result.AddError("Option '--source' is required.");
            }
        });
        command.SetAction((parsed, cancellation) => CommandRun.RunAsync(connection.View(parsed), view =>
        {
            var people = source.Choice(parsed);
            var choice = rule.Choice(parsed) with { Encoding = parsed.GetValue(encoding) };
            var runs = new RuleRuns(choice, connection.Choice(parsed), view, cancellation);
            return parsed.GetValue(validateOnly) ? runs.ValidateAsync(people)
                : parsed.GetValue(explain) is { } who ? runs.ExplainAsync(people, who)
                : !applies ? runs.PlanAsync(people, parsed.GetValue(planFile), parsed.GetValue(page))
                : parsed.GetValue(dryRun) ? runs.PlanAsync(people, null, null)
                : runs.SyncAsync(people);
        }, cancellation));
        return command;
    }
}
