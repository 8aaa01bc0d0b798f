using System;
using System.Collections.Generic;
using System.Linq;

namespace ZoomProvisioning.Operations;

/// <summary>Counts the licences of an account's users. Deactivated users have none.</summary>
internal sealed class LicenseCount
{
    // What is always shown, because it is asked for first.
    private static readonly string[] Always = ["Licensed", "Basic"];
    private readonly Dictionary<string, int> _assigned = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Counts a user.</summary>
    public void Add(ScimUser user)
    {
        if (user.Active == false)
        {
            return;
        }

        foreach (var license in ZoomLicenses.Of(user))
        {
            _assigned[license] = (_assigned.TryGetValue(license, out var number) ? number : 0) + 1;
        }
    }

    /// <summary>What was counted, with who waits and what was bought.</summary>
    /// <param name="waiting">Who waits, by licence.</param>
    /// <param name="totals">How many seats were bought, by licence.</param>
    public IReadOnlyList<ZoomLicenseUsage> Result(
        ILookup<string, (string UserName, DateTimeOffset At)> waiting, IReadOnlyDictionary<string, int> totals) => _assigned.Keys
        .Concat(Always).Concat(waiting.Select(w => w.Key)).Concat(totals.Keys)
        .Distinct(StringComparer.OrdinalIgnoreCase)
        .Select(license => new ZoomLicenseUsage(license, ZoomLicenses.KindOf(license))
        {
            Assigned = _assigned.TryGetValue(license, out var number) ? number : 0,
            Total = totals.TryGetValue(license, out var total) ? total : null,
            WaitingUsers = waiting[license].Select(w => w.UserName).OrderBy(n => n, StringComparer.OrdinalIgnoreCase).ToList(),
            RefusedAt = waiting[license].Any() ? waiting[license].Max(w => w.At) : null,
        })
        .OrderBy(u => u.Kind switch { "UserType" => 0, "Plan" => 1, _ => 2 })
        .ThenByDescending(u => u.Assigned)
        .ThenBy(u => u.License, StringComparer.OrdinalIgnoreCase)
        .ToList();
}
