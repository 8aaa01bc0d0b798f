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

    // Fewer people than these are as wanted by chance, or were made by the same hand that wrote the list.
    private const int FewestLost = 10;
    private const double ShareLost = 0.9;

    // What everybody has who was made by whomever: only more than that is a rule's handwriting.
    private static readonly ZoomAttribute[] Common =
    [
        ZoomAttributes.UserName, ZoomAttributes.Email, ZoomAttributes.GivenName, ZoomAttributes.FamilyName, ZoomAttributes.DisplayName,
        ZoomAttributes.UserType, ZoomAttributes.Active,
    ];

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
        if ((lastEntryAt ?? ledger.LastRunAt) is not { } lastEntry || ledger.Entries.Count == 0 || IsQuiet(ledger, now))
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

    /// <summary>
    /// Why a rule that knows nobody is taken to have lost what it knew, as a sentence; null when nothing speaks for it. An account
    /// that others have filled shows it in some detail of most people; one in which nearly everybody is in every detail as this
    /// rule would have made them was filled by it, or by its like.
    /// </summary>
    /// <param name="ledger">The ledger, with the journal folded in.</param>
    /// <param name="matched">The people of the source who are in Zoom: what is wanted, and the user as Zoom has it.</param>
    /// <param name="now">The time.</param>
    public static string? Lost(Ledger ledger, IEnumerable<(ScimUser Wanted, ScimUser User)> matched, DateTimeOffset now)
    {
        if (ledger.Entries.Count > 0 || IsQuiet(ledger, now))
        {
            return null;
        }

        var (all, alike) = (0, 0);
        foreach (var (wanted, user) in matched)
        {
            all++;
            alike += HasHandwriting(wanted) && IsAsWanted(wanted, user) ? 1 : 0;
        }

        return alike < FewestLost || alike < all * ShareLost ? null : string.Format(
            CultureInfo.CurrentCulture,
            "The rule knows nobody yet, but {0:N0} of {1:N0} people it would take over are in Zoom in every detail as it would have made "
            + "them, so it seems to have run before and to have lost its state folder (moved, deleted, not kept by a container?). If so, put "
            + "the folder back: without it the rule knows nobody who left since its last run. If this is its first run, let it go on.",
            alike,
            all);
    }

    // A doubt that is yet to come was raised by a clock that was ahead.
    private static bool IsQuiet(Ledger ledger, DateTimeOffset now) => ledger.StateDoubtedAt is { } doubted && doubted <= now && now - doubted < Quiet;

    private static bool HasHandwriting(ScimUser wanted) => ZoomAttributes.ChangedOn(wanted)
        .Any(a => !Common.Contains(a) && a.ToldBy.Contains(UserDetail.Read) && !ZoomAttribute.IsEmpty(a.Get(wanted)));

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
