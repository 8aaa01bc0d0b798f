using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.State;

/// <summary>
/// Recognises a ledger that is older than Zoom, as after a backup was put back: Zoom has what only this rule would have done, and
/// did it after everything the journal tells of. A hand that changes Zoom hardly ever makes of somebody just what the source says;
/// where it does, day by day, nobody is to be asked day by day: a doubt is raised once a week.
/// </summary>
public static class StateAge
{
    private const int NamesShown = 5;

    private static readonly TimeSpan Quiet = TimeSpan.FromDays(7);

    /// <summary>Why the ledger is taken to be older than Zoom, as a sentence; null when nothing speaks for it.</summary>
    /// <param name="ledger">The ledger, with the journal folded in.</param>
    /// <param name="matched">The people of the source who are in Zoom: what is wanted, and the user as Zoom has it.</param>
    /// <param name="lastEntryAt">When the journal's last entry was written, before what is written now.</param>
    /// <param name="now">The time.</param>
    public static string? Doubt(
        Ledger ledger, IEnumerable<(ScimUser Wanted, ScimUser User)> matched, DateTimeOffset? lastEntryAt, DateTimeOffset now)
    {
        // In a new folder everybody is older than the first line; a first run adopts whom it finds.
        if ((lastEntryAt ?? ledger.LastRunAt) is not { } lastEntry || ledger.Entries.Count == 0 || now - ledger.StateDoubtedAt < Quiet)
        {
            return null;
        }

        // Zoom's times have no fractions of a second.
        var last = lastEntry.AddTicks(-(lastEntry.Ticks % TimeSpan.TicksPerSecond));
        var suspects = matched.Where(m => m.User.Id is not null && IsUnexplained(ledger.Find(m.User.Id), last, m.Wanted, m.User))
            .Select(m => m.User.UserName ?? m.User.Id!).OrderBy(n => n, StringComparer.OrdinalIgnoreCase).ToList();
        if (suspects.Count == 0)
        {
            return null;
        }

        var names = string.Join(", ", suspects.Take(NamesShown)) + (suspects.Count > NamesShown ? ", …" : string.Empty);
        return string.Format(
            CultureInfo.CurrentCulture,
            "The ledger seems to be older than Zoom: {0:N0} {1} ({2}) {3} made or changed to just what the source says after the journal's "
            + "last entry ({4:u}), by no run it knows of. If the state was restored from a backup, people who left since are not known to it.",
            suspects.Count,
            suspects.Count == 1 ? "person" : "people",
            names,
            suspects.Count == 1 ? "was" : "were",
            lastEntry.UtcDateTime);
    }

    private static bool IsUnexplained(LedgerEntry? entry, DateTimeOffset last, ScimUser wanted, ScimUser user)
    {
        if (entry is null)
        {
            return user.Created > last && IsAsWanted(wanted, user);
        }

        return user.LastModified > last && entry.Seen is { } seen && !entry.MustRead && IsAsWanted(wanted, user) && !IsAsWanted(wanted, seen);
    }

    private static bool IsAsWanted(ScimUser wanted, ScimUser user) => UserDiff.Compute(user, wanted, sendUntold: false).Count == 0;
}
