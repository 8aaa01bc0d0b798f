using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Reconcile;

/// <summary>What becomes of the people of a ledger whom the source no longer names in scope.</summary>
/// <param name="Changes">What is to be done, in no order.</param>
/// <param name="Gone">Those who are gone from Zoom.</param>
/// <param name="Released">Those whom another rule manages.</param>
/// <param name="Uncertain">The records of whom nobody can say whether they are about one of the leavers.</param>
internal sealed record LeaverPlan(
    IReadOnlyList<PlannedChange> Changes,
    IReadOnlyList<LedgerEntry> Gone,
    IReadOnlyList<LedgerEntry> Released,
    IReadOnlyList<SourceProblem> Uncertain)
{
    /// <summary>The Zoom ids of whom this run misses; counted when the run believes its source.</summary>
    public IReadOnlyList<string> Missed { get; init; } = [];
}

/// <summary>
/// Decides about leavers, stage by stage: missed for as many runs and days as the rule says, then deactivated, then, where that
/// is asked for, deleted with the data handed over. Pure, as the plan is.
/// </summary>
internal sealed class LeaverPlanner
{
    private readonly PlanInput _input;
    private readonly ProvisioningRule _rule;
    private readonly LeaverPolicy _policy;
    private readonly ActiveAddresses _active;
    private readonly List<string> _missed = [];

    public LeaverPlanner(PlanInput input, ActiveAddresses active)
    {
        _input = input;
        _active = active;
        _rule = input.Rule;
        _policy = LeaverPolicy.Of(input.Rule);
    }

    /// <summary>
    /// The people of the ledger whom the source no longer names in scope, those who are gone from Zoom or another rule's, and the records of whom
    /// nobody can say whether they are about one of the leavers.
    /// </summary>
    public LeaverPlan Plan()
    {
        var presence = Presence.Of(_input, _active);
        var leavers = new List<PlannedChange>();
        var gone = new List<LedgerEntry>();
        var released = new List<LedgerEntry>();
        foreach (var entry in _input.Ledger.Entries.Where(e => _input.Only?.Includes(e) != false))
        {
            if (_input.Account.Find(entry.ZoomId) is not { } user)
            {
                gone.Add(entry);
            }
            else if (_rule.KeepsAbsent || presence.Includes(entry.ZoomId))
            {
                continue;
            }
            else if (_input.Account.Unread.TryGetValue(entry.ZoomId, out var unread))
            {
                leavers.Add(new PlannedChange(PlanAction.Blocked, entry.UserName, $"could not be read: {unread.Message}")
                {
                    Current = user,
                    Anchor = entry.Anchor,
                    Problem = unread,
                });
            }
            else if (_input.OtherRules.Managing(entry.ZoomId) is { } other)
            {
                // Whoever moves from one rule to another is not locked out on the way.
                released.Add(entry);
                leavers.Add(new PlannedChange(
                    PlanAction.Protected,
                    user.UserName ?? entry.UserName,
                    $"{WhyLeft(presence.IsOutOfScope(entry.ZoomId))}, but the rule '{other}' manages this user too, so this rule lets go of the user")
                {
                    Current = user,
                    Anchor = entry.Anchor,
                    Leaves = true,
                });
            }
            else if (PlanLeaver(entry, user, presence.IsOutOfScope(entry.ZoomId)) is { } change)
            {
                leavers.Add(change);
            }
        }

        gone.Sort((left, right) => StringComparer.Ordinal.Compare(left.ZoomId, right.ZoomId));
        released.Sort((left, right) => StringComparer.Ordinal.Compare(left.ZoomId, right.ZoomId));
        _missed.Sort(StringComparer.Ordinal);
        return new LeaverPlan(leavers, gone, released, _rule.KeepsAbsent ? [] : presence.Unknown.FindAll(p => IsUncertain(p, leavers))) { Missed = _missed };
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

    /// <summary>Whether people are deleted in the end.</summary>
    private bool Deletes => _rule.RemoveAction == RemoveAction.Delete || _rule.Leavers.DeleteAfterDays is not null;

    /// <summary>Whether there are stages at all between being missed and being removed, so that the ledger must count.</summary>
    private bool HasStages => !_input.RemovesRule && (Deletes || _rule.Leavers.RunsToMiss > 1 || _rule.Leavers.MissingDays > 0);

    /// <summary>Whether a rule that says so itself deletes whom one run misses; so does a rule that is being removed.</summary>
    private bool DeletesAtOnce =>
        _rule.RemoveAction == RemoveAction.Delete && (_input.RemovesRule || (_rule.Leavers.MissingRuns == 1 && _rule.Leavers.DeleteAfterDays is null));

    private PlannedChange? PlanLeaver(LedgerEntry entry, ScimUser user, bool isOutOfScope)
    {
        var why = WhyLeft(isOutOfScope);
        var isActive = user.Active ?? true;
        // What is counted is no more than what is needed, so a journal does not grow by everybody who left long ago.
        var runs = entry.MissingRuns + 1;
        if (HasStages && _input.Only is null && entry.MissingRuns <= _rule.Leavers.RunsToMiss)
        {
            _missed.Add(entry.ZoomId);
        }

        if (!isActive && !(_input.RemovesRule ? _rule.RemoveAction == RemoveAction.Delete : Deletes))
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

        if (Waits(entry, runs) is { } wait)
        {
            return Make(PlanAction.NoOp, $"{why}{Since(entry)}") with { Next = wait };
        }

        // A rule that may delete and not deactivate has one stage less.
        var refusedDisable = _input.Refusal(Capability.Disable, _rule.AllowDisable, "disable");
        if (DeletesAtOnce || (Deletes && (!isActive || refusedDisable is not null)))
        {
            return PlanDelete(entry, user, runs, why, Make);
        }

        return refusedDisable is not null ? Make(PlanAction.Blocked, $"{why}, but {refusedDisable}")
            : Make(PlanAction.Disable, $"{why}{Since(entry)}") with { Next = Deletes ? Afterwards() : null };

        PlannedChange Make(PlanAction action, string reason) => new(action, user.UserName ?? entry.UserName, reason)
        {
            Current = user,
            Anchor = entry.Anchor,
            Leaves = true,
            ActiveCause = action == PlanAction.Disable ? LedgerDiff.CauseOf(ZoomAttributes.Active, old: true, wanted: false, entry) : ChangeCause.Unknown,
        };
    }

    /// <summary>What somebody waits for before anything is done, in words; null when there is nothing to wait for.</summary>
    private string? Waits(LedgerEntry entry, int runs)
    {
        if (_input.RemovesRule)
        {
            return null;
        }

        var then = DeletesAtOnce ? "deleted" : "disabled";
        var due = (entry.MissingSince ?? _input.Now).AddDays(_rule.Leavers.MissingDays);
        var missing = _rule.Leavers.RunsToMiss - runs;
        return missing > 0 ? string.Format(CultureInfo.InvariantCulture, "missed in {0} of {1} runs, and {2} {3}{4}",
                runs, _rule.Leavers.RunsToMiss, then, missing == 1 ? "by the next run that misses the user" : $"after {missing} more that miss the user",
                _rule.Leavers.MissingDays > 0 ? $", from {Day(due)} on" : string.Empty)
            : _input.Now < due ? $"{then} by the first run after {Day(due)} that misses the user"
            : null;
    }

    /// <summary>The last stage, which comes by another run than the one before, and after as many days as the rule says.</summary>
    private PlannedChange PlanDelete(LedgerEntry entry, ScimUser user, int runs, string why, Func<PlanAction, string, PlannedChange> make)
    {
        var held = LeftUnderAnotherRule(entry);
        if (!DeletesAtOnce)
        {
            if (runs <= _rule.Leavers.RunsToMiss)
            {
                return make(PlanAction.NoOp, $"{why}{Since(entry)}") with { Next = Afterwards() };
            }

            var since = entry.RemovedAt ?? entry.MissingSince;
            if (_rule.Leavers.DeleteAfterDays is { } days && since is { } from && _input.Now < from.AddDays(days))
            {
                return make(PlanAction.NoOp, $"{why}{Since(entry)}") with
                {
                    Next = $"deleted by the first run after {Day(from.AddDays(days))} that misses the user",
                };
            }
        }

        if (_input.Refusal(Capability.Deprovision, _rule.AllowDeprovision, "deprovision") is { } no)
        {
            return make(PlanAction.Blocked, $"{why}, but {no}");
        }

        var delete = make(PlanAction.Delete, $"{why}{Since(entry)}");
        if (_rule.Leavers.TransferTo is not null)
        {
            if (Heir(entry, user, out var mistake) is not { } heir)
            {
                return make(PlanAction.Blocked, $"{why}, but the data would be lost: {mistake}");
            }

            var transferee = ZoomExtension.Attribute(ZoomExtension.Transferee);
            delete = delete.With([new AttributeChange(transferee, transferee.Get(user), heir, oldIsKnown: true)]);
        }

        return delete.HeldBack(held);
    }

    /// <summary>Why somebody who left under what the rule said then is not deleted by what it says now; null when it says the same.</summary>
    private string? LeftUnderAnotherRule(LedgerEntry entry) =>
        !_input.RemovesRule && entry.IsRemoved && LeaverPolicy.Parse(entry.LeftUnder)?.Then != _policy.Then
            ? "left before the rule said that leavers are deleted, and stays as it is until somebody approves"
            : null;

    /// <summary>Who gets the data.</summary>
    private string? Heir(LedgerEntry entry, ScimUser user, out string mistake)
    {
        var to = _rule.Leavers.TransferTo!;
        var isManager = string.Equals(to, LeaverSettings.Manager, StringComparison.OrdinalIgnoreCase);
        var address = !isManager ? to
            : user.Manager is { Length: > 0 } manager ? manager
            : entry.Seen?.Manager is { Length: > 0 } seen ? seen
            : entry.HasUntold ? entry.Untold.Text(ZoomAttributes.Manager.Name)
            : null;
        mistake = string.IsNullOrEmpty(address) ? "nobody knows the user's manager (leavers.transferTo)"
            : string.Equals(address, user.UserName, StringComparison.OrdinalIgnoreCase) ? "nobody can be given their own (leavers.transferTo)"
            : _input.Account.FindByName(address!) is not { Active: not false } ? $"'{address}' is no active user of this Zoom account (leavers.transferTo)"
            : string.Empty;
        return mistake.Length == 0 ? address : null;
    }

    private string Afterwards() => _rule.Leavers.DeleteAfterDays is { } days
        ? string.Format(CultureInfo.InvariantCulture, "deleted {0:0.##} days after the user was disabled", days)
        : "deleted by the next run that misses the user";

    private static string Since(LedgerEntry entry) =>
        entry.RemovedAt is { } removed && entry.IsRemoved ? $" since {Day(entry.MissingSince ?? removed)}, disabled on {Day(removed)}"
        : entry.MissingSince is { } since ? $" since {Day(since)}"
        : string.Empty;

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
