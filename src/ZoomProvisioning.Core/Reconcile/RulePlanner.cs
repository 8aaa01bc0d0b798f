using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Reconcile;

/// <summary>
/// Makes the plan: what <see cref="PersonPlanner"/> decides about each person of the source and <see cref="LeaverPlanner"/> about
/// each who left it. Pure: the same input gives the same plan, whatever its order, and nothing is sent.
/// </summary>
public sealed class RulePlanner
{
    private readonly PlanInput _input;
    private readonly ProvisioningRule _rule;
    private readonly Ownership _ownership;
    private readonly IReadOnlyList<Correlation> _people;

    private RulePlanner(PlanInput input)
    {
        _input = input;
        _rule = input.Rule;
        _ownership = new Ownership(_rule.Name, input.Ledger, input.OtherRules);
        _people = input.Only is { } only ? input.Correlations.Where(only.Includes).ToList() : input.Correlations;
    }

    /// <summary>Makes the plan.</summary>
    public static SyncPlan Plan(PlanInput input) => new RulePlanner(input).Plan();

    private SyncPlan Plan()
    {
        var active = new ActiveAddresses(_input.Source, _input.Account);
        var planner = new PersonPlanner(_input, _ownership, active, _people);
        var changes = AddressOrder.Check(_people.Select(planner.Plan).ToList(), _input.Account).ToList();
        changes.AddRange(_input.Source.Problems.Where(p => _input.Only?.Includes(p) != false).Select(PlanProblem));
        var leavers = new LeaverPlanner(_input, active).Plan();
        changes.AddRange(leavers.Changes);
        if (!_input.RemovesRule && _input.Only is null)
        {
            OnePerson.Hold(changes, _input.Ledger);
        }

        LeaveAlone(changes);
        Heirs.Check(changes);
        if (!IsSorted(changes))
        {
            changes.Sort(Compare);
        }

        var duplicates = _people.Count(c => c.Situation == CorrelationSituation.Disputed);
        var (guarded, findings) = PlanGuard.Check(_input, changes, duplicates, leavers.Uncertain);
        var plan = new SyncPlan(guarded)
        {
            Account = _input.Ledger.Account,
            Rule = _rule.Name,
            RuleFingerprint = _rule.Fingerprint,
            CreatedAt = _input.Now,
            ExpiresAt = _input.Now + _rule.PlanMaxAge,
            RuleFile = _rule.Path,
            SourceCount = _input.Source.InScopeCount,
            OutOfScopeCount = _input.Source.OutOfScope.Count,
            OutOfScope = [.. _input.Source.OutOfScope.Select(p => p.Values.UserName ?? p.Label).OrderBy(n => n, StringComparer.OrdinalIgnoreCase)
                .Take(FirstNames.Shown)],
            ManagedCount = _input.Ledger.ManagedCount,
            Guard = [.. findings, .. _ownership.Findings(guarded)],
            Gone = [.. leavers.Gone.Select(e => e.Identity)],
            Released = [.. leavers.Released.Select(e => e.Identity)],
            Missed = leavers.Missed,
            Present = [.. _input.Correlations.Where(c => c.Entry is { MissingRuns: > 0 }).Select(c => c.Entry!.ZoomId)],
        };
        return plan;
    }

    /// <summary>Whom the rule names as an exception is left as found, as long as something would be done.</summary>
    private void LeaveAlone(List<PlannedChange> changes)
    {
        if (_rule.Exceptions.Count == 0 || _input.RemovesRule)
        {
            return;
        }

        var exceptions = ExceptedUsers.Holding(_rule.Exceptions, _input.Now);
        var past = ExceptedUsers.Past(_rule.Exceptions, _input.Now);
        for (var i = 0; i < changes.Count; i++)
        {
            var change = changes[i];
            if (change.Action == PlanAction.NoOp)
            {
                continue;
            }

            string?[] keys = [change.UserName, change.Current?.UserName, change.Desired?.Values.UserName, change.ZoomId, change.Anchor];
            changes[i] = exceptions.For(keys) is { } exception ? change.LeftAlone(exception.Words)
                : past.For(keys) is { } ended ? change with { Remarks = [.. change.Remarks, ended.PastWords] }
                : change;
        }
    }

    // The people come sorted, so without leavers and renames there is nothing to sort.
    private static bool IsSorted(List<PlannedChange> changes)
    {
        for (var i = 1; i < changes.Count; i++)
        {
            if (Compare(changes[i - 1], changes[i]) > 0)
            {
                return false;
            }
        }

        return true;
    }

    private static int Compare(PlannedChange left, PlannedChange right)
    {
        var order = StringComparer.OrdinalIgnoreCase.Compare(left.UserName, right.UserName);
        order = order != 0 ? order : StringComparer.Ordinal.Compare(left.UserName, right.UserName);
        order = order != 0 ? order : StringComparer.Ordinal.Compare(left.ZoomId, right.ZoomId);
        return order != 0 ? order : StringComparer.Ordinal.Compare(left.Reason, right.Reason);
    }

    private static PlannedChange PlanProblem(SourceProblem problem) => new(PlanAction.Blocked, problem.UserName ?? problem.Label, problem.Error.Message)
    {
        Problem = problem.Error,
        Anchor = problem.Anchor,
        Desired = new DesiredUser(new ScimUser()) { Label = problem.Label, Source = problem.Source },
    };
}
