using System.CommandLine;
using System.IO;
using System.Threading.Tasks;
using ZoomProvisioning.Cli.Rules;
using ZoomProvisioning.Cli.Views;

namespace ZoomProvisioning.Cli.Commands;

/// <summary><c>zoomprov approve</c>: approves a saved plan, or some people of it. Nothing is sent, and nobody signs in.</summary>
internal static class ApproveCommand
{
    public static Command Create()
    {
        var plan = new Option<FileInfo>("--plan") { Description = "The plan, as zoomprov plan --out saved it.", HelpName = "FILE", Required = true };
        var only = RunOptions.Names("--only", "Approve these people only: user names, anchors or Zoom ids, with * and ?. What is not approved is not done.");
        var except = RunOptions.Names("--except", "Approve all but these people, with * and ?. Somebody who is not in the plan is an error.");
        var comment = new Option<string?>("--comment")
        {
            Description = "Why, or what was looked at; it stands in the journal and on the page.",
            HelpName = "TEXT",
        };
        var certificate = new Option<FileInfo?>("--certificate")
        {
            Description = "Sign with the certificate and private key in this file: .pfx, or .pem with both.",
            HelpName = "FILE",
        };
        var password = new Option<string?>("--certificate-password-variable")
        {
            Description = "The environment variable that holds the password of the .pfx file.",
            HelpName = "NAME",
        };
        var key = new Option<string?>("--key-variable")
        {
            Description = "Sign with the key in this environment variable, which the runner of the plan has too.",
            HelpName = "NAME",
        };
        var page = new Option<FileInfo?>("--html") { Description = "Write the plan's page anew with what was approved.", HelpName = "FILE" };
        var json = new Option<bool>("--json") { Description = "Print one JSON object a line." };
        var command = new Command(
            "approve",
            "Approves a saved plan, or some people of it: who, what, when, bound to the plan's id, as a file beside the plan. Where a rule wants it "
                + "(approval), zoomprov apply does nothing without.")
        {
            plan, only, except, comment, certificate, password, key, page, json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(certificate) is not null && result.GetValue(key) is not null)
            {
                result.AddError("--certificate and --key-variable exclude each other: two people each approve for themselves.");
            }

            if (result.GetValue(password) is not null && result.GetValue(certificate) is null)
            {
                result.AddError("--certificate-password-variable goes with --certificate.");
            }
        });
        command.SetAction((parsed, cancellation) => CommandRun.RunAsync(
            ConnectionOptions.View(parsed, parsed.GetValue(json), TextDetail.Overview),
            view => Task.FromResult(PlanApprovals.Approve(parsed.GetValue(plan)!, view, new ApprovalChoice
            {
                Only = parsed.GetValue(only),
                Except = parsed.GetValue(except),
                Comment = parsed.GetValue(comment),
                Certificate = parsed.GetValue(certificate),
                PasswordVariable = parsed.GetValue(password),
                KeyVariable = parsed.GetValue(key),
                Page = parsed.GetValue(page),
            })),
            cancellation));
        return command;
    }
}
