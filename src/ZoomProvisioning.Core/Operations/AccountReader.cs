using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Operations;

/// <summary>Reads a whole account for a plan, with as few requests as Zoom allows: pages of 100, many at a time.</summary>
internal sealed class AccountReader
{
    private readonly UserDirectory _users;
    private readonly GroupDirectory _groups;
    private readonly int _concurrency;

    public AccountReader(ZoomScimConnection connection, int concurrency)
    {
        _users = new UserDirectory(connection, () => concurrency);
        _groups = new GroupDirectory(connection);
        _concurrency = concurrency;
    }

    /// <summary>Lists all users.</summary>
    /// <param name="keep">What is kept of each user listed, at once, so that a hundred thousand need not be in memory twice.</param>
    /// <param name="progress">Takes how many are there and how many there will be.</param>
    /// <param name="call">How the calls are stopped and watched.</param>
    /// <returns>The users, and whether they are as many as Zoom speaks of.</returns>
    public async Task<(IReadOnlyCollection<ScimUser> Users, bool IsComplete)> ListAsync(Func<ScimUser, ScimUser> keep, Action<int, int> progress, ScimCall call)
    {
        var found = new List<ScimUser>();
        var (total, delivered) = await _users.ListAsync(null, page =>
        {
            found.AddRange(page.Where(u => u.Id is not null).Select(keep));
            return Task.CompletedTask;
        }, call, progress).ConfigureAwait(false);
        return (found, delivered >= total);
    }

    /// <summary>Lists all groups.</summary>
    public async Task<IReadOnlyList<ScimGroup>> ListGroupsAsync(ScimCall call)
    {
        var found = new List<ScimGroup>();
        await _groups.ListAsync(page =>
        {
            found.AddRange(page.Where(g => g.Id is not null));
            return Task.CompletedTask;
        }, call).ConfigureAwait(false);
        return found;
    }

    /// <summary>Reads users one by one.</summary>
    /// <param name="ids">Whom.</param>
    /// <param name="onUser">Takes each user, or null where there is none of that id, one at a time.</param>
    /// <param name="call">How the calls are stopped and watched.</param>
    /// <returns>Those who could not be read, and why. What concerns the whole account is thrown.</returns>
    public async Task<IReadOnlyDictionary<string, ScimException>> ReadAsync(IReadOnlyList<string> ids, Action<string, ScimUser?> onUser, ScimCall call)
    {
        var unread = new ConcurrentDictionary<string, ScimException>(StringComparer.Ordinal);
        var gate = new object();
        await ParallelWork.ForEachAsync(ids, _concurrency, async id =>
        {
            try
            {
                var user = await FindAsync(id, call).ConfigureAwait(false);
                lock (gate)
                {
                    onUser(id, user);
                }
            }
            catch (ScimException exception) when (ConcernsOneUser(exception))
            {
                unread[id] = exception;
            }
        }).ConfigureAwait(false);
        return unread;
    }

    /// <summary>Whether a failed read says something about the one user only; what concerns the whole account must stop a run.</summary>
    public static bool ConcernsOneUser(ScimException exception) => exception is ScimServerException or ScimBadRequestException or ScimUserStateException;

    /// <summary>Reads one user; null when there is none.</summary>
    public Task<ScimUser?> FindAsync(string id, ScimCall call) => _users.FindByIdAsync(id, call);
}
