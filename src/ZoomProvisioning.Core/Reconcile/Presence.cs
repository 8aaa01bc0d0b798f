using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Reconcile;

/// <summary>
/// Who of a rule's people is in the source, or may be: none of them has left it. Whoever's own address stands in the source,
/// active, is present, whatever became of the anchor.
/// </summary>
internal sealed class Presence
{
    private readonly HashSet<string> _present;
    private readonly HashSet<string> _outOfScope;

    private Presence(HashSet<string> present, HashSet<string> outOfScope, List<SourceProblem> unknown)
    {
        _present = present;
        _outOfScope = outOfScope;
        Unknown = unknown;
    }

    /// <summary>The records that cannot be used and are about nobody known, as far as one can tell.</summary>
    public List<SourceProblem> Unknown { get; }

    /// <summary>Finds out.</summary>
    public static Presence Of(PlanInput input, ActiveAddresses active)
    {
        var present = TextSet.Of(input.Correlations.Select(c => c.User?.Id ?? c.Entry?.ZoomId), input.Correlations.Count, StringComparer.Ordinal);
        foreach (var disputed in input.Correlations.Where(c => c.Candidates.Count > 0))
        {
            present.UnionWith(disputed.Candidates);
        }

        present.UnionWith(input.Ledger.Entries.Where(e => active.Include(input.Account.Find(e.ZoomId)?.UserName, e)).Select(e => e.ZoomId));

        var unknown = new List<SourceProblem>();
        if (input.Source.Problems.Count > 0)
        {
            var correlator = new Correlator(input.Rule, input.Account, input.Ledger);
            foreach (var problem in input.Source.Problems)
            {
                var candidates = correlator.Candidates(problem.UserName, problem.Anchor, problem.ZoomId);
                present.UnionWith(candidates);
                if (candidates.Count == 0)
                {
                    unknown.Add(problem);
                }
            }
        }

        var outOfScope = new HashSet<string>(StringComparer.Ordinal);
        if (input.Source.OutOfScope.Count > 0)
        {
            var known = new KnownPeople(input.Rule, input.Account, input.Ledger);
            var entries = input.Source.OutOfScope.Select(d => known.EntryOf(d.Values.UserName, d.Anchor) ?? known.ByName(d.Values.UserName));
            outOfScope.UnionWith(entries.OfType<LedgerEntry>().Select(e => e.ZoomId));
        }

        return new Presence(present, outOfScope, unknown);
    }

    /// <summary>Whether a user is present, or may be.</summary>
    public bool Includes(string zoomId) => _present.Contains(zoomId);

    /// <summary>Whether a user is in the source, but not in the rule's scope.</summary>
    public bool IsOutOfScope(string zoomId) => _outOfScope.Contains(zoomId);
}
