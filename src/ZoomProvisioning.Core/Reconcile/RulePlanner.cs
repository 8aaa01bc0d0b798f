using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Reconcile;

/// <summary>What a plan is made of.</summary>
public sealed class PlanInput
{
    /// <summary>The rule.</summary>
    public required ProvisioningRule Rule { get; init; }

    /// <summary>The source.</summary>
    public required SourceSnapshot Source { get; init; }

    /// <summary>The account, with those users read in full of whom <see cref="DetailNeeds"/> says so.</summary>
    public required AccountSnapshot Account { get; init; }

    /// <summary>The ledger.</summary>
    public required Ledger Ledger { get; init; }

    /// <summary>Who is whom.</summary>
    public required IReadOnlyList<Correlation> Correlations { get; init; }

    /// <summary>The other rules that manage people who would be taken over or removed.</summary>
    public OtherRules OtherRules { get; init; } = OtherRules.None;

    /// <summary>What the connection allows.</summary>
    public required ZoomScimConnection Connection { get; init; }

    /// <summary>How many removals an admin has approved; null for none.</summary>
    public int? Approved { get; init; }

    /// <summary>Whether the rule itself is being removed, with an empty source on purpose.</summary>
    public bool RemovesRule { get; init; }

    /// <summary>When the plan is made.</summary>
    public DateTimeOffset Now { get; init; }
}

/// <summary>
/// Decides for each person of the source and each person who left it. Pure: the same input gives the same plan, whatever its
/// order, and nothing is sent.
/// </summary>
public sealed class RulePlanner
{
    private readonly PlanInput _input;
    private readonly ProvisioningRule _rule;
    private readonly ManagerNames _managers;
    private readonly GroupPlanner _groups;

    private RulePlanner(PlanInput input)
    {
        _input = input;
        _rule = input.Rule;
        _groups = new GroupPlanner(input.Rule, input.Account);
        _managers = new ManagerNames(input.Account, input.Correlations.Where(GetsName));
    }

    /// <summary>Makes the plan.</summary>
    public static SyncPlan Plan(PlanInput input) => new RulePlanner(input).Plan();

    private SyncPlan Plan()
    {
        var changes = AddressOrder.Check(_input.Correlations.Select(PlanPerson).ToList(), _input.Account).ToList();
        changes.AddRange(_input.Source.Problems.Select(PlanProblem));
        var (leavers, gone, released, uncertain) = PlanLeavers();
        changes.AddRange(leavers);
        if (!IsSorted(changes))
        {
            changes.Sort(Compare);
        }

        var duplicates = _input.Correlations.Count(c => c.Situation == CorrelationSituation.Disputed);
        var (guarded, findings) = PlanGuard.Check(_input, changes, duplicates, uncertain);
        var plan = new SyncPlan(guarded)
        {
            Account = _input.Ledger.Account,
            Rule = _rule.Name,
            RuleFingerprint = _rule.Fingerprint,
            CreatedAt = _input.Now,
            SourceCount = _input.Source.InScopeCount,
            OutOfScopeCount = _input.Source.OutOfScope.Count,
            ManagedCount = _input.Ledger.ManagedCount,
            Guard = findings,
            Gone = [.. gone.Select(e => e.Identity)],
            Released = [.. released.Select(e => e.Identity)],
        };
        return plan;
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

    private PlannedChange PlanPerson(Correlation correlation)
    {
        var desired = correlation.Desired;
        if (correlation.Situation == CorrelationSituation.Disputed)
        {
            return new PlannedChange(PlanAction.Blocked, desired.Values.UserName ?? desired.Label, correlation.Reason)
            {
                Anchor = desired.Anchor,
                Current = correlation.User,
                Desired = desired,
            };
        }

        if (correlation.User is not { Id: { } id } listed)
        {
            return PlanCreate(correlation);
        }

        return _input.Account.Unread.TryGetValue(id, out var error)
            ? new PlannedChange(PlanAction.Blocked, listed.UserName ?? desired.Label, $"could not be read: {error.Message}") { Anchor = desired.Anchor, Current = listed, Desired = desired, Problem = error }
            : PlanExisting(correlation, _input.Account.Find(id) ?? listed);
    }

    private PlannedChange PlanCreate(Correlation correlation)
    {
        var desired = correlation.Desired;
        var userName = desired.Values.UserName ?? desired.Label;
        var remarks = new List<string>();
        PlannedChange Make(PlanAction action, string reason, IReadOnlyList<AttributeChange>? changes = null, IReadOnlyList<GroupChange>? groups = null) => new(action, userName, reason)
        {
            Anchor = desired.Anchor,
            Desired = desired,
            Changes = changes ?? [],
            GroupChanges = groups ?? [],
            Remarks = remarks.Count == 0 ? [] : remarks,
            Unmet = remarks.Count == 0 ? [] : remarks,
        };

        if (desired.Values.Active == false)
        {
            return Make(PlanAction.NoOp, "not in Zoom and not active in the source, so there is nobody to create");
        }

        if (_rule.Protected.ReasonFor(userName, null) is { } reason)
        {
            return Make(PlanAction.Protected, $"not in Zoom, but {reason}");
        }

        if (Refusal(Capability.Create, _rule.AllowCreate, "create") is { } refusal)
        {
            return Make(PlanAction.Blocked, refusal);
        }

        var changes = WithKnownManager(UserDiff.ForCreate(desired.Values).Where(c => c.Attribute == ZoomAttributes.UserName || _rule.AppliesOnCreate(c.Attribute)).ToList(), userName, remarks);
        return Make(PlanAction.Create, correlation.Reason, changes, _groups.For(desired, null, remarks));
    }

    private PlannedChange PlanExisting(Correlation correlation, ScimUser user)
    {
        var (desired, entry) = (correlation.Desired, correlation.Entry);
        var adopts = entry is null;
        var wantsActive = WantsActive(desired, entry);
        var remarks = new List<string>();
        if (entry?.Anchor is { } oldAnchor && desired.Anchor is { } newAnchor && oldAnchor != newAnchor)
        {
            remarks.Add($"The ledger knew this user as '{oldAnchor}' of the source; from now on as '{newAnchor}'.");
        }

        if (adopts && _input.OtherRules.Managing(user.Id!) is { } other)
        {
            remarks.Add($"The rule '{other}' manages this user too. It lets go of the user when the user leaves its source; until then both set attributes.");
        }

        // What is remarked from here on is a wish that stays undone.
        var told = remarks.Count;
        PlannedChange Make(PlanAction action, string reason, IReadOnlyList<AttributeChange>? of = null, IReadOnlyList<GroupChange>? groups = null) => new(action, user.UserName ?? desired.Label, reason)
        {
            Unmet = remarks.Count == told || wantsActive == false ? [] : remarks.GetRange(told, remarks.Count - told),
            Anchor = desired.Anchor,
            Current = user,
            Desired = desired,
            Adopts = adopts && action is not (PlanAction.NoOp or PlanAction.Blocked or PlanAction.Protected),
            ActiveCause = ActiveCause(action, entry),
            Changes = of ?? [],
            GroupChanges = groups ?? [],
            Remarks = remarks.Count == 0 ? [] : remarks,
        };

        var isActive = user.Active ?? true;
        var changes = WithKnownManager(LedgerDiff.Compute(_rule, desired.Values, user, entry, remarks), user.UserName, remarks);
        if (entry is not null && _rule.AllowUpdate && wantsActive != false && (isActive || wantsActive == true))
        {
            // Also in the run after the reactivation, when that one was killed, or no seat was left.
            changes = HeldLicenses.Restore(entry, desired.Values, user, changes);
        }

        var groupChanges = wantsActive == false || (!isActive && wantsActive != true) ? [] : _groups.For(desired, entry, remarks);

        var needsReactivation = !isActive && wantsActive == true;
        var needsDisable = isActive && wantsActive == false;
        var nothing = changes.Count == 0 && groupChanges.Count == 0 && !needsReactivation && !needsDisable;
        if (_rule.Protected.ReasonFor(desired.Values.UserName, user) is { } protection)
        {
            return nothing && !adopts ? Make(PlanAction.NoOp, "nothing to change") : Make(PlanAction.Protected, protection);
        }

        if (adopts && !_rule.AllowAdopt)
        {
            return Make(PlanAction.Blocked, "in Zoom already and not under this rule, which may not adopt anybody (capabilities.adopt)");
        }

        if (!isActive && wantsActive != true)
        {
            var left = changes.Count == 0 ? string.Empty : $"; Zoom does not change deactivated users, so {AttributeChange.Names(changes)} stays different";
            var state = wantsActive == false ? "deactivated already, as wanted" : "deactivated in Zoom, and the source does not say whether it is to be active";
            return adopts ? Make(PlanAction.Adopt, $"{correlation.Reason}; {state}{left}") : Make(PlanAction.NoOp, state + left);
        }

        if (needsDisable)
        {
            return Refusal(Capability.Disable, _rule.AllowDisable, "disable") is { } no
                ? Make(PlanAction.Blocked, no)
                // What an update may not do must not keep a leaver signed in.
                : Make(PlanAction.Disable, "active in Zoom, but not active in the source", MayUpdate ? changes : []);
        }

        if (needsReactivation)
        {
            var reason = entry?.IsRemoved == true ? "back in the source after it had left" : "deactivated in Zoom, but active in the source";
            return Refusal(Capability.Update, _rule.AllowUpdate, "update") is { } no ? Make(PlanAction.Blocked, no) : Make(PlanAction.Reactivate, reason, changes, groupChanges);
        }

        if (nothing)
        {
            return adopts ? Make(PlanAction.Adopt, $"{correlation.Reason}; has what the source wants") : Make(PlanAction.NoOp, "nothing to change");
        }

        if (Refusal(Capability.Update, _rule.AllowUpdate, "update") is { } refusal)
        {
            // Taking somebody over writes nothing by itself.
            return adopts ? Make(PlanAction.Adopt, $"{correlation.Reason}; {refusal}, so {AttributeChange.Names(changes)} stays different") : Make(PlanAction.Blocked, refusal);
        }

        return adopts ? Make(PlanAction.Adopt, changes.Count == 0 ? correlation.Reason : $"{correlation.Reason}; {Differ(changes)}", changes, groupChanges)
            : changes.Count == 0 ? Make(PlanAction.ChangeGroups, $"groups {string.Join(", ", groupChanges)}", changes, groupChanges)
            : Make(PlanAction.Update, Differ(changes), changes, groupChanges);
    }

    /// <summary>
    /// The people of the ledger whom the source no longer names in scope, those who are gone from Zoom or another rule's, and the records of whom
    /// nobody can say whether they are about one of the leavers.
    /// </summary>
    private (List<PlannedChange> Leavers, List<LedgerEntry> Gone, List<LedgerEntry> Released, List<SourceProblem> Uncertain) PlanLeavers()
    {
        Correlator? correlator = null;
        var kept = new HashSet<string>(_input.Correlations.Select(c => c.User?.Id ?? c.Entry?.ZoomId).OfType<string>(), StringComparer.Ordinal);
        foreach (var disputed in _input.Correlations.Where(c => c.Candidates.Count > 0))
        {
            kept.UnionWith(disputed.Candidates);
        }

        var unmatched = new List<SourceProblem>();
        foreach (var problem in _input.Source.Problems)
        {
            var candidates = Correlator().Candidates(problem.UserName, problem.Anchor, problem.ZoomId);
            kept.UnionWith(candidates);
            if (candidates.Count == 0)
            {
                unmatched.Add(problem);
            }
        }

        var outOfScope = new HashSet<string>(_input.Source.OutOfScope
            .Select(d => Correlator().EntryOf(d.Values.UserName, d.Anchor)?.ZoomId).OfType<string>(), StringComparer.Ordinal);
        var leavers = new List<PlannedChange>();
        var gone = new List<LedgerEntry>();
        var released = new List<LedgerEntry>();
        foreach (var entry in _input.Ledger.Entries)
        {
            if (_input.Account.Find(entry.ZoomId) is not { } user)
            {
                gone.Add(entry);
            }
            else if (_rule.KeepsAbsent)
            {
                continue;
            }
            else if (_input.Account.Unread.TryGetValue(entry.ZoomId, out var unread) && !kept.Contains(entry.ZoomId))
            {
                leavers.Add(new PlannedChange(PlanAction.Blocked, entry.UserName, $"could not be read: {unread.Message}") { Current = user, Anchor = entry.Anchor, Problem = unread });
            }
            else if (!kept.Contains(entry.ZoomId) && _input.OtherRules.Managing(entry.ZoomId) is { } other)
            {
                // Whoever moves from one rule to another is not locked out on the way.
                released.Add(entry);
                leavers.Add(new PlannedChange(PlanAction.Protected, user.UserName ?? entry.UserName, $"{WhyLeft(outOfScope.Contains(entry.ZoomId))}, but the rule '{other}' manages this user too, so this rule lets go of the user")
                {
                    Current = user,
                    Anchor = entry.Anchor,
                    Leaves = true,
                });
            }
            else if (!kept.Contains(entry.ZoomId) && PlanLeaver(entry, user, outOfScope.Contains(entry.ZoomId)) is { } change)
            {
                leavers.Add(change);
            }
        }

        gone.Sort((left, right) => StringComparer.Ordinal.Compare(left.ZoomId, right.ZoomId));
        released.Sort((left, right) => StringComparer.Ordinal.Compare(left.ZoomId, right.ZoomId));
        return (leavers, gone, released, _rule.KeepsAbsent ? [] : unmatched.FindAll(p => IsUncertain(p, leavers)));

        // Needed by few, and not made for nothing.
        Correlator Correlator() => correlator ??= new Correlator(_rule, _input.Account, _input.Ledger);
    }

    /// <summary>
    /// Whether a record that cannot be used, and is about nobody known, may be about one of the leavers: under a new name, and
    /// without the key that would tell.
    /// </summary>
    private bool IsUncertain(SourceProblem problem, List<PlannedChange> leavers) =>
        problem.Anchor is not null ? leavers.Exists(l => l.IsRemoval && l.Anchor is null)
        : problem.UserName is null || _rule.Anchor is not null || _rule.Match.Any(a => !a.IsAddress);

    private string WhyLeft(bool isOutOfScope) =>
        _input.RemovesRule ? "the rule is being removed" : isOutOfScope ? "no longer in the rule's scope" : "no longer in the source";

    private PlannedChange? PlanLeaver(LedgerEntry entry, ScimUser user, bool isOutOfScope)
    {
        var why = WhyLeft(isOutOfScope);
        PlannedChange Make(PlanAction action, string reason) => new(action, user.UserName ?? entry.UserName, reason) { Current = user, Anchor = entry.Anchor, Leaves = true, ActiveCause = ActiveCause(action, entry) };

        var isActive = user.Active ?? true;
        var deletes = _rule.RemoveAction == RemoveAction.Delete;
        if (!deletes && !isActive)
        {
            // Removed before. Somebody whom others deactivated is as wanted too.
            return entry.IsRemoved ? null : Make(PlanAction.NoOp, $"{why}, and deactivated already");
        }

        if ((_rule.Protected.ReasonFor(entry.UserName, entry.Seen) ?? _rule.Protected.ReasonFor(user.UserName, user)) is { } protection)
        {
            return Make(PlanAction.Protected, $"{why}, but {protection}");
        }

        if (entry.IsRemoved && isActive)
        {
            why += ", and was activated again in Zoom by hand";
        }

        return deletes
            ? Refusal(Capability.Deprovision, _rule.AllowDeprovision, "deprovision") is { } no ? Make(PlanAction.Blocked, $"{why}, but {no}") : Make(PlanAction.Delete, why)
            : Refusal(Capability.Disable, _rule.AllowDisable, "disable") is { } not ? Make(PlanAction.Blocked, $"{why}, but {not}") : Make(PlanAction.Disable, why);
    }

    private static ChangeCause ActiveCause(PlanAction action, LedgerEntry? entry) => action switch
    {
        PlanAction.Reactivate => LedgerDiff.CauseOf(ZoomAttributes.Active, old: false, wanted: true, entry),
        PlanAction.Disable => LedgerDiff.CauseOf(ZoomAttributes.Active, old: true, wanted: false, entry),
        _ => ChangeCause.Unknown,
    };

    /// <summary>Whether the run gives somebody the name wanted, who does not have it yet.</summary>
    private bool GetsName(Correlation correlation)
    {
        var (wanted, entry) = (correlation.Desired.Values, correlation.Entry);
        if (correlation.Situation == CorrelationSituation.Disputed || string.Equals(correlation.User?.UserName, wanted.UserName, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        if (correlation.User is not { Id: { } id } listed)
        {
            return wanted.Active != false && _rule.AllowCreate && _input.Connection.AllowCreate && _rule.Protected.ReasonFor(wanted.UserName, null) is null;
        }

        var user = _input.Account.Find(id) ?? listed;
        return MayUpdate && _rule.AppliesOnUpdate(ZoomAttributes.Email) && (entry is not null || _rule.AllowAdopt)
            && (user.Active != false || WantsActive(correlation.Desired, entry) == true)
            && _rule.Protected.ReasonFor(wanted.UserName, user) is null;
    }

    private bool MayUpdate => _rule.AllowUpdate && _input.Connection.AllowUpdate;

    /// <summary>A source that does not speak of activity wants whom the rule itself removed to come back, and leaves others alone.</summary>
    private static bool? WantsActive(DesiredUser desired, LedgerEntry? entry) =>
        desired.Values.ChangedAttributes.Contains(nameof(ScimUser.Active)) ? desired.Values.Active
        : entry?.IsRemoved == true ? true : null;

    private string? Refusal(Capability capability, bool ruleAllows, string name) =>
        !ruleAllows ? $"the rule may not do that (capabilities.{name})"
        : _input.Connection.RefusalOf(capability);

    /// <summary>A manager must be a Zoom user, or nobody knows what Zoom would do with it.</summary>
    private IReadOnlyList<AttributeChange> WithKnownManager(IReadOnlyList<AttributeChange> changes, string? userName, List<string> remarks)
    {
        if (changes.Count == 0)
        {
            return changes;
        }

        if (changes.FirstOrDefault(c => c.Attribute == ZoomAttributes.Manager) is not { NewValue: string { Length: > 0 } address } manager)
        {
            return changes;
        }

        if (_managers.Find(address) is not { } name)
        {
            remarks.Add($"The manager '{address}' of {userName} is not a user of this Zoom account, so the manager is left as it is.");
            return changes.Where(c => c != manager).ToList();
        }

        return string.Equals(name, address, StringComparison.OrdinalIgnoreCase) ? changes
            : changes.Where(c => c != manager || !manager.Attribute.AreEqual(manager.OldValue, name))
                .Select(c => c != manager ? c : new AttributeChange(manager.Attribute, manager.OldValue, name, manager.OldIsKnown) { Cause = manager.Cause })
                .ToList();
    }

    private static string Differ(IReadOnlyList<AttributeChange> changes)
    {
        var byHand = changes.Where(c => c.Cause is ChangeCause.ZoomChanged or ChangeCause.BothChanged).Select(c => c.Name).ToList();
        return $"{AttributeChange.Differ(changes)}{(byHand.Count > 0 ? $" ({string.Join(", ", byHand)} changed in Zoom by hand)" : string.Empty)}";
    }
}
