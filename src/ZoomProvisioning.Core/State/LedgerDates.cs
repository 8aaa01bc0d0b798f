using System;

namespace ZoomProvisioning.State;

/// <summary>
/// Keeps the dates by which a ledger counts days in step with a clock that is set back, and right again: whoever waits for something
/// waits perhaps longer for it, never shorter, and never for a year because the clock had been a year ahead.
/// </summary>
internal static class LedgerDates
{
    // Entries written at the same moment may come in either order, and a clock is kept right in small steps.
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(5);

    /// <summary>By how much a clock was set back since the last entry; nothing when it was not.</summary>
    public static TimeSpan SetBack(DateTimeOffset? lastEntry, DateTimeOffset now) =>
        lastEntry is { } last && last - now > Step ? last - now : TimeSpan.Zero;

    /// <summary>Goes on to when the next entry is written, before it is folded in, or to when a plan is made that counts days.</summary>
    public static void Follow(Ledger ledger, DateTimeOffset at)
    {
        if (SetBack(ledger.LastEntryAt, at) is { Ticks: > 0 } by)
        {
            (ledger.SetBackFrom, ledger.SetBackBy) = (ledger.SetBackFrom ?? ledger.LastEntryAt, ledger.SetBackBy + by);
            Move(ledger, TimeSpan.Zero, at);
        }
        else if (at >= ledger.SetBackFrom)
        {
            // What was dated meanwhile is dated as if the clock had not been set back.
            Move(ledger, ledger.SetBackBy, at);
            (ledger.SetBackFrom, ledger.SetBackBy) = (null, TimeSpan.Zero);
        }

        ledger.LastEntryAt = at;
    }

    /// <summary>Moves the dates; none is yet to come then.</summary>
    private static void Move(Ledger ledger, TimeSpan by, DateTimeOffset now)
    {
        foreach (var person in ledger.Entries)
        {
            (person.MissingSince, person.RemovedAt) = (Moved(person.MissingSince), Moved(person.RemovedAt));
        }

        ledger.StateDoubtedAt = Moved(ledger.StateDoubtedAt);

        DateTimeOffset? Moved(DateTimeOffset? date) => date + by < now ? date + by : date is null ? null : now;
    }
}
