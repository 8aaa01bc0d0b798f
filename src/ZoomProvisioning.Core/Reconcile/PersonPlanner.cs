using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Reconcile;

/// <summary>
/// Decides what is done about one person of the source: created, taken over, changed, disabled, left alone, or blocked until
/// somebody has looked.
/// </summary>
internal sealed class PersonPlanner
{
    private const string CreatedHere = "created here by a command";

    private readonly PlanInput _input;
    private readonly ProvisioningRule _rule;
    private readonly ManagerNames _managers;
    private readonly GroupPlanner _groups;
    private readonly Ownership _ownership;
    private readonly ActiveAddresses _active;

    /// <summary>Makes a planner for the people of a plan.</summary>
    /// <param name="input">What the plan is made of.</param>
    /// <param name="ownership">Which rule manages whom.</param>
    /// <param name="active">The addresses of those whom the source does not call inactive.</param>
    /// <param name="people">Everybody of the source whom the plan is about.</param>
    public PersonPlanner(PlanInput input, Ownership ownership, ActiveAddresses active, IReadOnlyList<Correlation> people)
    {
        _input = input;
        _rule = input.Rule;
        _groups = new GroupPlanner(input.Rule, input.Account);
        _ownership = ownership;
        _active = active;
        _managers = new ManagerNames(input.Account, people.Where(GetsName));
    }

    /// <summary>Decides about one person.</summary>
    public PlannedChange Plan(Correlation correlation)
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
            ? new PlannedChange(PlanAction.Blocked, listed.UserName ?? desired.Label, $"could not be read: {error.Message}")
            {
                Anchor = desired.Anchor,
                Current = listed,
                Desired = desired,
                Problem = error,
            }
            : correlation.Situation == CorrelationSituation.Reanchored ? PlanReanchored(correlation, _input.Account.Find(id) ?? listed)
            : AskFirst.AboutAnother(PlanExisting(correlation, _input.Account.Find(id) ?? listed));
    }

    private PlannedChange PlanCreate(Correlation correlation)
    {
        var desired = correlation.Desired;
        var userName = desired.Values.UserName ?? desired.Label;
        var remarks = new List<string>();
        PlannedChange Make(PlanAction action, string reason, IReadOnlyList<AttributeChange>? changes = null, IReadOnlyList<GroupChange>? groups = null) =>
            new(action, userName, reason)
            {
                Anchor = desired.Anchor,
                Desired = desired,
                Changes = changes ?? [],
                GroupChanges = groups ?? [],
                Remarks = Some(remarks),
                Unmet = Some(remarks),
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

        var changes = WithKnownManager(
            UserDiff.ForCreate(desired.Values).Where(c => c.Attribute == ZoomAttributes.UserName || _rule.AppliesOnCreate(c.Attribute)).ToList(),
            userName,
            remarks);
        return Make(PlanAction.Create, correlation.Reason, changes, _groups.For(desired, null, remarks));
    }

    /// <summary>
    /// Somebody under another anchor is kept as is until a person has said who it is. Whom either reading wants inactive is not
    /// kept signed in.
    /// </summary>
    private PlannedChange PlanReanchored(Correlation correlation, ScimUser user)
    {
        var (desired, entry) = (correlation.Desired, correlation.Entry!);
        PlannedChange Make(PlanAction action, string reason) => new(action, user.UserName ?? desired.Label, reason)
        {
            Anchor = action == PlanAction.Relink ? desired.Anchor : entry.Anchor,
            Current = user,
            Desired = desired,
            ActiveCause = ActiveCause(action, entry),
        };

        if (desired.Values.Active != false)
        {
            return (Make(PlanAction.Relink, correlation.Reason) with { Unmet = AfterRelink(desired, entry, user) }).HeldBack(AskFirst.Relink);
        }

        return user.Active == false ? Make(PlanAction.NoOp, $"deactivated already, as wanted; {correlation.Reason}")
            : _rule.Protected.ReasonFor(desired.Values.UserName, user) is { } protection ? Make(PlanAction.Protected, protection)
            : _ownership.OwnerOf(user.Id!) is { } owner ? Make(PlanAction.Blocked, Ownership.Elsewhere(owner, [ActiveChange(true, false)]))
            : _active.Include(user.UserName, entry) ? Make(PlanAction.Blocked, AskFirst.ActiveElsewhere)
            : Refusal(Capability.Disable, _rule.AllowDisable, "disable") is { } no ? Make(PlanAction.Blocked, no)
            : Make(PlanAction.Disable, $"active in Zoom, but not active in the source; {correlation.Reason}");
    }

    /// <summary>What the run after a relink has to do, so that this one is no success yet.</summary>
    private IReadOnlyList<string> AfterRelink(DesiredUser desired, LedgerEntry entry, ScimUser user)
    {
        var left = LedgerDiff.Compute(_rule, desired.Values, user, entry, []).Where(c => c.OldIsKnown).ToList();
        if (user.Active == false && WantsActive(desired, entry) == true)
        {
            left.Insert(0, ActiveChange(false, true));
        }

        return left.Count == 0 ? [] : [$"Known again, and {AttributeChange.StayDifferent(left)} until the next run."];
    }

    private PlannedChange PlanExisting(Correlation correlation, ScimUser user)
    {
        var (desired, entry) = (correlation.Desired, correlation.Entry);
        var adopts = entry is null;
        var how = adopts && _input.CreatedHere.Contains(user.Id!) ? CreatedHere : correlation.Reason;
        var wantsActive = WantsActive(desired, entry);
        var remarks = new List<string>();
        if (entry?.Anchor is { } oldAnchor && desired.Anchor is { } newAnchor && SourceAnchor.Canonical(oldAnchor) != SourceAnchor.Canonical(newAnchor))
        {
            remarks.Add($"The ledger knew this user as '{oldAnchor}' of the source; from now on as '{newAnchor}'.");
        }

        // What is remarked from here on is a wish that stays undone.
        var told = remarks.Count;
        PlannedChange Make(PlanAction action, string reason, IReadOnlyList<AttributeChange>? of = null, IReadOnlyList<GroupChange>? groups = null) =>
            new(action, user.UserName ?? desired.Label, reason)
            {
                Unmet = wantsActive == false ? [] : Some(remarks.GetRange(told, remarks.Count - told)),
                Anchor = desired.Anchor,
                Current = user,
                Desired = desired,
                Adopts = adopts && action is not (PlanAction.NoOp or PlanAction.Blocked or PlanAction.Protected),
                ActiveCause = ActiveCause(action, entry),
                Changes = of ?? [],
                GroupChanges = groups ?? [],
                Remarks = Some(remarks),
            };

        var isActive = user.Active ?? true;
        var changes = WithKnownManager(LedgerDiff.Compute(_rule, desired.Values, user, entry, remarks), user.UserName, remarks);
        if (HolderOf(user, entry) is { } holder && _rule.AllowUpdate && wantsActive != false && (isActive || wantsActive == true))
        {
            // Also in the run after the reactivation, when that one was killed, or no seat was left.
            changes = HeldLicenses.Restore(_rule, holder, desired.Values, user, changes);
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

        if (_ownership.OwnerOf(user.Id!) is { } owner)
        {
            // What the owner does not send of it is not sent at all; groups are each rule's own. What Zoom does not tell is not known to differ.
            var differ = changes.Where(c => c.OldIsKnown);
            IReadOnlyList<AttributeChange> left = needsReactivation || needsDisable ? [ActiveChange(isActive, !isActive), .. differ] : [.. differ];
            var elsewhere = Ownership.Elsewhere(owner, left);
            IReadOnlyList<string> unmet = left.Count > 0 ? [$"{elsewhere}."] : [];
            return adopts ? Make(PlanAction.Adopt, $"{how}. {elsewhere}", groups: groupChanges) with { Unmet = unmet }
                : groupChanges.Count > 0
                    ? Make(PlanAction.ChangeGroups, $"groups {string.Join(", ", groupChanges)}. {elsewhere}", groups: groupChanges) with { Unmet = unmet }
                : left.Count > 0 ? Make(PlanAction.Blocked, elsewhere)
                : Make(PlanAction.NoOp, "nothing to change");
        }

        if (adopts && !isActive && !_rule.AdoptInactive && !_input.OtherRules.Removed.ContainsKey(user.Id!))
        {
            return wantsActive == false
                ? Make(PlanAction.NoOp, "deactivated already, as wanted, and not taken over")
                : Make(PlanAction.Blocked, AskFirst.Stranger(user));
        }

        if (!isActive && wantsActive != true)
        {
            var left = changes.Count == 0 ? string.Empty : $"; {AttributeChange.StayWhileInactive(changes)}";
            var state = wantsActive == false ? "deactivated already, as wanted" : "deactivated in Zoom, and the source does not say whether it is to be active";
            return adopts ? Make(PlanAction.Adopt, $"{how}; {state}{left}") : Make(PlanAction.NoOp, state + left);
        }

        if (needsDisable)
        {
            return _active.Include(user.UserName, entry) ? Make(PlanAction.Blocked, AskFirst.ActiveElsewhere)
                : Refusal(Capability.Disable, _rule.AllowDisable, "disable") is { } no
                ? Make(PlanAction.Blocked, no)
                // What an update may not do must not keep a leaver signed in.
                : Make(PlanAction.Disable, "active in Zoom, but not active in the source", MayUpdate ? UserDiff.BeforeDeactivation(changes) : []);
        }

        if (needsReactivation)
        {
            var byHand = !_rule.ReactivatesAlways && entry is not null && AskFirst.IsDeactivatedByHand(entry);
            var reason = entry?.IsRemoved == true ? "back in the source after it had left"
                : byHand ? "active in the source, but deactivated in Zoom by hand since the rule saw the user last"
                : "deactivated in Zoom, but active in the source";
            return Refusal(Capability.Update, _rule.AllowUpdate, "update") is { } no ? Make(PlanAction.Blocked, no)
                : Make(PlanAction.Reactivate, reason, changes, groupChanges).HeldBack(byHand ? AskFirst.Reactivation : null);
        }

        if (nothing)
        {
            return adopts ? Make(PlanAction.Adopt, $"{how}; has what the source wants") : Make(PlanAction.NoOp, "nothing to change");
        }

        if (Refusal(Capability.Update, _rule.AllowUpdate, "update") is { } refusal)
        {
            // Taking somebody over writes nothing by itself.
            return adopts
                ? Make(PlanAction.Adopt, $"{how}; {refusal}, so {AttributeChange.StayDifferent(changes)}")
                : Make(PlanAction.Blocked, refusal);
        }

        return adopts ? Make(PlanAction.Adopt, changes.Count == 0 ? how : $"{how}; {Differ(changes)}", changes, groupChanges)
            : changes.Count == 0 ? Make(PlanAction.ChangeGroups, $"groups {string.Join(", ", groupChanges)}", changes, groupChanges)
            : Make(PlanAction.Update, Differ(changes), changes, groupChanges);
    }

    // Nearly nobody has any, and of a hundred thousand each would have an empty list of their own.
    private static IReadOnlyList<string> Some(List<string> remarks) => remarks.Count > 0 ? remarks : Array.Empty<string>();

    private static AttributeChange ActiveChange(bool old, bool wanted) => new(ZoomAttributes.Active, old, wanted, oldIsKnown: true);

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
        if (correlation.Situation is CorrelationSituation.Disputed or CorrelationSituation.Reanchored
            || string.Equals(correlation.User?.UserName, wanted.UserName, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        if (correlation.User is not { Id: { } id } listed)
        {
            return wanted.Active != false && _rule.AllowCreate && _input.Connection.AllowCreate && _rule.Protected.ReasonFor(wanted.UserName, null) is null;
        }

        var user = _input.Account.Find(id) ?? listed;
        return MayUpdate && _ownership.OwnerOf(id) is null && _rule.AppliesOnUpdate(ZoomAttributes.Email) && (entry is not null || _rule.AllowAdopt)
            && (user.Active != false || WantsActive(correlation.Desired, entry) == true)
            && _rule.Protected.ReasonFor(wanted.UserName, user) is null;
    }

    private bool MayUpdate => _rule.AllowUpdate && _input.Connection.AllowUpdate;

    /// <summary>A source that does not speak of activity wants whom the rule itself removed to come back, and leaves others alone.</summary>
    private static bool? WantsActive(DesiredUser desired, LedgerEntry? entry) =>
        desired.Values.ChangedAttributes.Contains(nameof(ScimUser.Active)) ? desired.Values.Active
        : entry?.IsRemoved == true ? true : null;

    private string? Refusal(Capability capability, bool ruleAllows, string name) => _input.Refusal(capability, ruleAllows, name);

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
                .Select(c => c != manager ? c : manager with { NewValue = name })
                .ToList();
    }

    private static string Differ(IReadOnlyList<AttributeChange> changes)
    {
        var byHand = changes.Where(c => c.Cause is ChangeCause.ZoomChanged or ChangeCause.BothChanged).Select(c => c.Name).ToList();
        return $"{AttributeChange.Differ(changes)}{(byHand.Count > 0 ? $" ({string.Join(", ", byHand)} changed in Zoom by hand)" : string.Empty)}";
    }

    /// <summary>Who knows what somebody held: the ledger; or that of the rule somebody left for this one, and was deactivated by.</summary>
    private LedgerEntry? HolderOf(ScimUser user, LedgerEntry? entry) =>
        user.Active == false && entry?.HasLicensesBefore != true && _input.OtherRules.Leavers.TryGetValue(user.Id!, out var left) ? left : entry;
}
