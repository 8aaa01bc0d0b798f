using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Operations;

/// <summary>Finds and lists the groups of a Zoom account.</summary>
public sealed class GroupDirectory
{
    private readonly IScimGroupClient _groups;
    private readonly RecentNames _names;
    private readonly AccountLister<ScimGroup> _lister;

    /// <summary>Makes a view of a connection's groups.</summary>
    public GroupDirectory(ZoomScimConnection connection)
    {
        _groups = connection.Service.Groups;
        _names = connection.GroupNames;
        _lister = new AccountLister<ScimGroup>(_groups.ListAsync, group => group.Id, "groups");
    }

    /// <summary>Finds a group by name, or by Zoom id where no group has that name. Null when there is none.</summary>
    public async Task<ScimGroup?> FindAsync(string identity, ScimCall call)
    {
        if (await FindByNameAsync(identity, call).ConfigureAwait(false) is { } named)
        {
            return named;
        }

        // Ids have no blanks, and a dot segment would address something else.
        return identity is "." or ".." || identity.Any(char.IsWhiteSpace) ? null : await FindByIdAsync(identity, call).ConfigureAwait(false);
    }

    /// <summary>Reads a group by Zoom id; null when there is none.</summary>
    public async Task<ScimGroup?> FindByIdAsync(string id, ScimCall call)
    {
        try
        {
            return Noted(await _groups.GetAsync(id, call).ConfigureAwait(false));
        }
        catch (ScimNotFoundException exception) when (exception.ErrorId == "Zoom.Group.NotFound")
        {
            return null;
        }
        catch (ScimRecordException exception) when (exception.ErrorId == "Zoom.Record.IdNotAddressable")
        {
            // Windows PowerShell, and a name with a slash in it that is taken for an id.
            return null;
        }
    }

    /// <summary>Finds a group by name, in any case; the very name wins over one that differs in case. Null when there is none.</summary>
    public async Task<ScimGroup?> FindByNameAsync(string name, ScimCall call)
    {
        var page = await _groups.ListAsync(1, AccountLister<ScimGroup>.PageSize, ScimFilter.DisplayName(name), call).ConfigureAwait(false);
        var candidates = page.Resources;
        if (candidates.Count == 0 && name.IndexOfAny(['"', '\\']) >= 0)
        {
            // Nobody has documented how Zoom reads an escaped quote, so for such names all groups are looked at.
            var all = new List<ScimGroup>();
            await ListAsync(groups =>
            {
                all.AddRange(groups);
                return Task.CompletedTask;
            }, call).ConfigureAwait(false);
            candidates = all;
        }

        // A server may match more than it should; only the very name counts.
        var found = candidates.FirstOrDefault(g => g.DisplayName == name)
            ?? candidates.FirstOrDefault(g => string.Equals(g.DisplayName, name, StringComparison.OrdinalIgnoreCase));
        return found is null ? null : Noted(found);
    }

    /// <summary>Lists all groups page by page.</summary>
    /// <param name="onPage">Takes each page's new groups, in the order of the list.</param>
    /// <param name="call">How the call is stopped and watched.</param>
    /// <returns>Zoom's total, and how many different groups were given out: fewer means that the list is incomplete.</returns>
    /// <exception cref="ScimServerException">Most of what Zoom speaks of cannot be had.</exception>
    public Task<(int Total, int Delivered)> ListAsync(Func<IReadOnlyList<ScimGroup>, Task> onPage, ScimCall call) =>
        _lister.ListAsync(null, page =>
        {
            foreach (var group in page)
            {
                Noted(group);
            }

            return onPage(page);
        }, () => UserDirectory.Concurrency, call);

    /// <summary>Reads who is in a group, by Zoom's v2 API, and notes it in the group.</summary>
    /// <exception cref="ScimPermissionException">The token may not.</exception>
    public async Task ReadMembersAsync(ScimGroup group, ScimCall call) =>
        group.Members = await _groups.ListMembersAsync(group.Id!, call).ConfigureAwait(false);

    private ScimGroup Noted(ScimGroup group)
    {
        _names.Remember(group.Id, group.DisplayName);
        return group;
    }
}
