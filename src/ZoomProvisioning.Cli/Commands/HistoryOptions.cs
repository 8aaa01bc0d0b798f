using System;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Threading;
using ZoomProvisioning.Cli.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Cli.Commands;

/// <summary>The options of the commands that look through the journals of an account. They send nothing.</summary>
internal sealed class HistoryOptions
{
    private readonly Option<DateTimeOffset?> _after = Time("--after", "Not older than this time");
    private readonly Option<DateTimeOffset?> _before = Time("--before", "Older than this time");
    private readonly Option<string?> _actor = new("--actor")
    {
        Description = "Only what this person ran, as user@machine or the user alone, with * and ?.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _runId = new("--run-id")
    {
        Description = "Only this run, by its id; the beginning of it is enough.",
        HelpName = "ID",
    };

    private readonly Option<int?> _last = new("--last")
    {
        Description = "Only the last so many.",
        HelpName = "N",
        CustomParser = result => NumberArgument.Between("--last", 1, int.MaxValue)(result),
    };

    private readonly Option<FileInfo?> _rule = new("--rule")
    {
        Description = "Only this rule (.json). Without it: all rules of the account, those that were removed, and what was done without a rule.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _statePath = new("--state-path")
    {
        Description = "The folder under which rules keep ledger and journal (else ZOOM_PROVISIONING_STATE, else the user's application data), "
            + "or the folder of one account or rule, for which no account is needed.",
        HelpName = "DIR",
    };

    private readonly ConnectionOptions _connection = new();

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _after, _before, _actor, _runId, _last, _rule, _statePath })
        {
            command.Add(option);
        }

        _connection.AddTo(command);
    }

    public Views.IView View(ParseResult parsed) => _connection.View(parsed);

    /// <summary>What is looked for.</summary>
    public HistoryQuery Query(ParseResult parsed) => new()
    {
        After = parsed.GetValue(_after),
        Before = parsed.GetValue(_before),
        Actor = NamePatterns.AnyOf(parsed.GetValue(_actor) is { } actor ? [actor] : []),
        RunId = parsed.GetValue(_runId),
        Last = parsed.GetValue(_last),
    };

    /// <summary>Where it is looked for.</summary>
    public AccountJournals Open(ParseResult parsed, CancellationToken cancellation) =>
        AccountJournals.Open(parsed.GetValue(_rule), parsed.GetValue(_statePath), _connection.Choice(parsed), alone: true, cancellation);

    private static Option<DateTimeOffset?> Time(string name, string description) => new(name)
    {
        Description = $"{description}, such as 2026-11-29 or 2026-11-29T08:00.",
        HelpName = "TIME",
        CustomParser = result =>
        {
            if (DateTimeOffset.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var time))
            {
                return time;
            }

            result.AddError($"{name} takes a time such as 2026-11-29 or 2026-11-29T08:00, not '{result.Tokens[0].Value}'.");
            return null;
        },
    };
}
