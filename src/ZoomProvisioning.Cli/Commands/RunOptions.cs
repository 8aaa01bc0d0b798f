using System.CommandLine;
using System.IO;
using ZoomProvisioning.Runs;

namespace ZoomProvisioning.Cli.Commands;

/// <summary>The options that several commands about runs have alike.</summary>
internal static class RunOptions
{
    /// <summary>Names, as many as there are.</summary>
    public static Option<string[]> Names(string name, string description, string helpName = "USER") => new(name)
    {
        Description = description,
        HelpName = helpName,
        AllowMultipleArgumentsPerToken = true,
    };

    public static Option<string?> StatePath() => new("--state-path")
    {
        Description = "The folder under which rules keep ledger and journal (else ZOOM_PROVISIONING_STATE, else the user's application data).",
        HelpName = "DIR",
    };

    public static Option<string?> Approve()
    {
        var approve = new Option<string?>("--approve")
        {
            Description = "Let go what was held back in a plan that was looked at, by its id: exactly those entries, once, within a day.",
            HelpName = "PLAN-ID",
        };
        approve.Validators.Add(result =>
        {
            // An option without its argument has no value to ask for, and says so itself.
            if (result is { Tokens.Count: > 0 } && result.GetValue(approve) is { } id && Approvals.MistakeIn(id) is { } mistake)
            {
                result.AddError($"--approve: {mistake}");
            }
        });
        return approve;
    }

    public static Option<bool> Verify() => new("--verify")
    {
        Description = "Read each user after writing and say what Zoom accepted but did not apply. One more request for each user.",
    };

    public static Option<FileInfo?> Report() => new("--report") { Description = "Write the run to this HTML file.", HelpName = "FILE" };

    public static Option<FileInfo?> Log() => new("--log") { Description = "Add log lines to this file, one JSON object a line.", HelpName = "FILE" };
}
