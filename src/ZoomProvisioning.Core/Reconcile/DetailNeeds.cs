using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Reconcile;

/// <summary>
/// Says whose details must be read. A list tells little of a user, but as long as what it tells and Zoom's own time of change
/// are those the ledger knows, the rest has not changed either.
/// </summary>
public static class DetailNeeds
{
    /// <summary>The user as the ledger has seen it, where a list says that nothing has changed since; else as listed.</summary>
    public static ScimUser AsKnown(ScimUser listed, LedgerEntry? entry) =>
        entry is { Seen: { } seen, MustRead: false } && SeenUser.ListsTheSame(listed, seen) ? seen : listed;

    /// <summary>
    /// The Zoom ids to read. The others are put into the account as the ledger has seen them, with all that a list does not tell.
    /// </summary>
    public static IReadOnlyList<string> Decide(IReadOnlyList<Correlation> correlations, AccountSnapshot account)
    {
        var needed = new List<string>();
        foreach (var (user, entry) in correlations.Where(c => c.Situation != CorrelationSituation.Disputed && c.User is { Detail: UserDetail.Listed }).Select(c => (c.User!, c.Entry)))
        {
            if (AsKnown(user, entry) is var known && known != user)
            {
                account.Put(known);
            }
            else
            {
                needed.Add(user.Id!);
            }
        }

        return needed.OrderBy(id => id, System.StringComparer.Ordinal).ToList();
    }
}
