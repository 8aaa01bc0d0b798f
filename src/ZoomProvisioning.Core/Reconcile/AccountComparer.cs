using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Reconcile;

/// <summary>Holds a source against an account. Pure: who must be read in full was read before.</summary>
internal static class AccountComparer
{
    private const string NotToldToBeOff = "deactivated in Zoom, and the source does not say so";

    /// <summary>What is known without a ledger.</summary>
    public static Ledger Nothing => new(string.Empty, string.Empty);

    /// <summary>The Zoom ids of whoever a list does not tell enough of. Where the source has nothing that a list does not tell, nobody need be read.</summary>
    public static IReadOnlyList<string> ToRead(IReadOnlyList<Correlation> correlations, AccountSnapshot account) => correlations
        .Where(c => c.Situation != CorrelationSituation.Disputed && c.User?.Id is not null)
        .Select(c => (c.Desired, User: account.Find(c.User!.Id!) ?? c.User))
        .Where(pair => pair.User.Detail == UserDetail.Listed && ZoomAttributes.ChangedOn(pair.Desired.Values).Any(a => !a.IsToldBy(pair.User)))
        .Select(pair => pair.User.Id!)
        .OrderBy(id => id, StringComparer.Ordinal)
        .ToList();

    /// <summary>Compares everybody, what needs a look most first, then by address.</summary>
    public static IReadOnlyList<UserComparison> Compare(
        ProvisioningRule rule, SourceSnapshot source, AccountSnapshot account, IReadOnlyList<Correlation> correlations)
    {
        var correlator = new Correlator(rule, account, Nothing);
        var met = new HashSet<string>(StringComparer.Ordinal);
        var found = new List<UserComparison>();
        foreach (var correlation in correlations)
        {
            met.UnionWith(correlation.Candidates);
            if (correlation.User?.Id is { } id)
            {
                met.Add(id);
            }

            found.Add(Compare(rule, correlation, account));
        }

        foreach (var problem in source.Problems)
        {
            met.UnionWith(correlator.Candidates(problem.UserName, problem.Anchor, problem.ZoomId));
            found.Add(new UserComparison
            {
                Difference = UserDifference.Unreadable,
                UserName = problem.UserName ?? problem.Label,
                Details = problem.Error.Message,
                Source = problem.Source,
            });
        }

        // Whom the scope leaves out is in the source all the same.
        foreach (var other in source.OutOfScope)
        {
            met.UnionWith(correlator.Candidates(other.Values.UserName, other.Anchor, other.ZoomId));
        }

        found.AddRange(account.Users.Where(u => u.Active != false && !met.Contains(u.Id!)).Select(Orphan));
        return found.OrderBy(c => c.Difference).ThenBy(c => c.UserName, StringComparer.OrdinalIgnoreCase).ToList();
    }

    private static UserComparison Orphan(ScimUser user) => new()
    {
        Difference = UserDifference.Orphan,
        UserName = user.UserName ?? user.Id!,
        Details = "not in the source",
        ZoomId = user.Id,
        User = user,
    };

    private static UserComparison Compare(ProvisioningRule rule, Correlation correlation, AccountSnapshot account)
    {
        var desired = correlation.Desired;
        var user = correlation.User?.Id is { } id ? account.Find(id) ?? correlation.User : null;
        var result = new UserComparison
        {
            UserName = desired.Values.UserName ?? desired.Label,
            Source = desired.Source,
            Desired = desired,
            ZoomId = user?.Id,
            User = user,
        };
        if (correlation.Situation == CorrelationSituation.Disputed)
        {
            return result with { Difference = UserDifference.Duplicate, Details = correlation.Reason };
        }

        if (user is null)
        {
            return desired.Values.Active == false
                ? result with { Difference = UserDifference.Equal, Details = "not active in the source, and not in Zoom" }
                : result with { Difference = UserDifference.Missing, Details = "not in Zoom" };
        }

        if (account.Unread.TryGetValue(user.Id!, out var error))
        {
            return result with { Difference = UserDifference.Unreadable, Details = error.Message };
        }

        // Where the source does not tell who is active, whoever is in it is. That is said, and is nothing to be set by itself: it opens a door.
        var isOff = user.Active == false && desired.Values.Active is null;
        var changes = Differences(rule, user, desired.Values);
        return result with
        {
            Difference = isOff ? UserDifference.DisabledDifferently
                : changes.Count == 0 ? UserDifference.Equal
                : changes[0].Attribute == ZoomAttributes.Active ? UserDifference.DisabledDifferently
                : UserDifference.Different,
            Changes = new ComparedAttributes(changes),
            Details = !isOff ? UserComparison.Describe(changes)
                : changes.Count == 0 ? NotToldToBeOff
                : $"{NotToldToBeOff}; {UserComparison.Describe(changes)}",
        };
    }

    /// <summary>The attributes that differ, the state first. What Zoom does not tell cannot differ, nor what only follows from another.</summary>
    private static List<AttributeChange> Differences(ProvisioningRule rule, ScimUser user, ScimUser desired)
    {
        var changes = new List<AttributeChange>();
        if (desired.Active is { } active && user.Active is { } present && active != present)
        {
            changes.Add(new AttributeChange(ZoomAttributes.Active, present, active, oldIsKnown: true));
        }

        // Zoom takes the licences of whoever is deactivated, and gives none to such a user.
        var isOff = desired.Active == false && user.Active == false;
        changes.AddRange(UserDiff.Compute(user, desired, sendUntold: false).Where(c =>
            !(isOff && (c.Attribute == ZoomAttributes.UserType || c.Attribute.IsExtension))
            && rule.AppliesOnUpdate(c.Attribute)
            && !rule.IsWriteOnly(c.Attribute)
            && ZoomAttribute.Display(c.OldValue) != ZoomAttribute.Display(c.NewValue)));
        return changes;
    }
}
