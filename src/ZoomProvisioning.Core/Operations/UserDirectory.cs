using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Operations;

/// <summary>Finds and lists the users of a Zoom account.</summary>
public sealed class UserDirectory
{
    /// <summary>How many pages or users are asked for at once where nobody says otherwise; the engine's governor sets the pace.</summary>
    internal const int Concurrency = 16;

    // Then it is not the users: nobody wants to read the same error ten thousand times.
    private const int MostFailedInRow = 10;

    private readonly IScimUserClient _users;
    private readonly RecentNames _names;
    private readonly AccountLister<ScimUser> _lister;
    private readonly Func<int> _concurrency;

    /// <summary>Makes a view of a connection's users.</summary>
    public UserDirectory(ZoomScimConnection connection)
        : this(connection, () => Concurrency)
    {
    }

    /// <summary>Makes a view of a connection's users.</summary>
    /// <param name="connection">The account.</param>
    /// <param name="concurrency">How many requests may be under way at once, asked again each time.</param>
    internal UserDirectory(ZoomScimConnection connection, Func<int> concurrency)
    {
        _users = connection.Service.Users;
        _names = connection.UserNames;
        _lister = new AccountLister<ScimUser>(_users.ListAsync, user => user.Id, "users");
        _concurrency = concurrency;
    }

    /// <summary>
    /// Finds a user by sign-in name, or by Zoom id where the text is no mail address, and reads all Zoom tells of it.
    /// </summary>
    /// <returns>The user, or null when there is none.</returns>
    /// <exception cref="ScimUserStateException">The address belongs to a pending invitation or to another account.</exception>
    public Task<ScimUser?> FindAsync(string identity, ScimCall call) =>
        identity.Contains("@") ? FindByNameAsync(identity, call) : FindByIdAsync(identity, call);

    /// <summary>Reads a user by Zoom id; null when there is none.</summary>
    public async Task<ScimUser?> FindByIdAsync(string id, ScimCall call)
    {
        if (id is "." or ".." || string.IsNullOrWhiteSpace(id))
        {
            // No id of anybody, and in the request's path it would address something else.
            return null;
        }

        try
        {
            return Noted(await _users.GetAsync(id, call).ConfigureAwait(false));
        }
        catch (ScimNotFoundException exception) when (exception.ErrorId == "Zoom.User.NotFound")
        {
            return null;
        }
    }

    /// <summary>Finds a user by sign-in name and reads all Zoom tells of it; null when there is none.</summary>
    public async Task<ScimUser?> FindByNameAsync(string userName, ScimCall call)
    {
        var found = await LookUpAsync(userName, call).ConfigureAwait(false);
        return found?.Id is { } id ? await FindByIdAsync(id, call).ConfigureAwait(false) : null;
    }

    /// <summary>Finds a user by sign-in name, with no more than a list tells of it: id, names, whether it is active. Null when there is none.</summary>
    public async Task<ScimUser?> LookUpAsync(string userName, ScimCall call)
    {
        var page = await _users.ListAsync(1, 2, ScimFilter.UserName(userName), call).ConfigureAwait(false);
        // A server may match more than it should; only the very name counts.
        var found = page.Resources.FirstOrDefault(u => string.Equals(u.UserName, userName, StringComparison.OrdinalIgnoreCase));
        return found is null ? null : Noted(found);
    }

    /// <summary>Lists users page by page.</summary>
    /// <param name="filter">userName or externalId; null for all.</param>
    /// <param name="onPage">Takes each page's new users, in the order of the list.</param>
    /// <param name="call">How the call is stopped and watched.</param>
    /// <param name="onProgress">Told after each page how many different users were given out so far, and of how many Zoom speaks.</param>
    /// <returns>Zoom's total, and how many different users were given out: fewer means that the list is incomplete.</returns>
    /// <exception cref="ScimServerException">Most of what Zoom speaks of cannot be had.</exception>
    public Task<(int Total, int Delivered)> ListAsync(
        ScimFilter? filter, Func<IReadOnlyList<ScimUser>, Task> onPage, ScimCall call, Action<int, int>? onProgress = null) =>
        _lister.ListAsync(filter, Noting(onPage), _concurrency, call, onProgress);

    /// <summary>Lists all users once and in no order, for whom it is enough to meet nearly everybody.</summary>
    /// <param name="onPage">Takes each page's users.</param>
    /// <param name="goesOn">Asked after the first page, with Zoom's total, whether to read on.</param>
    /// <param name="call">How the call is stopped and watched.</param>
    internal Task<(int Total, int Delivered)> ListOnceAsync(Func<IReadOnlyList<ScimUser>, Task> onPage, Func<int, bool> goesOn, ScimCall call) =>
        _lister.ListAsync(null, Noting(onPage), _concurrency, call, passes: 1, order: ListOrder.FromBothEnds, goesOn: goesOn);

    private Func<IReadOnlyList<ScimUser>, Task> Noting(Func<IReadOnlyList<ScimUser>, Task> onPage) => page =>
    {
        foreach (var user in page)
        {
            Noted(user);
        }

        return onPage(page);
    };

    /// <summary>Lists users and reads each one by id as well, many at once.</summary>
    /// <param name="filter">userName or externalId; null for all.</param>
    /// <param name="onUser">Takes each user, in the order of the list: in full, as listed where
    /// it vanished meanwhile, or as listed with the reason why it could not be read.</param>
    /// <param name="call">How the call is stopped and watched.</param>
    /// <param name="onProgress">As with <see cref="ListAsync"/>.</param>
    /// <param name="isWanted">Who of the list is to be read; null for everybody.</param>
    /// <returns>As with <see cref="ListAsync"/>.</returns>
    internal async Task<(int Total, int Delivered)> ListInFullAsync(
        ScimFilter? filter,
        Func<ScimUser, ScimException?, Task> onUser,
        ScimCall call,
        Action<int, int>? onProgress = null,
        Func<ScimUser, bool>? isWanted = null)
    {
        var failedInRow = 0;
        var reads = new OrderedWindow<(ScimUser User, ScimException? Error)>(_concurrency, read =>
        {
            failedInRow = read.Error is null ? 0 : failedInRow + 1;
            return failedInRow < MostFailedInRow ? onUser(read.User, read.Error) : throw read.Error!;
        }, call);
        try
        {
            var counts = await ListAsync(filter, async page =>
            {
                foreach (var user in page.Where(u => isWanted?.Invoke(u) != false))
                {
                    await reads.MakeRoomAsync().ConfigureAwait(false);
                    reads.Add(c => InFullAsync(user, c));
                }

                await reads.TakeReadyAsync().ConfigureAwait(false);
            }, call, onProgress).ConfigureAwait(false);
            await reads.DrainAsync().ConfigureAwait(false);
            return counts;
        }
        finally
        {
            await reads.EndAsync().ConfigureAwait(false);
        }
    }

    private async Task<(ScimUser User, ScimException? Error)> InFullAsync(ScimUser listed, ScimCall call)
    {
        if (listed.Id is not { } id)
        {
            return (listed, null);
        }

        try
        {
            return (await FindByIdAsync(id, call).ConfigureAwait(false) ?? listed, null);
        }
        catch (ScimException exception) when (AccountReader.ConcernsOneUser(exception))
        {
            return (listed, exception);
        }
    }

    private ScimUser Noted(ScimUser user)
    {
        _names.Remember(user.Id, user.UserName);
        return user;
    }
}
