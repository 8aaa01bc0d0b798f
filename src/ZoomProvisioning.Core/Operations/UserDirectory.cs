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
    /// <summary>The most users Zoom gives in one page (its SCIM2 OpenAPI).</summary>
    public const int PageSize = 100;

    // People come and go while a list is read, so positions shift; two more passes find those who slipped through.
    private const int MaxPasses = 3;

    private readonly IScimUserClient _users;
    private readonly RecentNames _names;

    /// <summary>Makes a view of a connection's users.</summary>
    public UserDirectory(ZoomScimConnection connection)
    {
        _users = connection.Service.Users;
        _names = connection.UserNames;
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
    /// <param name="onPage">Takes each page's new users; the next page is asked for when it returns.</param>
    /// <param name="call">How the call is stopped and watched.</param>
    /// <param name="onProgress">Told after each page how many different users were given out so far, and of how many Zoom speaks.</param>
    /// <returns>Zoom's total, and how many different users were given out: fewer means that the list is incomplete.</returns>
    public async Task<(int Total, int Delivered)> ListAsync(ScimFilter? filter, Func<IReadOnlyList<ScimUser>, Task> onPage, ScimCall call, Action<int, int>? onProgress = null)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var total = 0;
        for (var pass = 0; pass < MaxPasses; pass++)
        {
            total = await ListOnceAsync(filter, seen, onPage, call, onProgress).ConfigureAwait(false);
            if (seen.Count >= total)
            {
                break;
            }
        }

        return (total, seen.Count);
    }

    private async Task<int> ListOnceAsync(ScimFilter? filter, HashSet<string> seen, Func<IReadOnlyList<ScimUser>, Task> onPage, ScimCall call, Action<int, int>? onProgress)
    {
        var next = 1;
        while (true)
        {
            var page = await _users.ListAsync(next, PageSize, filter, call).ConfigureAwait(false);
            var fresh = page.Resources.Where(u => u.Id is null || seen.Add(u.Id)).Select(Noted).ToList();
            if (fresh.Count > 0)
            {
                await onPage(fresh).ConfigureAwait(false);
            }

            onProgress?.Invoke(seen.Count, page.TotalResults);

            next += page.Resources.Count;
            if (page.Resources.Count == 0 || next > page.TotalResults)
            {
                return page.TotalResults;
            }
        }
    }

    private ScimUser Noted(ScimUser user)
    {
        _names.Remember(user.Id, user.UserName);
        return user;
    }
}
