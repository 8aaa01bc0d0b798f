using System.CommandLine;
using System.Linq;
using ZoomProvisioning.Cli.Rules;
using ZoomProvisioning.Cli.Running;
using ZoomProvisioning.Cli.Views;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Cli.Commands;

/// <summary><c>zoomprov runs</c> and <c>zoomprov history</c>: what was done in an account, run by run or request by request.</summary>
internal static class HistoryCommand
{
    /// <summary>The runs.</summary>
    public static Command CreateRuns()
    {
        var options = new HistoryOptions();
        var user = RunOptions.Names(
            "--user", "Only runs about these people: user names, full names, anchors or Zoom ids, under every name they had. With * and ?.");
        var command = new Command(
            "runs",
            "Lists the runs of all rules of an account and the commands that changed it without one, newest first: when, who, what, how many, "
                + "and the id to undo it by. Exits 3 when a journal cannot be read.") { user };
        options.AddTo(command);
        command.SetAction((parsed, cancellation) => CommandRun.RunAsync(options.View(parsed), async view =>
        {
            await using var journals = options.Open(parsed, cancellation);
            view.ShowRuns(HistoryRuns.Of(journals.History, options.Query(parsed) with { User = NamePatterns.AnyOf(parsed.GetValue(user)) }));
            return End(journals, view);
        }, cancellation));
        return command;
    }

    /// <summary>The requests.</summary>
    public static Command CreateHistory()
    {
        var options = new HistoryOptions();
        var user = RunOptions.Names(
            "--user", "Only about these people: user names, full names, anchors or Zoom ids, under every name they had. With * and ?.");
        var action = RunOptions.Names(
            "--action", "Only these actions or requests: Create, Update, Disable, Delete, RemoveFromGroup, NotDone and so on. With * and ?.", "ACTION");
        var attribute = RunOptions.Names(
            "--attribute", "Only requests that set or cleared one of these attributes, and their outcomes. With * and ?.", "ATTRIBUTE");
        var command = new Command(
            "history",
            "Shows what was done in an account, by rules and without one, oldest first: every request with its outcome; with --json also the "
                + "user as it was before and Zoom's tracking id. Exits 3 when a journal cannot be read.") { user, action, attribute };
        options.AddTo(command);
        command.SetAction((parsed, cancellation) => CommandRun.RunAsync(options.View(parsed), async view =>
        {
            await using var journals = options.Open(parsed, cancellation);
            view.ShowHistory(journals.History.Read(options.Query(parsed) with
            {
                User = NamePatterns.AnyOf(parsed.GetValue(user)),
                Action = NamePatterns.AnyOf(parsed.GetValue(action)),
                Attribute = NamePatterns.AnyOf(parsed.GetValue(attribute)),
            }).TakeWhile(_ => !cancellation.IsCancellationRequested));
            return End(journals, view);
        }, cancellation));
        return command;
    }

    // One journal that cannot be read does not hide the others.
    private static int End(AccountJournals journals, IView view)
    {
        foreach (var (_, error) in journals.Unreadable)
        {
            view.ShowError(ConsoleWords.Of(error.Message), ConsoleWords.Of(error.RecommendedAction));
        }

        return journals.Unreadable.Count > 0 ? ExitCode.Attention : ExitCode.Done;
    }
}
