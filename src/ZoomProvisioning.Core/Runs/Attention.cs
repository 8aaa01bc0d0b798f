using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Runs;

/// <summary>Finds who is not as the source says, and groups them by reason. Who is left alone on purpose is not among them.</summary>
internal static class Attention
{
    /// <summary>How many names a group shows.</summary>
    public const int Named = 5;

    private const int MostSentences = 8;

    private const int MostCharacters = 8000;

    /// <summary>Those of a run that was carried out.</summary>
    public static IReadOnlyList<AttentionGroup> Of(IEnumerable<ChangeResult> results, ProvisioningRule rule) =>
        Group(results.Select(r => Look(r, rule)).OfType<Case>());

    /// <summary>Those of whom a plan says already that nothing will be done about them.</summary>
    public static IReadOnlyList<AttentionGroup> Of(SyncPlan plan, ProvisioningRule rule) =>
        Group(plan.Changes.Where(c => !c.Writes && c.Held is null).Select(c => Look(PersonResult.NotDone(c, stopsAll: false), rule)).OfType<Case>());

    /// <summary>The block that says who needs attention.</summary>
    /// <param name="groups">Who, grouped by reason.</param>
    /// <param name="isUndo">Whether a run was taken back, so that people were to be as they had been.</param>
    public static string Text(IReadOnlyList<AttentionGroup> groups, bool isUndo = false)
    {
        var people = groups.Sum(g => g.Count);
        var what = isUndo ? "as before the run" : "as the source says";
        var head = people == 1 ? $"1 person is not {what}:" : string.Format(CultureInfo.CurrentCulture, "{0:N0} people are not {1}:", people, what);
        return string.Join(Environment.NewLine, groups.Select(g => "  " + VisibleText.OneLine(g.ToString(), MostCharacters)).Prepend(head));
    }

    // A list, because scripts ask it for its Count.
    private static List<AttentionGroup> Group(IEnumerable<Case> cases) => cases
        .GroupBy(c => (c.Kind, c.Error?.ErrorId))
        .SelectMany(Alike)
        .OrderBy(g => g[0].Kind).ThenByDescending(g => g.Count).ThenBy(g => g[0].Reason, StringComparer.Ordinal)
        .Select(g => new AttentionGroup(g[0].Kind, Words(g), g.Count, g.Take(Named).Select(c => c.Who).ToList(), AdviceFor(g[0])))
        .ToList();

    // One error may have several causes, each with its own sentence; words that vary without end are one group all the same.
    private static IEnumerable<IReadOnlyList<Case>> Alike(IEnumerable<Case> oneError)
    {
        var all = oneError.ToList();
        var groups = all.GroupBy(c => MessagePattern.Of(c.Reason, c.Who), StringComparer.Ordinal).ToList();
        return all[0].Error is not null && groups.Count > MostSentences ? [all] : groups.Select(g => g.ToList());
    }

    // A value that is the same for all of them helps to find it.
    private static string Words(IReadOnlyList<Case> cases)
    {
        var first = cases[0];
        return cases.Count == 1 ? first.Reason
            : MessagePattern.WithoutName(first.Reason, first.Who) is var words && cases.All(c => MessagePattern.WithoutName(c.Reason, c.Who) == words) ? words
            : MessagePattern.Of(first.Reason, first.Who);
    }

    private static Case? Look(ChangeResult result, ProvisioningRule rule)
    {
        var change = result.Planned;
        if (change?.Exception is not null)
        {
            return null;
        }

        return result.Outcome switch
        {
            ChangeOutcome.Failed => new Case(AttentionKind.Failed, result.Error?.Message ?? result.Reason, result.UserName, result.Error),
            ChangeOutcome.Unknown => new Case(AttentionKind.Unknown, result.Error?.Message ?? result.Reason, result.UserName, result.Error),
            ChangeOutcome.NotSent => new Case(AttentionKind.NotSent, result.Reason, result.UserName, result.Error),
            ChangeOutcome.Skipped when result.IsStale => new Case(AttentionKind.Stale, result.Reason, result.UserName, null),
            ChangeOutcome.Skipped when result.Error is { } error => new Case(AttentionKind.ProtectedByZoom, error.Message, result.UserName, error),
            ChangeOutcome.Skipped when change is not null && IsProtected(result, change, rule, out var byZoom) =>
                byZoom ? new Case(AttentionKind.ProtectedByZoom, result.Reason, result.UserName, null) : null,
            ChangeOutcome.Skipped when change?.Action == PlanAction.Blocked => new Case(AttentionKind.Blocked, result.Reason, result.UserName, null),
            ChangeOutcome.Skipped => new Case(AttentionKind.NotApplied, result.Reason, result.UserName, null),
            ChangeOutcome.Done or ChangeOutcome.NoChange =>
                Missing(result) is { } missing ? new Case(AttentionKind.NotApplied, missing, result.UserName, null) : null,
            _ => null,
        };
    }

    /// <summary>Whom the rule names is left alone on purpose; Zoom's own admins are not.</summary>
    private static bool IsProtected(ChangeResult result, PlannedChange change, ProvisioningRule rule, out bool byZoom)
    {
        var user = result.User ?? change.Current;
        byZoom = !change.Leaves && !rule.Protected.Names(change.UserName, user);
        return change.Action == PlanAction.Protected || rule.Protected.ReasonFor(user?.UserName ?? change.UserName, user) is not null;
    }

    /// <summary>What the source says and Zoom does not show, of somebody who was done.</summary>
    private static string? Missing(ChangeResult result)
    {
        var wished = result.Planned?.Desired?.Values.ChangedAttributes;
        // A display name that goes along with a changed name is nobody's wish.
        var notApplied = result.NotApplied
            .Where(n => wished is null || n.Attribute != ZoomAttributes.DisplayName || wished.Contains(n.Name))
            .Select(Operations.ReplyCheck.Describe);
        var all = notApplied.Concat(result.Unmet).Concat(result.Planned?.Unmet ?? []).ToList();
        return all.Count == 0 ? null : string.Join(" ", all);
    }

    private static string AdviceFor(Case first) => first.Error?.RecommendedAction is { Length: > 0 } advice ? advice : first.Kind switch
    {
        AttentionKind.Unknown => "Run the rule again: it looks at Zoom before it does anything.",
        AttentionKind.NotSent => "Run the rule again.",
        AttentionKind.NotApplied => "Look at them in Zoom; if it is to stay so, name them in the rule's exceptions.",
        AttentionKind.Stale => "Plan again.",
        _ => "Put the source, Zoom or the rule right; if it is to stay so, name them in the rule's exceptions.",
    };

    private sealed record Case(AttentionKind Kind, string Reason, string Who, ScimException? Error);
}
