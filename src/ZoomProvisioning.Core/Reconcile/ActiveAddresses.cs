using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Reconcile;

/// <summary>
/// The addresses of a source whose people it does not call inactive. Nobody whose own address is among them loses access, whatever
/// other records and anchors say.
/// </summary>
internal sealed class ActiveAddresses
{
    private readonly HashSet<string> _addresses;
    private readonly AccountSnapshot _account;

    public ActiveAddresses(SourceSnapshot source, AccountSnapshot account)
    {
        var active = source.People.Where(p => p.Values.Active != false);
        _addresses = TextSet.Of(active.Select(p => p.Values.UserName), source.People.Count, StringComparer.OrdinalIgnoreCase);
        _account = account;
    }

    /// <summary>Whether a user's address in Zoom is among them, or the one last seen, as long as nobody else has that.</summary>
    public bool Include(string? userName, LedgerEntry? entry) =>
        (userName is not null && _addresses.Contains(userName))
        || (entry is not null && _addresses.Contains(entry.UserName) && _account.NamedBy(entry.UserName).Count == 0);
}
