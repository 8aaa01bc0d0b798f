using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Cli.Connecting;
using ZoomProvisioning.Cli.Running;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Engine;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Cli.Rules;

/// <summary>The journals of an account, and the connection to it where they do not lie in a folder that was named.</summary>
internal sealed class AccountJournals : IAsyncDisposable
{
    private readonly CliConnection? _connection;
    private readonly StopSignal _stop;
    private readonly List<(JournalPlace Place, ScimStateException Error)> _unreadable = [];

    private AccountJournals(CliConnection? connection, string folder, bool isRule, CancellationToken cancellation)
    {
        _connection = connection;
        _stop = new StopSignal(cancellation);
        History = HistoryFolder.Open(new StateFactory(), folder, (place, error) => _unreadable.Add((place, error)));
        if (History.Places.Count == 0)
        {
            throw HistoryFolder.Empty(folder, isRule);
        }
    }

    public AccountHistory History { get; }

    public ScimCall Call => _stop.Call;

    /// <summary>The account. Not there where a folder was named.</summary>
    public ZoomScimConnection Zoom => _connection!.Zoom;

    /// <summary>The journals that could not be read so far; the others were.</summary>
    public IReadOnlyList<(JournalPlace Place, ScimStateException Error)> Unreadable => _unreadable;

    /// <summary>Finds the journals.</summary>
    /// <param name="rule">The one rule whose journal it is about; null for all, and for what was done without one.</param>
    /// <param name="statePath">The root of what rules keep, or a folder with journals; null for the usual place.</param>
    /// <param name="account">The account.</param>
    /// <param name="alone">Whether a folder that was named is enough, without the account.</param>
    /// <param name="cancellation">Ctrl+C.</param>
    /// <exception cref="ScimException">There is no account to sign in to, or there are no journals.</exception>
    public static AccountJournals Open(FileInfo? rule, string? statePath, ConnectionChoice account, bool alone, CancellationToken cancellation)
    {
        if (alone && HistoryFolder.Named(new StateFactory(), statePath) is { } named)
        {
            return new AccountJournals(null, named, isRule: false, cancellation);
        }

        var connection = CliConnection.Open(account);
        var key = AccountKey.Of(connection.Zoom);
        // What the built-in rule did to a simulated account that is kept in a file lies beside that file.
        var root = statePath ?? (rule is null && !connection.IsForgotten ? connection.OwnStateRoot : null);
        var folder = rule is null ? StatePlace.OfAccount(root, key) : RuleState.Of(new StateFactory(), root, key, RuleSession.Load(rule)).Folder;
        return new AccountJournals(connection, folder, rule is not null, cancellation);
    }

    /// <summary>A simulated account that is kept with a rule is taken from there.</summary>
    public void TakeAccountOf(JournalPlace place)
    {
        if (_connection is { IsForgotten: true } && Path.Combine(place.Folder, RuleSession.SimulatorFile) is var kept && File.Exists(kept))
        {
            _connection.KeepIn(kept);
        }
    }

    public ValueTask DisposeAsync()
    {
        _stop.Dispose();
        return _connection?.DisposeAsync() ?? default;
    }
}
