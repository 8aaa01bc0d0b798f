using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Cli.Connecting;
using ZoomProvisioning.Cli.Running;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Engine;
using ZoomProvisioning.Rules;
using ZoomProvisioning.Runs;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Cli.Rules;

/// <summary>A rule over an account, with the folder of its state.</summary>
internal sealed class RuleSession : IAsyncDisposable
{
    /// <summary>The file beside a ledger that a simulated account is kept in.</summary>
    public const string SimulatorFile = "simulator.json";

    private readonly CliConnection _connection;
    private readonly StopSignal _stop;

    private RuleSession(CliConnection connection, ProvisioningRule rule, RuleState state, StopSignal stop)
    {
        _connection = connection;
        _stop = stop;
        Rule = rule;
        State = state;
    }

    public ProvisioningRule Rule { get; }

    public RuleState State { get; }

    public ScimCall Call => _stop.Call;

    public ZoomScimConnection Zoom => _connection.Zoom;

    /// <summary>Where a simulated tenant is kept because nothing else was said; null when something was, or it is no simulated one.</summary>
    public string? SimulatorPath { get; private init; }

    /// <summary>Whether the account and all that is known of it end with the command.</summary>
    public bool IsForgotten => _connection.IsForgotten;

    /// <summary>Reads a rule; without a file it is the built-in one.</summary>
    /// <exception cref="RuleFileException">There are mistakes in it.</exception>
    /// <exception cref="ScimStateException">The file cannot be read, or not by this program.</exception>
    public static ProvisioningRule Load(FileInfo? file)
    {
        if (file is null)
        {
            return BuiltInRule.Create();
        }

        if (!file.Exists && !RuleFolder.IsPath(file.ToString()))
        {
            // A name, as in PowerShell.
            file = new FileInfo(RuleFolder.Find(file.ToString()));
        }

        if (string.Equals(file.Extension, ".psd1", StringComparison.OrdinalIgnoreCase))
        {
            throw new ScimStateException(
                "Zoom.Rule.NeedsPowerShell",
                $"The rule '{file.FullName}' is a PowerShell data file, and only PowerShell reads those: it may hold scriptblocks.")
            {
                Category = "InvalidArgument",
                RecommendedAction = "Run it in PowerShell with Sync-ZoomScimUser -Rule, or write the rule as .json (examples/rules/csv.json shows how).",
            };
        }

        return RuleFile.ReadJson(file.FullName, new StateFactory());
    }

    /// <summary>Connects. Nothing is sent yet.</summary>
    public static RuleSession Open(ProvisioningRule rule, RuleChoice choice, ConnectionChoice account, CancellationToken cancellation)
    {
        var connection = CliConnection.Open(account);
        var key = AccountKey.Of(connection.Zoom);
        // What the built-in rule knows of a simulated account goes where the account goes.
        var root = choice.StatePath ?? (choice.Rule is null ? connection.OwnStateRoot : null);
        var state = RuleState.Of(new StateFactory(), root, key, rule, choice.Rebuild);
        var folder = state.Folder;

        // Without its tenant a second run would find everybody gone from Zoom.
        var kept = connection.IsForgotten && (choice.Rule is not null || choice.StatePath is not null) ? Path.Combine(folder, SimulatorFile) : null;
        if (kept is not null)
        {
            if (choice.Fresh)
            {
                using var held = new StateFactory().Hold(folder);
                held?.Delete();
            }

            connection.KeepIn(kept);
        }

        return new RuleSession(connection, rule, state, new StopSignal(cancellation)) { SimulatorPath = kept };
    }

    /// <summary>A run of the rule.</summary>
    public RuleSync Sync(RuleSyncOptions options) => new(Zoom, Rule, State, options);

    public async ValueTask DisposeAsync()
    {
        _stop.Dispose();
        await _connection.DisposeAsync().ConfigureAwait(false);
    }
}
