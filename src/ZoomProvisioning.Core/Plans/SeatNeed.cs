using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace ZoomProvisioning.Plans;

/// <summary>How many seats of a licence a plan needs, and how many it frees, as far as is known of the people.</summary>
/// <param name="License">The licence, as -License takes it.</param>
/// <param name="Needed">How many people get it who had it not.</param>
/// <param name="Freed">How many people give it up: it is taken, or they are deactivated or deleted.</param>
public sealed record SeatNeed(string License, int Needed, int Freed)
{
    /// <summary>For example <c>12 Licensed needed, 5 freed</c>.</summary>
    public override string ToString() => string.Format(
        CultureInfo.CurrentCulture,
        Needed == 0 ? "{2:N0} {0} freed" : Freed == 0 ? "{1:N0} {0} needed" : "{1:N0} {0} needed and {2:N0} freed",
        License,
        Needed,
        Freed);

    /// <summary>The seats of what a plan writes, the most needed first.</summary>
    internal static IReadOnlyList<SeatNeed> Of(IEnumerable<PlannedChange> writing)
    {
        var (needed, freed) = (new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase), new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase));
        foreach (var change in writing)
        {
            if (change.IsRemoval)
            {
                foreach (var license in PaidOf(change.Current))
                {
                    Count(freed, license);
                }

                continue;
            }

            foreach (var attribute in change.Changes)
            {
                var (before, after) = (attribute.SeatOf(attribute.OldValue), attribute.SeatOf(attribute.NewValue));
                if (!string.Equals(before, after, StringComparison.OrdinalIgnoreCase))
                {
                    Count(freed, before);
                    Count(needed, after);
                }
            }
        }

        return needed.Keys.Union(freed.Keys, StringComparer.OrdinalIgnoreCase)
            .Select(l => new SeatNeed(l, needed.TryGetValue(l, out var need) ? need : 0, freed.TryGetValue(l, out var free) ? free : 0))
            .OrderByDescending(s => s.Needed).ThenBy(s => s.License, StringComparer.OrdinalIgnoreCase)
            .ToList();
    }

    /// <summary>What to say of a plan's seats, as a sentence; null when it needs none and frees none.</summary>
    internal static string? Words(SyncPlan plan) => plan.Seats is { Count: > 0 } seats
        ? $"Licences: {string.Join(", ", seats)}.{(seats.Any(s => s.Needed > s.Freed) ? " Zoom does not tell how many are left." : string.Empty)}"
        : null;

    /// <summary>The paid licences of an active user, as far as they were read.</summary>
    internal static IReadOnlyList<string> PaidOf(ScimUser? user) => user is null || user.Active == false ? []
        : ZoomLicenses.Of(user).Where(l => !ZoomUserTypes.IsFree(l) && ZoomLicenses.KindOf(l) != "AddOn").ToList();

    private static void Count(Dictionary<string, int> counts, string? license)
    {
        if (license is not null)
        {
            counts[license] = (counts.TryGetValue(license, out var number) ? number : 0) + 1;
        }
    }
}
