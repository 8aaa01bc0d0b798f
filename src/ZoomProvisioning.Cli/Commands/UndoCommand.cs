using System.CommandLine;
using System.IO;
using ZoomProvisioning.Cli.Rules;

namespace ZoomProvisioning.Cli.Commands;

/// <summary><c>zoomprov undo</c>: takes a run back.</summary>
internal static class UndoCommand
{
    public static Command Create()
    {
        var runId = new Option<string>("--run-id")
        {
            Description = "The run, as zoomprov runs shows it; the beginning of the id is enough.",
            HelpName = "ID",
            Required = true,
        };
        var user = RunOptions.Names(
            "--user", "Only for these people: user names, anchors or Zoom ids, with * and ?. Groups as such stay as they are then.");
        var deleteCreated = new Option<bool>("--delete-created")
        {
            Description = "Delete the people and groups that the run made. Without it people are deactivated, and groups stay.",
        };
        var rule = new Option<FileInfo?>("--rule")
        {
            Description = "The rule (.json) whose run it was, for its limits and the people it protects; else the file it was in when it ran last.",
            HelpName = "FILE",
        };
        var approved = new Option<FileInfo?>("--plan")
        {
            Description = "The plan of this undo (--dry-run --out) that was approved with zoomprov approve, for a rule that wants that.",
            HelpName = "FILE",
        };
        var planFile = new Option<FileInfo?>("--out") { Description = "With --dry-run: save the plan to this file.", HelpName = "FILE" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Plan only, change nothing." };
        var (statePath, approve, verify) = (RunOptions.StatePath(), RunOptions.Approve(), RunOptions.Verify());
        var (report, log) = (RunOptions.Report(), RunOptions.Log());
        var connection = new ConnectionOptions();
        var command = new Command(
            "undo",
            "Takes a run back: what still is as the run left it goes back to how it was before, what was changed since stays. An undo is a run "
                + "like any other, with a plan, limits and a journal, and can be undone. The exit codes are those of sync.")
        {
            runId, user, deleteCreated, dryRun, planFile, approved, rule, statePath, approve, verify, report, log,
        };
        connection.AddTo(command);
        command.SetAction((parsed, cancellation) => CommandRun.RunAsync(connection.View(parsed), view => new UndoRuns(
            new UndoChoice(parsed.GetValue(runId)!)
            {
                User = NamePatterns.Each(parsed.GetValue(user)),
                DeletesCreated = parsed.GetValue(deleteCreated),
                Rule = parsed.GetValue(rule),
                StatePath = parsed.GetValue(statePath),
                ApprovedPlan = parsed.GetValue(approved),
                PlanFile = parsed.GetValue(planFile),
                Approve = parsed.GetValue(approve),
                Verify = parsed.GetValue(verify),
                Report = parsed.GetValue(report),
                Log = parsed.GetValue(log),
            },
            connection.Choice(parsed),
            view,
            cancellation).RunAsync(parsed.GetValue(dryRun)), cancellation));
        return command;
    }
}
