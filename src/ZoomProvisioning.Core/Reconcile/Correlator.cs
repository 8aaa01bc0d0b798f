using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Reconcile;

/// <summary>
/// Finds the Zoom user of each person of the source: by the ledger, then by user name, then by the rule's other keys. What is
/// ambiguous is said to be so, never guessed. Pure, and the order of the input does not matter.
/// </summary>
public sealed class Correlator
{
    private readonly ProvisioningRule _rule;
    private readonly AccountSnapshot _account;
    private readonly Ledger _ledger;
    private readonly KnownPeople _known;

    /// <summary>Makes a correlator.</summary>
    public Correlator(ProvisioningRule rule, AccountSnapshot account, Ledger ledger)
    {
        _rule = rule;
        _account = account;
        _ledger = ledger;
        _known = new KnownPeople(rule, account, ledger);
    }

    /// <summary>The ledger's entry of a person, whether in scope or not; null when it has none.</summary>
    public LedgerEntry? EntryOf(string? userName, string? anchor) => _known.EntryOf(userName, anchor);

    /// <summary>
    /// The Zoom ids of whoever a record may be about that cannot be used: by anchor, however it is written, and by address, in the
    /// ledger and in Zoom, whatever the anchors say. Whoever's own address stands in the source has not left.
    /// </summary>
    public IReadOnlyCollection<string> Candidates(string? userName, string? anchor, string? zoomId)
    {
        var ids = new HashSet<string>(_known.IdsOf(userName), StringComparer.Ordinal);
        ids.UnionWith(_known.Nearly(anchor).Append(_known.ByAnchor(anchor)).OfType<LedgerEntry>().Select(e => e.ZoomId));
        ids.UnionWith(userName is null ? [] : _account.NamedBy(userName).Select(u => u.Id!));
        if (zoomId is not null && (_account.Find(zoomId) is not null || _ledger.Find(zoomId) is not null))
        {
            ids.Add(zoomId);
        }

        return ids;
    }

    /// <summary>Whether people remain without a match who may be found by a key that a list does not tell.</summary>
    public bool NeedsKeysBeyondLists(IEnumerable<Correlation> correlations) =>
        _rule.Match.Any(a => !a.ToldBy.Contains(UserDetail.Listed))
        && correlations.Any(c => c.Situation == CorrelationSituation.Unmatched
            && _rule.Match.Any(a => !a.ToldBy.Contains(UserDetail.Listed) && !ZoomAttribute.IsEmpty(a.Get(c.Desired.Values))));

    /// <summary>Brings the people and the users together, ordered by user name.</summary>
    public IReadOnlyList<Correlation> Correlate(IReadOnlyList<DesiredUser> people)
    {
        var result = new List<Correlation>(people.Count);
        var clean = WithoutDuplicates(people, result);
        var identity = new IdentityFinder(_rule, _account, _ledger, _known, people, clean);
        var found = FindByOtherKeys(clean.Select(identity.Find).ToList()).ConvertAll(identity.NeverTwins);
        result.AddRange(ResolveClaims(found));
        // The names are read once for each, and not for each comparison.
        var keys = result.ConvertAll(c => (c.Desired.Values.UserName, c.Desired.Anchor)).ToArray();
        var sorted = result.ToArray();
        Array.Sort(keys, sorted, ByName.Instance);
        return sorted;
    }

    /// <summary>People the source names more than once are all left alone.</summary>
    private List<DesiredUser> WithoutDuplicates(IReadOnlyList<DesiredUser> people, List<Correlation> disputed)
    {
        var doubled = new Dictionary<DesiredUser, string>();
        var exact = new HashSet<string>(StringComparer.Ordinal);
        Mark(d => d.Values.UserName, new HashSet<string>(StringComparer.OrdinalIgnoreCase), "this user name");
        Mark(d => SourceAnchor.Canonical(d.Anchor), exact, "this anchor");
        Mark(d => d.ZoomId, exact, "this Zoom id");
        Mark(d => d.Values.EmployeeNumber is { Length: > 0 } number ? number : null, exact, "this employee number");

        foreach (var same in doubled.Keys.GroupBy(d => d.Values.UserName ?? d.Label, StringComparer.OrdinalIgnoreCase))
        {
            var person = same.OrderBy(d => d.Values.UserName, StringComparer.Ordinal)
                .ThenBy(d => d.Anchor, StringComparer.Ordinal)
                .ThenBy(Fingerprint, StringComparer.Ordinal)
                .First();
            disputed.Add(new Correlation(person, CorrelationSituation.Disputed, null, null, doubled[person])
            {
                Candidates = same.SelectMany(d => Candidates(d.Values.UserName, d.Anchor, d.ZoomId)).Distinct(StringComparer.Ordinal).ToList(),
            });
        }

        return doubled.Count == 0 ? [.. people] : people.Where(p => !doubled.ContainsKey(p)).ToList();

        void Mark(Func<DesiredUser, string?> key, HashSet<string> seen, string what)
        {
            seen.Clear();
            if (people.All(p => key(p) is not { } k || seen.Add(k)))
            {
                // So it is nearly always, and grouping a hundred thousand people takes its time.
                return;
            }

            foreach (var group in people.Where(p => key(p) is not null).GroupBy(p => key(p)!, seen.Comparer))
            {
                var number = group.Count();
                if (number == 1)
                {
                    continue;
                }

                // Written in two ways, the same key must not read differently when the records come in another order.
                var shown = group.Select(key).OrderBy(k => k, StringComparer.Ordinal).First();
                foreach (var person in group.Where(p => !doubled.ContainsKey(p)))
                {
                    doubled.Add(person, $"{number} records of the source have {what} ('{shown}'); none of them was used");
                }
            }
        }
    }

    // Which of several records of one name stands for them must not depend on their order.
    private static string Fingerprint(DesiredUser person) =>
        string.Join("\n", ZoomAttributes.ChangedOn(person.Values)
            .Select(a => $"{a.Name}={ZoomAttribute.Display(a.Get(person.Values))}")
            .Concat(person.Groups)
            .Append(person.ZoomId)
            .Append(person.Label));

    private List<Correlation> FindByOtherKeys(List<Correlation> found)
    {
        var keys = _rule.Match.Where(a => !a.IsAddress).ToList();
        if (keys.Count == 0 || found.All(c => c.Situation != CorrelationSituation.Unmatched))
        {
            return found;
        }

        var taken = new HashSet<string>(found.Select(c => c.User?.Id).OfType<string>(), StringComparer.Ordinal);
        var free = _account.Users.Where(u => !taken.Contains(u.Id!)).ToList();
        foreach (var key in keys)
        {
            var index = free
                .Where(u => !taken.Contains(u.Id!) && !IsHidden(key, u) && !ZoomAttribute.IsEmpty(key.Get(u)))
                .GroupBy(u => ZoomAttribute.Display(key.Get(u)), StringComparer.OrdinalIgnoreCase)
                .ToDictionary(g => g.Key, g => g.OrderBy(u => u.Id, StringComparer.Ordinal).ToList(), StringComparer.OrdinalIgnoreCase);
            found = found.ConvertAll(c => c.Situation == CorrelationSituation.Unmatched && !ZoomAttribute.IsEmpty(key.Get(c.Desired.Values))
                && index.TryGetValue(ZoomAttribute.Display(key.Get(c.Desired.Values)), out var candidates)
                    ? candidates.Count == 1
                        ? IdentityFinder.Matched(c.Desired, candidates[0], _ledger, $"by {key.Name}")
                        : c with
                        {
                            Situation = CorrelationSituation.Disputed,
                            Reason = $"{candidates.Count} Zoom users have this {key.Name}: {string.Join(", ", candidates.Take(3))}",
                            Candidates = candidates.ConvertAll(u => u.Id!),
                        }
                    : c);
            taken.UnionWith(found.Select(c => c.User?.Id).OfType<string>());
        }

        return found;
    }

    // The ledger's word, which stands for an entry of the list, tells more keys than the list would.
    private bool IsHidden(ZoomAttribute key, ScimUser user) =>
        !_account.HasKeysBeyondLists && !key.ToldBy.Contains(UserDetail.Listed) && _ledger.Seen(user.Id!).Contains(user)
        && !_account.Unread.ContainsKey(user.Id!);

    /// <summary>One Zoom user is one person. The ledger's word on an anchor counts most; between equals nobody decides.</summary>
    private static IEnumerable<Correlation> ResolveClaims(List<Correlation> found) =>
        // So it is nearly always.
        TextSet.Of(found.Select(c => c.User?.Id), found.Count, StringComparer.Ordinal).Count == found.Count(c => c.User?.Id is not null)
            ? found
            : ResolveContested(found);

    private static IEnumerable<Correlation> ResolveContested(List<Correlation> found)
    {
        var claimed = new HashSet<string>(StringComparer.Ordinal);
        var contested = new HashSet<string>(found.Select(c => c.User?.Id).OfType<string>().Where(id => !claimed.Add(id)), StringComparer.Ordinal);
        var claims = found.Where(c => c.User is not null && contested.Contains(c.User.Id!))
            .GroupBy(c => c.User!.Id!, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);
        foreach (var correlation in found)
        {
            if (correlation.User is { } user && claims.TryGetValue(user.Id!, out var rivals))
            {
                var owner = rivals.SingleOrDefaultOwner();
                if (owner is null)
                {
                    yield return correlation with
                    {
                        Situation = CorrelationSituation.Disputed,
                        Reason = $"{rivals.Count} records of the source are about the Zoom user '{user}'; none of them was used",
                    };
                    continue;
                }

                if (correlation != owner)
                {
                    yield return correlation with
                    {
                        Situation = CorrelationSituation.Disputed,
                        User = null,
                        Reason = $"the address is still that of another person of the source ('{owner.Desired.Values.UserName}'), "
                            + "who is about to give it up; it is free in the next run",
                    };
                    continue;
                }
            }

            yield return correlation;
        }
    }

    /// <summary>By user name without regard to case; between equals by its letters, and by the anchor.</summary>
    private sealed class ByName : IComparer<(string? UserName, string? Anchor)>
    {
        public static readonly ByName Instance = new();

        public int Compare((string? UserName, string? Anchor) left, (string? UserName, string? Anchor) right)
        {
            var order = StringComparer.OrdinalIgnoreCase.Compare(left.UserName, right.UserName);
            order = order != 0 ? order : StringComparer.Ordinal.Compare(left.UserName, right.UserName);
            return order != 0 ? order : StringComparer.Ordinal.Compare(left.Anchor, right.Anchor);
        }
    }
}

/// <summary>Who of several claimants of a Zoom user has the better right.</summary>
internal static class Claims
{
    /// <summary>The one whom the ledger knows by the anchor; null when there is none, or more than one.</summary>
    public static Correlation? SingleOrDefaultOwner(this IReadOnlyList<Correlation> rivals)
    {
        var owners = rivals.Where(r => r.Situation == CorrelationSituation.Linked && r.Entry?.Anchor is { } anchor
            && SourceAnchor.Canonical(anchor) == SourceAnchor.Canonical(r.Desired.Anchor)).ToList();
        return owners.Count == 1 ? owners[0] : null;
    }
}
