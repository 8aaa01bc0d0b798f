using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.IO;
using System.Linq;
using Spectre.Console;
using ZoomProvisioning.Cli.Connecting;
using ZoomProvisioning.Cli.Views;
using ZoomProvisioning.Engine;

namespace ZoomProvisioning.Cli.Commands;

/// <summary>The options of every command that works on an account.</summary>
internal sealed class ConnectionOptions
{
    private readonly Option<bool> _simulate = new("--simulate")
    {
        Description = "Work on the embedded Zoom simulator instead of the account that ZOOM_ACCOUNT_ID, ZOOM_CLIENT_ID and ZOOM_CLIENT_SECRET name.",
    };

    private readonly Option<string?> _state = new("--simulator-state")
    {
        Description = "With --simulate: a file to load the simulated tenant from, if it exists, and to save it to at the end.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _profile = new("--profile")
    {
        Description = "Work on the account of a profile that New-ZoomScimProfile saved with -SecretVariable. Profiles are in "
            + "ZOOM_PROVISIONING_HOME, or in the user's application data.",
        HelpName = "NAME",
    };

    private readonly Option<Uri?> _proxy = new("--proxy")
    {
        Description = "An HTTP proxy, such as http://proxy.example.com:8080, instead of the one of HTTPS_PROXY. "
            + "A user name and password may stand in either (http://user:password@proxy:8080, with %40 for @ and so on); "
            + "HTTPS_PROXY is the better place, because the process list shows no environment.",
        HelpName = "ADDRESS",
        CustomParser = result => Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var address) && address.Host.Length > 0
            ? address
            // The address is not repeated: it may hold a password.
            : Refused(result, "--proxy is no address. It looks like http://proxy.example.com:8080."),
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object a line instead of tables." };

    private readonly Option<bool> _details = new("--details")
    {
        Description = "Show everybody with everything that changes, instead of people of one kind together.",
    };
    private readonly Option<bool> _quiet = new("--quiet") { Description = "Show only who needs attention, and the totals." };

    public void AddTo(Command command)
    {
        command.Add(_simulate);
        command.Add(_state);
        command.Add(_profile);
        command.Add(_proxy);
        command.Add(_json);
        command.Add(_details);
        command.Add(_quiet);
        command.Validators.Add(result =>
        {
            if (new[] { _json, _details, _quiet }.Count(o => result.GetValue(o)) > 1)
            {
                result.AddError("--json, --details and --quiet each say how much is shown: use one of them.");
            }

            if (result.GetValue(_state) is not null && !result.GetValue(_simulate))
            {
                result.AddError("--simulator-state goes with --simulate.");
            }

            if (result.GetValue(_profile) is not null && result.GetValue(_simulate))
            {
                result.AddError("--profile names an account, and --simulate takes none: use one of them.");
            }
        });
    }

    public ConnectionChoice Choice(ParseResult parsed) =>
        new(parsed.GetValue(_simulate), parsed.GetValue(_state), parsed.GetValue(_profile), parsed.GetValue(_proxy));

    /// <summary>Whether a simulated account is chosen, and no file to keep it in.</summary>
    public bool IsForgotten(CommandResult result) => result.GetValue(_simulate) && result.GetValue(_state) is null;

    public IView View(ParseResult parsed) => View(
        parsed,
        parsed.GetValue(_json),
        parsed.GetValue(_details) ? TextDetail.Everything : parsed.GetValue(_quiet) ? TextDetail.Quiet : TextDetail.Overview);

    /// <summary>How a command shows itself.</summary>
    public static IView View(ParseResult parsed, bool isJson, TextDetail detail) => isJson
        ? new JsonView(parsed.InvocationConfiguration.Output, new StateFactory())
        : new TextView(
            ConsoleOver(parsed.InvocationConfiguration.Output),
            ConsoleOver(parsed.InvocationConfiguration.Error),
            new StateFactory(),
            detail);

    private static Uri? Refused(ArgumentResult result, string why)
    {
        result.AddError(why);
        return null;
    }

    private static IAnsiConsole ConsoleOver(TextWriter writer)
    {
        var output = new AnsiConsoleOutput(writer);
        return AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = output,
            // A file or a pipe is no place for colours, whatever the terminal can do.
            Ansi = output.IsTerminal ? AnsiSupport.Detect : AnsiSupport.No,
        });
    }
}
