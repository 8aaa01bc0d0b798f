using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Reconcile;

/// <summary>
/// Says whose details must be read. A list tells little of a user, but as long as what it tells and Zoom's own time of change
/// are those the ledger knows, the rest has not changed either.
/// </summary>
public static class DetailNeeds
{
    /// <summary>The user as Zoom showed it last in full, where a list says that nothing has changed since; else as listed.</summary>
    public static ScimUser AsKnown(ScimUser listed, Ledger ledger) =>
        ledger.Seen(listed.Id!).FirstOrDefault(seen => SeenUser.ListsTheSame(listed, seen)) ?? listed;

    /// <summary>
    /// The Zoom ids to read. The others are put into the account as the ledger has seen them, with all that a list does not tell.
    /// </summary>
    public static IReadOnlyList<string> Decide(ProvisioningRule rule, IReadOnlyList<Correlation> correlations, AccountSnapshot account, Ledger ledger)
    {
        var needed = new List<string>();
        foreach (var (user, entry) in correlations
            .Where(c => c.Situation != CorrelationSituation.Disputed && c.User is { Detail: UserDetail.Listed }).Select(c => (c.User!, c.Entry)))
        {
            // Nothing that could be read makes somebody the rule's whom it may not take over.
            if ((entry is not null || rule.AllowAdopt) && !PutKnown(user, account, ledger))
            {
                needed.Add(user.Id!);
            }
        }

        return needed.OrderBy(id => id, System.StringComparer.Ordinal).ToList();
    }

    /// <summary>
    /// The Zoom ids to read of the people who have left, where a list tells that something changed: a role they were given since
    /// protects them, and a list tells no roles.
    /// </summary>
    public static IReadOnlyList<string> OfLeavers(Ledger ledger, IReadOnlyList<Correlation> correlations, AccountSnapshot account)
    {
        var present = new HashSet<string>(correlations.Select(c => c.User?.Id).OfType<string>(), System.StringComparer.Ordinal);
        var needed = new List<string>();
        foreach (var entry in ledger.Entries.Where(e => !present.Contains(e.ZoomId)))
        {
            if (account.Find(entry.ZoomId) is { Detail: UserDetail.Listed, Active: not false } user && !PutKnown(user, account, ledger))
            {
                needed.Add(entry.ZoomId);
            }
        }

        return needed.OrderBy(id => id, System.StringComparer.Ordinal).ToList();
    }

    /// <summary>Puts a listed user into the account as the ledger has seen it, if nothing has changed since.</summary>
    /// <returns>Whether it did; else the user must be read.</returns>
    private static bool PutKnown(ScimUser listed, AccountSnapshot account, Ledger ledger)
    {
        var known = AsKnown(listed, ledger);
        if (known == listed)
        {
            return false;
        }

        account.Put(known);
        return true;
    }
}
