using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Operations;

/// <summary>Carries out what was planned for one user, in the order Zoom needs: activate, change, deactivate, delete.</summary>
public sealed class ChangeExecutor
{
    private readonly ZoomScimConnection _connection;
    private readonly Func<PlannedChange, (IScimUserClient Users, WatchedUserClient Watched)> _clients;
    private readonly bool _verify;

    /// <summary>
    /// Makes an executor over a connection. Its changes are watched together: where
    /// Zoom does something else with one, the next are not sent.
    /// </summary>
    /// <param name="connection">The account.</param>
    /// <param name="verify">Whether to read each user after writing and compare.</param>
    public ChangeExecutor(ZoomScimConnection connection, bool verify = false)
        : this(connection, connection.Service.Users, new WriteWatch(), verify)
    {
    }

    /// <summary>Makes an executor over a client of the account.</summary>
    /// <param name="connection">The account.</param>
    /// <param name="users">The client to write by.</param>
    /// <param name="watch">What is known of Zoom's way with the changes; one for all executors of a command.</param>
    /// <param name="verify">Whether to read each user after writing and compare.</param>
    /// <param name="journal">Where each write is noted before it is sent; null for nowhere.</param>
    internal ChangeExecutor(ZoomScimConnection connection, IScimUserClient users, WriteWatch watch, bool verify, IJournalPen? journal = null)
    {
        _connection = connection;
        _verify = verify;
        _clients = change =>
        {
            var watched = new WatchedUserClient(users, change, watch, verify ? ReadBack.Always : ReadBack.WhenInDoubt);
            return (journal is null ? watched : new JournaledUserClient(watched, journal, change), watched);
        };
    }

    /// <summary>Makes an executor that writes by another client, such as one that keeps a journal.</summary>
    /// <param name="connection">The account.</param>
    /// <param name="users">The client to write by.</param>
    /// <param name="watched">The one behind it that compares Zoom's replies.</param>
    /// <param name="verify">Whether to read each user after writing and compare.</param>
    internal ChangeExecutor(ZoomScimConnection connection, IScimUserClient users, WatchedUserClient watched, bool verify)
    {
        _connection = connection;
        _clients = _ => (users, watched);
        _verify = verify;
    }

    /// <summary>Carries out one planned change.</summary>
    /// <exception cref="ScimException">Zoom refused. Nothing after the refused request was sent, except
    /// that a user to be deactivated is deactivated even where a change is refused.</exception>
    public Task<ChangeResult> ApplyAsync(PlannedChange change, ScimCall call)
    {
        var (users, watched) = _clients(change);
        return new ChangeWork(_connection, users, watched, _verify).ApplyAsync(change, call);
    }

    /// <summary>Sets a manager when all people are there.</summary>
    /// <returns>What Zoom accepted and did not apply.</returns>
    internal async Task<IReadOnlyList<AttributeChange>> UpdateAsync(PlannedChange change, ScimUser user, ScimCall call)
    {
        var (users, watched) = _clients(change);
        var reply = await users.UpdateAsync(user.Id!, UserDiff.ToBody(change.Changes, user), call).ConfigureAwait(false);
        return ReplyCheck.NotApplied(watched.LastRead ?? reply, change.Changes);
    }
}
