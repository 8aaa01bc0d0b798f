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
    /// <summary>The most groups Zoom gives in one page (its SCIM2 OpenAPI).</summary>
    public const int PageSize = 100;

    // As with users: groups that come and go shift the positions of the others.
    private const int MaxPasses = 3;

    private readonly IScimGroupClient _groups;
    private readonly RecentNames _names;

    /// <summary>Makes a view of a connection's groups.</summary>
    public GroupDirectory(ZoomScimConnection connection)
    {
        _groups = connection.Service.Groups;
        _names = connection.GroupNames;
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
        var page = await _groups.ListAsync(1, PageSize, ScimFilter.DisplayName(name), call).ConfigureAwait(false);
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
    /// <param name="onPage">Takes each page's new groups; the next page is asked for when it returns.</param>
    /// <param name="call">How the call is stopped and watched.</param>
    /// <returns>Zoom's total, and how many different groups were given out: fewer means that the list is incomplete.</returns>
    public async Task<(int Total, int Delivered)> ListAsync(Func<IReadOnlyList<ScimGroup>, Task> onPage, ScimCall call)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var total = 0;
        for (var pass = 0; pass < MaxPasses && (pass == 0 || seen.Count < total); pass++)
        {
            var next = 1;
            ScimPage<ScimGroup> page;
            do
            {
                page = await _groups.ListAsync(next, PageSize, null, call).ConfigureAwait(false);
                total = page.TotalResults;
                var fresh = page.Resources.Where(g => g.Id is null || seen.Add(g.Id)).Select(Noted).ToList();
                if (fresh.Count > 0)
                {
                    await onPage(fresh).ConfigureAwait(false);
                }

                next += page.Resources.Count;
            }
            while (page.Resources.Count > 0 && next <= total);
        }

        return (total, seen.Count);
    }

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
