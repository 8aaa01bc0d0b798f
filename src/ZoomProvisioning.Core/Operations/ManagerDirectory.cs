using System;
using System.Collections.Concurrent;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Operations;

/// <summary>Knows who may be named as a manager: Zoom wants a user of the account.</summary>
internal sealed class ManagerDirectory
{
    private readonly UserDirectory _directory;
    private readonly ConcurrentDictionary<string, bool> _known = new(StringComparer.OrdinalIgnoreCase);

    public ManagerDirectory(UserDirectory directory) => _directory = directory;

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
            found = await _directory.LookUpAsync(address, call).ConfigureAwait(false) is not null;
        }
        catch (ScimUserStateException)
        {
            // Pending, or of another account: no manager Zoom would take.
            found = false;
        }

        _known[address] = found;
        return found;
    }
}
