using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Operations;

/// <summary>Knows who may be named as a manager, and sets managers when everybody is there: Zoom wants a user of the account.</summary>
internal sealed class ManagerDirectory
{
    private readonly UserDirectory _directory;
    private readonly AccountIndex? _index;
    private readonly ConcurrentDictionary<string, bool> _known = new(StringComparer.OrdinalIgnoreCase);

    public ManagerDirectory(UserDirectory directory, AccountIndex? index = null)
    {
        _directory = directory;
        _index = index;
    }

    /// <summary>Whether this address is a user of the account. Each address is looked up once.</summary>
    public async Task<bool> HasAsync(string address, ScimCall call)
    {
        if (_known.TryGetValue(address, out var known))
        {
            return known;
        }

        bool found;
        try
        {
            found = (_index is not null && (await _index.FindAsync(null, address, call).ConfigureAwait(false)).User is not null)
                || await _directory.LookUpAsync(address, call).ConfigureAwait(false) is not null;
        }
        catch (ScimUserStateException)
        {
            // Pending, or of another account: no manager Zoom would take.
            found = false;
        }

        _known[address] = found;
        return found;
    }

    /// <summary>Sets a manager in the second pass.</summary>
    /// <param name="executor">Writes, and keeps a journal where there is one.</param>
    /// <param name="change">The change of the manager, and of nothing else.</param>
    /// <param name="user">Whose manager.</param>
    /// <param name="call">How the calls are stopped and watched.</param>
    /// <returns>Why none was set, null where it was; and what Zoom accepted and did not apply.</returns>
    public async Task<(string? Unset, IReadOnlyList<AttributeChange> NotApplied)> SetAsync(
        ChangeExecutor executor, PlannedChange change, ScimUser user, ScimCall call)
    {
        var address = (string)change.Changes[0].NewValue!;
        return await HasAsync(address, call).ConfigureAwait(false)
            ? (null, await executor.UpdateAsync(change, user, call).ConfigureAwait(false))
            : ($"The manager '{address}' is not a user of this Zoom account, so none was set.", []);
    }
}
