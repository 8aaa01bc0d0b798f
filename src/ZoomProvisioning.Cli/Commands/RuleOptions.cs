using System.CommandLine;
using System.CommandLine.Parsing;
using System.IO;
using ZoomProvisioning.Cli.Rules;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Runs;

namespace ZoomProvisioning.Cli.Commands;

/// <summary>The options of every command that runs a rule, be it the built-in one.</summary>
internal sealed class RuleOptions
{
    private const string HoldRemovals = "hold-removals";
    private const string StopAll = "stop-all";

    private readonly Option<FileInfo?> _rule = new("--rule")
    {
        Description = "A provisioning rule (a .json file, or its name in the rules folder): who is provisioned, how attributes map, who is removed, "
            + "and what the guard allows. "
            + "Without it: a built-in rule that touches nobody absent from the source.",
        HelpName = "FILE",
    };
    private readonly Option<string?> _statePath = RunOptions.StatePath();
    private readonly Option<string?> _approve = RunOptions.Approve();
    private readonly Option<string> _onGuard = new("--on-guard")
    {
        Description = "When the guard holds removals back: do the rest, or nothing at all.",
        DefaultValueFactory = _ => HoldRemovals,
    };
    private readonly Option<bool> _rebuild = new("--rebuild")
    {
        Description = "Make a lost or damaged ledger anew from the journal and from Zoom. The plan is shown; to go on, --yes.",
    };
    private readonly Option<bool> _resume = new("--resume")
    {
        Description = "Go on with a rule that is in quarantine because its last runs were all held back or failed. What the guard holds stays held.",
    };
    private readonly Option<bool> _verify = RunOptions.Verify();
    private readonly Option<bool> _yes = new("--yes") { Description = "With --rebuild: go on once the plan is shown." };
    private readonly Option<bool> _fresh = new("--fresh") { Description = "With --simulate: begin with a new simulated account and an empty ledger." };
    private readonly Option<FileInfo?> _report = RunOptions.Report();
    private readonly Option<FileInfo?> _log = RunOptions.Log();

    /// <summary>The people a sync is about. Not every command that runs a rule has it.</summary>
    public Option<string[]> Only { get; } = RunOptions.Names(
        "--only",
        "Only these people, by user name, mail address, anchor or Zoom id. Nobody else is taken for a leaver, so their records alone are "
            + "source enough.");

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="connection">Its options of the account.</param>
    public void AddTo(Command command, ConnectionOptions connection)
    {
        _onGuard.AcceptOnlyFromAmong(HoldRemovals, StopAll);
        foreach (var option in new Option[] { _rule, _statePath, _approve, _onGuard, _resume, _rebuild, _verify, _yes, _fresh, _report, _log })
        {
            command.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (result.GetValue(_fresh) && !connection.IsForgotten(result))
            {
                // Nobody's real ledger is thrown away.
                result.AddError("--fresh goes with --simulate, without --simulator-state.");
            }
        });
    }

    /// <summary>Whether a rule was named.</summary>
    public bool IsGiven(CommandResult result) => result.GetResult(_rule) is not null;

    /// <summary>What was chosen.</summary>
    public RuleChoice Choice(ParseResult parsed) => new(parsed.GetValue(_rule))
    {
        StatePath = parsed.GetValue(_statePath),
        Approve = parsed.GetValue(_approve),
        Only = parsed.GetResult(Only) is { Implicit: false } ? new Selection(parsed.GetValue(Only)!) : null,
        OnGuard = parsed.GetValue(_onGuard) == StopAll ? OnGuard.StopAll : OnGuard.HoldRemovals,
        Rebuild = parsed.GetValue(_rebuild),
        Resume = parsed.GetValue(_resume),
        Verify = parsed.GetValue(_verify),
        Yes = parsed.GetValue(_yes),
        Fresh = parsed.GetValue(_fresh),
        Report = parsed.GetValue(_report),
        Log = parsed.GetValue(_log),
    };
}
