using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Reconcile;

/// <summary>
/// Looks at a plan before the first write: takes it too much away from too many, or opens too many doors, in this run or with the
/// day before it, or is what it rests on not to be trusted? What it holds back is held back; everything else goes on.
/// </summary>
internal sealed class PlanGuard
{
    private readonly PlanInput _input;
    private readonly List<PlannedChange> _changes;
    private readonly HashSet<string> _approved;
    private readonly List<(GuardFinding Finding, Func<PlannedChange, bool> Concerns)> _findings = [];

    private PlanGuard(PlanInput input, IEnumerable<PlannedChange> changes, IReadOnlyList<string>? approved = null)
    {
        _approved = new HashSet<string>(approved ?? [], StringComparer.Ordinal);
        _input = input;
        _changes = changes.Select(c => AskFirst.AboutOldLeavers(input, c)).ToList();
    }

    /// <summary>Checks the changes, and holds back where it must.</summary>
    public static (IReadOnlyList<PlannedChange> Changes, IReadOnlyList<GuardFinding> Findings) Check(
        PlanInput input, IReadOnlyList<PlannedChange> changes, int disputed, IReadOnlyList<SourceProblem> uncertain)
    {
        var guard = new PlanGuard(input, changes);
        if (disputed > 0)
        {
            guard.Report(
                GuardCheck.DuplicatesInSource,
                $"{Counted.People(disputed)} {(disputed == 1 ? "is" : "are")} named more than once or cannot be told apart; "
                    + $"nothing is done about {(disputed == 1 ? "this one" : "them")}.");
        }

        if (!input.RemovesRule && input.Only is null)
        {
            guard.CheckSource();
        }

        guard.CheckDoubts(uncertain);
        guard.CheckIdentities(disputed);
        guard.CheckLimits(input.Rule.Guard, input.Ledger, input.Recent);
        guard.CheckShared();
        guard.CheckApproval(input.Rule, partly: false);
        guard.CheckQuarantine();
        return guard.Result();
    }

    /// <summary>
    /// Looks at a plan that was made before once more: what a day may have has perhaps been used up since by other runs,
    /// and they may have gone wrong, which does not matter to who <paramref name="resumes"/>.
    /// </summary>
    public static SyncPlan CheckAgain(SyncPlan plan, ProvisioningRule rule, Ledger ledger, Func<RecentChanges> recent, bool resumes = false)
    {
        var guard = new PlanGuard(new PlanInput
        {
            Rule = rule,
            Source = new SourceSnapshot([], [], []),
            Account = new AccountSnapshot([], isComplete: true),
            Ledger = ledger,
            Correlations = [],
            Connection = null!,
            Resumes = resumes,
        }, plan.Changes, plan.ApprovedPeople);
        guard.CheckLimits(rule.Guard, ledger, recent);
        guard.CheckApproval(rule, partly: plan.Approvals.Count > 0);
        guard.CheckQuarantine();
        var (changes, findings) = guard.Result();
        return findings.Count == 0 ? plan : plan.With(changes, [.. plan.Guard, .. findings.Where(f => !plan.Guard.Contains(f))]);
    }

    /// <summary>Whether an entry does something, be it only to the ledger.</summary>
    public static bool Acts(PlannedChange change) => change.Action is not (PlanAction.NoOp or PlanAction.Blocked or PlanAction.Protected);

    /// <summary>Whether a reason to hold back is one for an entry.</summary>
    public static bool Concerns(GuardFinding finding, PlannedChange change) => finding.Check switch
    {
        GuardCheck.ApprovalRequired or GuardCheck.Quarantined => Acts(change),
        GuardCheck.MissingProperty => change.IsRemoval || change.Held == finding.Message,
        GuardCheck.StateOlderThanZoom => change.IsRemoval || change.Adopts,
        GuardCheck.WrongClock => ClockCheck.Concerns(change),
        GuardCheck.SharedPeople => change.Held == finding.Message,
        _ when GuardWords.KindOf(finding.Check) is { } kind => IsHeldAs(kind, change),
        _ => change.IsRemoval,
    };

    /// <summary>
    /// Whether too much of a kind holds a change back. Where many people are renamed at once, columns may have slipped against each
    /// other, and whoever is created then gets the key of one and the address of another.
    /// </summary>
    private static bool IsHeldAs(GuardKind kind, PlannedChange change) =>
        GuardedChanges.KindsOf(change).Contains(kind) || (kind == GuardKind.Rename && change.Action == PlanAction.Create);

    private (IReadOnlyList<PlannedChange> Changes, IReadOnlyList<GuardFinding> Findings) Result()
    {
        var holding = _findings.Where(f => f.Finding.HoldsRemovals).ToList();
        return (holding.Count == 0 ? _changes : _changes.ConvertAll(Held), _findings.ConvertAll(f => f.Finding));

        PlannedChange Held(PlannedChange change) =>
            change.Held is not null ? change
            : holding.Find(f => f.Concerns(change)
                && (f.Finding.Check == GuardCheck.ApprovalRequired || !_approved.Contains(change.Key))).Finding is { } finding
            ? change.HeldBack(finding.Message)
            // Nobody is kept signed in because of an address, and nobody gets a doubtful one on the way out.
            : change.Action == PlanAction.Disable && AddressOrder.NewAddress(change) is not null
                && !_approved.Contains(change.Key) && holding.Exists(f => f.Finding.Check == GuardCheck.TooManyRenames)
                ? AddressOrder.WithoutRename(change, "too many others would be renamed")
            : change;
    }

    private void CheckSource()
    {
        var source = _input.Source;
        var removals = _changes.Count(c => c.IsRemoval);
        if (source.InScopeCount == 0)
        {
            if (removals > 0)
            {
                Hold(
                    GuardCheck.EmptySource,
                    "The source has nobody in scope. An export that failed looks just like this, so no approval lets anybody be removed. "
                        + "To remove everybody, remove the rule (deprovisionOnRuleRemoval).",
                    c => c.IsRemoval);
            }
            else
            {
                Report(GuardCheck.EmptySource, "The source has nobody in scope, so there is nothing to do.");
            }
        }

        var contract = SourceContract.Of(_input);
        if (contract.Message(_input.Rule) is { } missing)
        {
            Hold(GuardCheck.MissingProperty, missing, contract.Concerns);
        }

        if (source.Incomplete is { } incomplete)
        {
            Hold(GuardCheck.SourceUnfinished, $"The source is not whole: {incomplete} Nobody is removed on its word.", c => c.IsRemoval);
        }

        if (_input.Rule.Source.MinimumRecords is { } least && source.RecordCount < least)
        {
            Hold(
                GuardCheck.SourceTooSmall,
                Text("The source has {0}, and its owner says that it has {1:N0} at least (source.minimumRecords).", Counted.Records(source.RecordCount), least),
                c => c.IsRemoval);
        }

        CheckAge();
        if (removals > 0 && source.InScopeCount > 0 && _input.Ledger.LastSourceCount is { } last
            && source.InScopeCount < last * (1 - (_input.Rule.Guard.MaxSourceShrinkPercent / 100)))
        {
            Hold(GuardCheck.ShrunkenSource, Text(
                "The source has {0} in scope; it had {1:N0} in the run before, and may shrink by {2:0.##} % (guard.maxSourceShrinkPercent).",
                Counted.People(source.InScopeCount),
                last,
                _input.Rule.Guard.MaxSourceShrinkPercent), c => c.IsRemoval);
        }
    }

    private void CheckAge()
    {
        if (_input.Rule.Source.MaximumAgeHours is not { } most)
        {
            return;
        }

        if (_input.Source.WrittenAt is not { } written)
        {
            Hold(
                GuardCheck.SourceTooOld,
                "Nobody says when the source was written, and the rule asks for it (source.maximumAgeHours). "
                    + "Give the time: -SourceWritten (Get-Item people.csv).LastWriteTime.",
                c => c.IsRemoval);
        }
        else if (YetToCome.Is(written, _input.Now))
        {
            Hold(GuardCheck.SourceTooOld, Text(
                "The source says that it was written {0:u}, which is yet to come, so nobody knows how old it is (source.maximumAgeHours).",
                written.UtcDateTime), c => c.IsRemoval);
        }
        else if (_input.Now - written > TimeSpan.FromHours(most))
        {
            Hold(GuardCheck.SourceTooOld, Text(
                "The source was written {0:u}, {1} ago, and may be {2} old (source.maximumAgeHours).",
                written.UtcDateTime,
                Counted.Of((long)Math.Floor((_input.Now - written).TotalHours), "hour", "hours"),
                most == 1 ? "1 hour" : Text("{0:0.##} hours", most)), c => c.IsRemoval);
        }
    }

    /// <summary>Whether somebody has to approve the plan as it is saved; no limit and no -Approve stands for that.</summary>
    private void CheckApproval(ProvisioningRule rule, bool partly)
    {
        if (rule.Approval is { } approval && _changes.Exists(Acts))
        {
            Hold(
                GuardCheck.ApprovalRequired,
                $"The rule '{rule.Name}' wants {approval.Words} to approve a plan before anything of it is done "
                    + $"({RuleSettings.Approval}: {RuleSettings.Approvals[approval.People - 1]}).",
                Acts);
        }
        else if (partly)
        {
            Hold(GuardCheck.ApprovalRequired, "There are approvals of this plan, so only what was approved is done.", Acts);
        }
    }

    /// <summary>Whether the runs before went so wrong that somebody has to look first.</summary>
    private void CheckQuarantine()
    {
        if (Quarantine.Message(_input) is { } message && _changes.Exists(Acts))
        {
            Hold(GuardCheck.Quarantined, message, Acts);
        }
    }

    private void CheckDoubts(IReadOnlyList<SourceProblem> uncertain)
    {
        if (_input.StateDoubt is { } doubt && _changes.Exists(c => c.IsRemoval || c.Adopts))
        {
            Hold(GuardCheck.StateOlderThanZoom, doubt, c => c.IsRemoval || c.Adopts);
        }

        if (ClockCheck.Finding(_input) is { } clock)
        {
            _findings.Add((clock, ClockCheck.Concerns));
        }

        if (!_changes.Exists(c => c.IsRemoval))
        {
            return;
        }

        if (uncertain.Count > 0)
        {
            // Any of the leavers may be one of them, so all are held.
            var labels = string.Join(", ", uncertain.Select(p => p.Label).OrderBy(l => l, StringComparer.Ordinal).Take(3));
            Hold(GuardCheck.UnreadableSource, Text(
                "{0} of the source cannot be used and {3} not say for certain who {4} about ({1}{2}), so nobody knows who is really missing.",
                Counted.Records(uncertain.Count),
                labels,
                uncertain.Count > 3 ? ", …" : string.Empty,
                uncertain.Count == 1 ? "does" : "do",
                uncertain.Count == 1 ? "it is" : "they are"), c => c.IsRemoval);
        }

        if (_input.OtherRules.Unreadable.Count > 0)
        {
            Hold(GuardCheck.OtherRuleUnreadable, Text(
                "Whom other rules of the account manage cannot be read: {0}. Somebody who would be removed may be one of theirs.",
                string.Join("; ", _input.OtherRules.Unreadable)), c => c.IsRemoval);
        }

        if (!_input.Account.IsComplete)
        {
            Hold(
                GuardCheck.IncompleteListing,
                "Zoom did not list all of its users in three passes, so what is known of them is not complete.",
                c => c.IsRemoval);
        }
    }

    /// <summary>
    /// Where so many people cannot be told apart that as many renames would be held, columns have slipped against each other; the few
    /// who seem to be in order have perhaps only met nobody else's address.
    /// </summary>
    private void CheckIdentities(int disputed)
    {
        if (NameCheck.Message(_input.Ledger, _changes) is { } names)
        {
            Hold(GuardCheck.TooManyRenames, names, NameCheck.TakesFamilyName);
        }

        var unclear = disputed + _changes.Count(c => c.Action == PlanAction.Relink || IsKeptFromAddress(c));
        var managed = Base(GuardKind.Rename, _input.Ledger);
        // In a first run there is nobody yet whose columns could have slipped, and one shared address must not hold everybody.
        if (managed > 0 && _input.Rule.Guard[GuardKind.Rename].RunAllowance(managed) is { } allowed && unclear > allowed
            && _changes.Exists(c => c.Held is null && (IsHeldAs(GuardKind.Rename, c) || AddressOrder.NewAddress(c) is not null)))
        {
            Hold(
                GuardCheck.TooManyRenames,
                Text(
                    "Of {0} the source does not say clearly who {1}, so perhaps columns have slipped against each other; "
                        + "nobody is renamed or created on its word.",
                    Counted.People(unclear),
                    unclear == 1 ? "it is" : "they are"),
                c => IsHeldAs(GuardKind.Rename, c));
        }
    }

    /// <summary>Whether somebody was to have another address, and cannot.</summary>
    private static bool IsKeptFromAddress(PlannedChange change) =>
        change is { Action: PlanAction.Blocked, Problem: null, Current.UserName: { } address, Desired.Values.UserName: { } wanted }
        && !string.Equals(address, wanted, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Counts everybody of whom a plan takes something against all whom the rule will have then, and those it has had before against
    /// themselves: with another rule's list a small rule would else lose all of its own people among those it takes over.
    /// </summary>
    private void CheckLimits(GuardLimits limits, Ledger ledger, Func<RecentChanges> recent)
    {
        RecentChanges? day = null;
        var kinds = _changes.Where(c => c.Held is null && !_approved.Contains(c.Key))
            .SelectMany(c => GuardedChanges.KindsOf(c).Select(k => (Kind: k, c.Adopts))).ToLookup(k => k.Kind, k => k.Adopts);
        foreach (var kind in GuardLimits.Kinds.Where(kinds.Contains))
        {
            var (all, own) = (kinds[kind].Count(), kinds[kind].Count(adopts => !adopts));
            if (!CheckLimit(kind, limits[kind], all, Base(kind, ledger), AllOfDay) && own > 0)
            {
                CheckLimit(kind, limits[kind], own, Own(kind, ledger), AllOfDay);
            }
        }

        RecentChanges AllOfDay() => day ??= recent();
    }

    /// <summary>Whether too many are concerned, of so many.</summary>
    private bool CheckLimit(GuardKind kind, GuardLimit limit, int number, int managed, Func<RecentChanges> recent)
    {
        if (limit.RunAllowance(managed) is { } run && number > run)
        {
            Hold(GuardWords.CheckOf(kind), Text(
                "{0:N0} of {1} would {2}; the rule allows {3:N0} in one run ({4}).",
                number,
                Counted.People(managed),
                GuardWords.Words(kind, number),
                run,
                GuardWords.Sources(limit.Max, limit.MaxPercent)), c => IsHeldAs(kind, c));
            return true;
        }

        if (limit.DayAllowance(managed) is null)
        {
            return false;
        }

        var day = recent();
        // Whoever left within the day was managed at its beginning.
        managed += kind == GuardKind.Reactivate ? 0 : day.Left;
        if (limit.DayAllowance(managed) is not { } allowed || number + day[kind] <= allowed)
        {
            return false;
        }

        Hold(GuardWords.CheckOf(kind), Text(
            "{0} would {1}, and {2:N0} did in the 24 hours before; the rule allows {3:N0} of {4:N0} in any 24 hours ({5}).",
            Counted.People(number),
            GuardWords.Words(kind, number),
            day[kind],
            allowed,
            managed,
            GuardWords.DaySources(limit)), c => IsHeldAs(kind, c));
        return true;
    }

    /// <summary>Of how many people a share is taken. Who was removed before can be reactivated, and who is created will be managed.</summary>
    private int Base(GuardKind kind, Ledger ledger) => Own(kind, ledger) + _changes.Count(c => c.Adopts);

    private int Own(GuardKind kind, Ledger ledger) => kind == GuardKind.Reactivate ? ledger.Entries.Count
        : ledger.ManagedCount + (kind == GuardKind.Create ? _changes.Count(c => c.Action == PlanAction.Create) : 0);

    /// <summary>
    /// A list in which many of a rule's own people are missing and another rule's stand is perhaps that one's: whoever were taken over
    /// on its word, that rule would let go.
    /// </summary>
    private void CheckShared()
    {
        var shared = _changes.Where(c => c is { Adopts: true, Held: null, ZoomId: { } id } && _input.OtherRules.Managing(id) is not null).ToList();
        if (shared.Count > 0 && _findings.Exists(f => f.Finding.DoubtsSource || f.Finding.Check is GuardCheck.TooManyDisables or GuardCheck.TooManyDeletes))
        {
            var rules = shared.Select(c => _input.OtherRules.Managing(c.ZoomId!)!).Distinct().OrderBy(r => r, StringComparer.Ordinal);
            Hold(
                GuardCheck.SharedPeople,
                Text(
                    "{0} of the source {1} managed by the rule '{2}', and many of this rule's own are missing, so perhaps the source is that rule's; "
                        + "nobody is taken over from it.",
                    Counted.People(shared.Count),
                    shared.Count == 1 ? "is" : "are",
                    string.Join("', '", rules)),
                shared.Contains);
        }
    }

    private void Hold(GuardCheck check, string message, Func<PlannedChange, bool> concerns) =>
        _findings.Add((new GuardFinding(check, HoldsRemovals: true, message), concerns));

    private void Report(GuardCheck check, string message) => _findings.Add((new GuardFinding(check, HoldsRemovals: false, message), _ => false));

    private static string Text(string format, params object[] values) => string.Format(CultureInfo.CurrentCulture, format, values);
}
