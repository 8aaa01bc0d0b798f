using System;
using System.Collections.Generic;

namespace ZoomProvisioning.State;

/// <summary>
/// Whom a plan has read in full and no ledger knows, kept in the rule's folder so that the run after it need not read them again.
/// Each is used only while a list says that nothing has changed since (see <see cref="SeenUser.ListsTheSame"/>), for a day at the
/// most, and until a run has taken them into its ledger.
/// </summary>
/// <param name="Account">The account (see <see cref="AccountKey"/>).</param>
/// <param name="ReadAt">When the first of them was read (UTC).</param>
/// <param name="Users">The users, as reads showed them.</param>
public sealed record AccountReads(string Account, DateTimeOffset ReadAt, IReadOnlyList<ScimUser> Users)
{
    /// <summary>How many people are kept at the most. More than that an account reads in ten minutes, and a file of them is over 20 MB.</summary>
    public const int Most = 20_000;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    /// <summary>Whether they can still be used. A clock that was put back makes nobody younger.</summary>
    /// <param name="account">The account that is asked about.</param>
    /// <param name="now">The time (UTC).</param>
    public bool CountsFor(string account, DateTimeOffset now) => Account == account && now >= ReadAt && now - ReadAt <= Lifetime;
}
