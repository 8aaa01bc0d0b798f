using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ZoomProvisioning.Pipeline;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Reports;

/// <summary>
/// A plan as a person wants to see it first: what needs attention, what is taken away, then the rest, people of one kind in one line
/// with the first names. A plan that is short anyway is shown person by person. The console and the module show the same lines.
/// </summary>
public static class PlanOverview
{
    /// <summary>How many lines people and warnings may take before they are grouped.</summary>
    public const int MostLines = 30;

    private const int FirstNames = 5;
    private const int RemovedNames = 20;
    private const int MostGroups = 4;

    // What somebody has to look at first, then what is taken away, then what is given.
    private static readonly PlanAction[] Order =
    [
        PlanAction.Blocked, PlanAction.Delete, PlanAction.Disable, PlanAction.Reactivate,
        PlanAction.Relink, PlanAction.Update, PlanAction.ChangeGroups, PlanAction.Adopt, PlanAction.Create, PlanAction.Protected, PlanAction.NoOp,
    ];

    /// <summary>The lines of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="details">Whether everybody is shown with everything that changes, however many there are.</param>
    public static IReadOnlyList<OverviewLine> Of(SyncPlan plan, bool details = false)
    {
        var changes = plan.Changes.Where(c => c.IsWorthShowing).ToList();
        var people = details || changes.Count <= MostLines ? changes.SelectMany(Person).ToList() : [];
        var lines = !details && (changes.Count > MostLines || people.Count > MostLines) ? [.. Grouped(changes, plan.Guard)] : people;
        lines.AddRange(Warnings(plan, details).Select(w => new OverviewLine(OverviewMark.Warning, $"warning: {w}")));
        lines.AddRange(plan.Guard.Select(f => new OverviewLine(f.HoldsRemovals ? OverviewMark.Attention : OverviewMark.Warning, $"Guard: {f.Message}")));
        if (PlanWords.Advice(plan) is { } advice)
        {
            lines.Add(new OverviewLine(OverviewMark.Attention, advice));
        }

        if (plan.OutOfScopeCount > 0)
        {
            lines.Add(new OverviewLine(
                OverviewMark.Plain,
                $"{Counted.Records(plan.OutOfScopeCount)} {(plan.OutOfScopeCount == 1 ? "is" : "are")} out of the rule's scope"
                    + (plan.OutOfScope.Count > 0 ? $": {ZoomProvisioning.FirstNames.Of(plan.OutOfScope, plan.OutOfScopeCount)}." : ".")));
        }

        if (SeatNeed.Words(plan) is { } seats)
        {
            lines.Add(new OverviewLine(OverviewMark.Plain, seats));
        }

        lines.Add(new OverviewLine(OverviewMark.Plain, plan.ToString()));
        return [.. lines.Select(l => l with { Text = VisibleText.OneLine(l.Text) })];
    }

    /// <summary>One person of a plan, with everything that changes.</summary>
    public static IEnumerable<OverviewLine> Person(PlannedChange change)
    {
        var mark = Mark(change);
        var held = change.Held is { } why ? $"  [held: {why}]" : string.Empty;
        if (change.Action == PlanAction.Create)
        {
            var values = string.Join(
                ", ",
                change.Changes.Where(c => c.Attribute != ZoomAttributes.UserName).Select(c => $"{c.Name} '{ZoomAttribute.Display(c.NewValue)}'"));
            yield return new OverviewLine(
                mark,
                $"{Sign(change)} {change.FriendlyName}  create{(values.Length > 0 ? ": " + values : string.Empty)}{Groups(change, ", groups ")}{held}");
            yield break;
        }

        yield return new OverviewLine(mark, $"{Sign(change)} {change.FriendlyName}  {Verb(change.Action)}: {change.ReasonAndNext}{held}");
        foreach (var attribute in change.Changes)
        {
            var byHand = attribute.Cause is ChangeCause.ZoomChanged or ChangeCause.BothChanged ? "  (changed in Zoom by hand)" : string.Empty;
            yield return new OverviewLine(mark, $"    {attribute}{byHand}");
        }

        if (change.GroupChanges.Count > 0)
        {
            yield return new OverviewLine(mark, Groups(change, "    groups "));
        }
    }

    private static IEnumerable<OverviewLine> Grouped(IReadOnlyList<PlannedChange> changes, IReadOnlyList<GuardFinding> guard)
    {
        foreach (var held in changes.Where(c => c.Held is not null)
            .GroupBy(c => c.Held!)
            .OrderByDescending(g => g.Count())
            .ThenBy(g => g.Key, StringComparer.Ordinal))
        {
            // What the guard says of them stands below.
            var why = guard.Any(f => f.Message == held.Key) ? "by the guard" : held.Key;
            yield return new OverviewLine(OverviewMark.Attention, Culture("! {0:N0} held: {1}", held.Count(), why));
            yield return new OverviewLine(OverviewMark.Attention, $"    {Names(held, RemovedNames)}");
        }

        var free = changes.Where(c => c.Held is null).ToLookup(c => c.Action);
        foreach (var action in Order.Concat(free.Select(g => g.Key).Except(Order)).Where(free.Contains))
        {
            var people = free[action].ToList();
            var mark = Mark(people[0]);
            var groups = people.GroupBy(Kind).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).ToList();
            var shown = groups.Count > MostGroups ? groups.Take(MostGroups - 1).ToList() : groups;
            var most = people[0].IsRemoval ? RemovedNames : FirstNames;
            if (groups.Count == 1)
            {
                yield return new OverviewLine(mark, Culture("{0} {1:N0} to {2}: {3}", Sign(people[0]), people.Count, Verb(action), Reason(groups[0])));
                yield return new OverviewLine(mark, $"    {Names(people, most)}");
                continue;
            }

            yield return new OverviewLine(mark, Culture("{0} {1:N0} to {2}", Sign(people[0]), people.Count, Verb(action)));
            foreach (var group in shown)
            {
                yield return new OverviewLine(mark, Culture("    {0:N0} {1}: {2}", group.Count(), Reason(group), Names(group, most)));
            }

            if (shown.Count < groups.Count)
            {
                var rest = groups.Skip(shown.Count).SelectMany(g => g).ToList();
                yield return new OverviewLine(mark, Culture("    {0:N0} for other reasons: {1}", rest.Count, Names(rest, most)));
            }
        }
    }

    // Updates are of one kind when the same attributes differ; everything else when the reason reads alike.
    private static string Kind(PlannedChange change) => change.Action is PlanAction.Update or PlanAction.Adopt && change.Changes.Count > 0
        ? AttributeChange.Names(change.Changes)
        : MessagePattern.Of(change.Reason, change.UserName);

    private static string Reason(IGrouping<string, PlannedChange> group)
    {
        var first = group.First();
        return group.Count() == 1 ? first.Reason
            : first.Action is PlanAction.Update or PlanAction.Adopt && first.Changes.Count > 0 ? $"{group.Key}, such as {first.Changes[0]}"
            : group.Key;
    }

    private static string Names(IEnumerable<PlannedChange> people, int most)
    {
        var all = people.ToList();
        var names = string.Join(", ", all.Take(most).Select(c => c.FriendlyName));
        return all.Count > most ? Culture("{0} and {1:N0} more", names, all.Count - most) : names;
    }

    private static IEnumerable<string> Warnings(SyncPlan plan, bool details)
    {
        var said = new HashSet<string>(StringComparer.Ordinal);
        var digest = new WarningDigest();
        var all = new List<string>();
        foreach (var change in plan.Changes)
        {
            foreach (var warning in (change.Desired?.Warnings ?? []).Concat(change.Remarks).Where(said.Add))
            {
                // A warning with the name of the person in front, once: some bring it along.
                var text = warning.StartsWith($"{change.UserName}:", StringComparison.OrdinalIgnoreCase) ? warning : $"{change.UserName}: {warning}";
                all.Add(text);
                digest.Add(change.UserName, text);
            }
        }

        return details || all.Count <= FirstNames ? all : digest.Take();
    }

    private static string Groups(PlannedChange change, string before) =>
        change.GroupChanges.Count == 0 ? string.Empty : before + string.Join(" ", change.GroupChanges);

    private static OverviewMark Mark(PlannedChange change) => change.Action switch
    {
        PlanAction.Create or PlanAction.Reactivate => OverviewMark.Add,
        PlanAction.Update or PlanAction.ChangeGroups => OverviewMark.Change,
        PlanAction.Adopt => change.Writes ? OverviewMark.Change : OverviewMark.Plain,
        PlanAction.Disable or PlanAction.Delete => OverviewMark.Remove,
        PlanAction.NoOp => OverviewMark.Plain,
        _ => OverviewMark.Attention,
    };

    private static char Sign(PlannedChange change) => change.Action switch
    {
        PlanAction.Create or PlanAction.Reactivate => '+',
        PlanAction.Update or PlanAction.ChangeGroups => '~',
        PlanAction.Adopt => '=',
        PlanAction.Disable or PlanAction.Delete => '-',
        PlanAction.NoOp => ' ',
        _ => '!',
    };

    private static string Verb(PlanAction action) => action switch
    {
        PlanAction.ChangeGroups => "change groups",
        PlanAction.NoOp => "leave as they are",
        PlanAction.Blocked => "look at (blocked)",
        PlanAction.Protected => "leave alone (protected)",
        _ => action.ToString().ToLowerInvariant(),
    };

    private static string Culture(string format, params object[] values) => string.Format(CultureInfo.CurrentCulture, format, values);
}
