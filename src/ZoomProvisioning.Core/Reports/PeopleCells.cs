using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Reconcile;

namespace ZoomProvisioning.Reports;

/// <summary>The cells that plan page and run report share.</summary>
internal static class PeopleCells
{
    /// <summary>A person's name and address; names of either direction stay apart from what is around them.</summary>
    public static HtmlPage Person(this HtmlPage page, string userName, string? displayName)
    {
        page.Begin("td", "dir=\"auto\"").Put("bdi", displayName is { Length: > 0 } name && name != userName ? name : userName);
        if (displayName is { Length: > 0 } other && other != userName)
        {
            page.Text(" ").Put("span", userName, "class=\"soft\"");
        }

        return page.End();
    }

    /// <summary>What changes, as old and new, and who changed it.</summary>
    public static HtmlPage Changes(this HtmlPage page, IReadOnlyList<AttributeChange> changes, IReadOnlyList<GroupChange> groups, bool isNew)
    {
        page.Begin("td", "dir=\"auto\"");
        if (changes.Count + groups.Count > 0)
        {
            page.Begin("ul", "class=\"changes\"");
            foreach (var change in changes)
            {
                page.Begin("li").Text($"{change.Name}: ");
                if (!isNew)
                {
                    page.Put("del", change.OldIsKnown ? ZoomAttribute.Display(change.OldValue) : "(not told by Zoom)").Text(" → ");
                }

                page.Put("ins", ZoomAttribute.Display(change.NewValue));
                if (CauseOf(change) is { } cause)
                {
                    page.Text(" ").Put("span", cause, "class=\"warn\"");
                }

                page.End();
            }

            foreach (var group in groups)
            {
                page.Begin("li").Text("group ").Put(group.Adds ? "ins" : "del", group.ToString()).End();
            }

            page.End();
        }

        return page.End();
    }

    /// <summary>Who changed an attribute, where that is worth saying.</summary>
    public static string? CauseOf(AttributeChange change) => change.Cause switch
    {
        ChangeCause.ZoomChanged => "changed in Zoom by hand",
        ChangeCause.BothChanged => "changed in the source and in Zoom by hand",
        _ => null,
    };

    /// <summary>The guard's findings.</summary>
    public static HtmlPage Guard(this HtmlPage page, SyncPlan plan)
    {
        if (plan.Guard.Count == 0)
        {
            return page;
        }

        page.Put("h2", "Guard").Begin("ul");
        foreach (var finding in plan.Guard)
        {
            page.Put("li", finding.Message, finding.HoldsRemovals ? "class=\"bad\"" : "class=\"warn\"");
        }

        return page.End();
    }

    /// <summary>The class of an action's text.</summary>
    public static string Class(PlanAction action) => action switch
    {
        PlanAction.Create or PlanAction.Reactivate or PlanAction.Adopt => "class=\"good\"",
        PlanAction.Disable or PlanAction.Delete => "class=\"bad\"",
        PlanAction.Blocked or PlanAction.Protected => "class=\"warn\"",
        _ => "class=\"text\"",
    };

    /// <summary>How many removals there are in a plan.</summary>
    public static int Removals(SyncPlan plan) => plan.Changes.Count(c => c.IsRemoval);
}
