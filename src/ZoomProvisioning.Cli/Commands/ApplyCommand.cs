using System.CommandLine;
using System.IO;
using ZoomProvisioning.Cli.Rules;

namespace ZoomProvisioning.Cli.Commands;

/// <summary><c>zoomprov apply</c>: carries out a plan that <c>zoomprov plan --out</c> saved.</summary>
internal static class ApplyCommand
{
    public static Command Create()
    {
        var plan = new Option<FileInfo>("--plan") { Description = "The plan, as zoomprov plan --out saved it.", HelpName = "FILE", Required = true };
        var connection = new ConnectionOptions();
        var rule = new RuleOptions();
        var command = new Command(
            "apply",
            "Carries out a saved plan. Whoever changed in Zoom since then is left alone; exits 2 when there was anybody, so that a new plan is made.") { plan };
        rule.AddTo(command, connection);
        connection.AddTo(command);
        command.SetAction((parsed, cancellation) => CommandRun.RunAsync(
            connection.View(parsed),
            view => new RuleRuns(rule.Choice(parsed), connection.Choice(parsed), view, cancellation).ApplyAsync(parsed.GetValue(plan)!),
            cancellation));
        return command;
    }
}
