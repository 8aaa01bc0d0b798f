using System;
using System.Collections.Generic;

namespace ZoomProvisioning.Reconcile;

/// <summary>
/// By which name a manager is known when a run has ended: who is in Zoom, or will be when creates and renames are done. A source
/// may still name a manager by the address that the same run changes.
/// </summary>
internal sealed class ManagerNames
{
    private readonly AccountSnapshot _account;
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _renamed = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes the list.</summary>
    /// <param name="account">The account before the run.</param>
    /// <param name="people">The people of the source who get a name in it.</param>
    public ManagerNames(AccountSnapshot account, IEnumerable<Correlation> people)
    {
        _account = account;
        foreach (var person in people)
        {
            if (person.Desired.Values.UserName is not { } name)
            {
                continue;
            }

            _names.Add(name);
            // An address that somebody still has may turn out not to be free.
            if (person.User?.UserName is { } before && account.FindByName(name) is null)
            {
                _renamed[before] = name;
            }
        }
    }

    /// <summary>The name after the run; null when nobody of the account is called so.</summary>
    public string? Find(string address) =>
        _names.Contains(address) ? address
        : _renamed.TryGetValue(address, out var name) ? name
        : _account.FindByName(address) is not null ? address
        : null;
}
