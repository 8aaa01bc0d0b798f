using System.Globalization;
using System.Linq;
using ZoomProvisioning.Reconcile;

namespace ZoomProvisioning.Reports;

/// <summary>A plan as one self-contained HTML page, to read and sign off.</summary>
public static class PlanPage
{
    /// <summary>Renders the page.</summary>
    public static string Render(SyncPlan plan)
    {
        var page = new HtmlPage($"Plan for Zoom: {plan.Rule}");
        page.Put("h1", $"Plan for Zoom: {plan.Rule}").Put("p", plan.ToString()).Begin("dl")
            .Fact("Account", plan.Account)
            .Fact("Rule", plan.Rule)
            .Fact("Plan", plan.Id)
            .Fact("Made", plan.CreatedAt)
            .Fact("People in the source", plan.SourceCount.ToString("N0", CultureInfo.CurrentCulture))
            .Fact("People managed before", plan.ManagedCount.ToString("N0", CultureInfo.CurrentCulture))
            .Fact("Nothing to do", plan.Count(PlanAction.NoOp).ToString("N0", CultureInfo.CurrentCulture))
            .End()
            .Guard(plan)
            .Put("h2", "People");
        var shown = plan.Changes.Where(c => c.Action != PlanAction.NoOp).ToList();
        if (shown.Count == 0)
        {
            page.Put("p", "There is nothing to do.");
        }
        else
        {
            page.SearchBox().BeginTable("What would be done, and why. Nothing was written.", isPeople: true, "Action", "Person", "Changes", "Reason");
            foreach (var change in shown)
            {
                page.Begin("tr").Put("td", change.Held is null ? change.Action.ToString() : $"{change.Action}, held back", PeopleCells.Class(change.Action))
                    .Person(change.UserName, change.Current?.DisplayName ?? change.Desired?.Values.DisplayName)
                    .Changes(change.Changes, change.GroupChanges, change.Action == PlanAction.Create)
                    .Put("td", string.Join(" ", new[] { change.Reason, change.Held }.Concat(change.Remarks).Where(t => !string.IsNullOrEmpty(t))), "dir=\"auto\"")
                    .End();
            }

            page.EndTable();
        }

        page.Put("h2", "Sign-off").Begin("div", "class=\"sign\"")
            .Put("p", "Name: ______________________________   Date: ________________")
            .Put("p", string.Format(CultureInfo.CurrentCulture, "Removals approved: ______ of {0:N0}", PeopleCells.Removals(plan)))
            .Begin("p").Text("To carry it out: ").Put("code", $"Invoke-ZoomProvisioningPlan -Path plan.json{(plan.Held.Count > 0 ? $" -Approve {PeopleCells.Removals(plan).ToString(CultureInfo.InvariantCulture)}" : string.Empty)}").End()
            .End();
        return page.Finish();
    }
}
