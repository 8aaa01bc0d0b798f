using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Operations;

/// <summary>Knows who may be named as a manager or gets data, and sets managers when everybody is there: Zoom wants a user of the account.</summary>
internal sealed class ManagerDirectory
{
    private readonly UserDirectory _directory;
    private readonly AccountIndex? _index;
    private readonly ConcurrentDictionary<string, ScimUser?> _known = new(StringComparer.OrdinalIgnoreCase);

    public ManagerDirectory(UserDirectory directory, AccountIndex? index = null)
    {
        _directory = directory;
        _index = index;
    }

    /// <summary>Whether this address is a user of the account. Each address is looked up once.</summary>
    public async Task<bool> HasAsync(string address, ScimCall call) => await FindAsync(address, call).ConfigureAwait(false) is not null;

    /// <summary>The user of the account with this address, as a list tells it; null where there is none. Each address is looked up once.</summary>
    public async Task<ScimUser?> FindAsync(string address, ScimCall call)
    {
        if (_known.TryGetValue(address, out var known))
        {
            return known;
        }

        ScimUser? found;
        try
        {
            found = (_index is null ? null : (await _index.FindAsync(null, address, call).ConfigureAwait(false)).User)
                ?? await _directory.LookUpAsync(address, call).ConfigureAwait(false);
        }
        catch (ScimUserStateException)
        {
            // Pending, or of another account: nobody Zoom would take.
            found = null;
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
