using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Operations;

/// <summary>Reads a whole account for a plan, with as few requests as Zoom allows: pages of 100, many at a time.</summary>
internal sealed class AccountReader
{
    // People come and go while a list is read, so positions shift; two more passes find those who slipped through.
    private const int MaxPasses = 3;

    private readonly IScimUserClient _users;
    private readonly IScimGroupClient _groups;
    private readonly int _concurrency;

    public AccountReader(ZoomScimConnection connection, int concurrency)
    {
        _users = connection.Service.Users;
        _groups = connection.Service.Groups;
        _concurrency = concurrency;
    }

    /// <summary>Lists all users.</summary>
    /// <param name="keep">What is kept of each user listed, at once, so that a hundred thousand need not be in memory twice.</param>
    /// <param name="progress">Takes how many are there and how many there will be.</param>
    /// <param name="call">How the calls are stopped and watched.</param>
    /// <returns>The users, and whether they are as many as Zoom speaks of.</returns>
    public async Task<(IReadOnlyCollection<ScimUser> Users, bool IsComplete)> ListAsync(Func<ScimUser, ScimUser> keep, Action<int, int> progress, ScimCall call)
    {
        var found = new Dictionary<string, ScimUser>(StringComparer.Ordinal);
        var total = 0;
        for (var pass = 0; pass < MaxPasses; pass++)
        {
            total = await ListOnceAsync(found, keep, progress, call).ConfigureAwait(false);
            if (found.Count >= total)
            {
                break;
            }
        }

        return (found.Values, found.Count >= total);
    }

    /// <summary>Lists all groups.</summary>
    public async Task<IReadOnlyList<ScimGroup>> ListGroupsAsync(ScimCall call)
    {
        var groups = new Dictionary<string, ScimGroup>(StringComparer.Ordinal);
        for (var next = 1; ;)
        {
            var page = await _groups.ListAsync(next, UserDirectory.PageSize, null, call).ConfigureAwait(false);
            foreach (var group in page.Resources.Where(g => g.Id is not null))
            {
                groups[group.Id!] = group;
            }

            next += page.Resources.Count;
            if (page.Resources.Count == 0 || next > page.TotalResults)
            {
                return groups.Values.ToList();
            }
        }
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
    public async Task<ScimUser?> FindAsync(string id, ScimCall call)
    {
        try
        {
            return await _users.GetAsync(id, call).ConfigureAwait(false);
        }
        catch (ScimNotFoundException exception) when (exception.ErrorId == "Zoom.User.NotFound")
        {
            return null;
        }
    }

    private async Task<int> ListOnceAsync(Dictionary<string, ScimUser> found, Func<ScimUser, ScimUser> keep, Action<int, int> progress, ScimCall call)
    {
        var first = await _users.ListAsync(1, UserDirectory.PageSize, null, call).ConfigureAwait(false);
        Take(first);
        // A server may give smaller pages than it was asked for.
        var step = first.Resources.Count;
        if (step == 0 || step >= first.TotalResults)
        {
            return first.TotalResults;
        }

        var starts = new List<int>();
        for (var start = 1 + step; start <= first.TotalResults; start += step)
        {
            starts.Add(start);
        }

        var total = first.TotalResults;
        await ParallelWork.ForEachAsync(starts, _concurrency, async start =>
        {
            var page = await _users.ListAsync(start, UserDirectory.PageSize, null, call).ConfigureAwait(false);
            Take(page);
            // Who joined while the list was read makes it longer; the next pass finds them.
            InterlockedMax(ref total, page.TotalResults);
        }).ConfigureAwait(false);
        return total;

        void Take(ScimPage<ScimUser> page)
        {
            lock (found)
            {
                foreach (var user in page.Resources.Where(u => u.Id is not null))
                {
                    found[user.Id!] = keep(user);
                }

                progress(found.Count, page.TotalResults);
            }
        }
    }

    private static void InterlockedMax(ref int target, int value)
    {
        var current = Volatile.Read(ref target);
        while (value > current)
        {
            var seen = Interlocked.CompareExchange(ref target, value, current);
            if (seen == current)
            {
                return;
            }

            current = seen;
        }
    }
}
