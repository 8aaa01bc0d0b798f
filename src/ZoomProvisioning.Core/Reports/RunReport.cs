using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ZoomProvisioning.Reconcile;

namespace ZoomProvisioning.Reports;

/// <summary>A run as one self-contained HTML page: counts, changes, failures with advice, what was held back, and drift.</summary>
public static class RunReport
{
    /// <summary>Renders the page.</summary>
    public static string Render(ProvisioningRun run)
    {
        var page = new HtmlPage($"Zoom run: {run.Rule}");
        page.Put("h1", $"Zoom run: {run.Rule}").Put("p", run.ToString()).Begin("dl")
            .Fact("Account", run.Account)
            .Fact("Rule", run.Rule)
            .Fact("Run", run.RunId)
            .Fact("Plan", run.Plan.Id)
            .Fact("By", run.Actor)
            .Fact("Began", run.StartedAt)
            .Fact("Took", string.Format(CultureInfo.CurrentCulture, "{0:N1} s", run.Duration.TotalSeconds))
            .Fact("Outcome", run.Outcome.ToString())
            .End();
        if (run.StoppedBecause is { } reason)
        {
            page.Put("p", $"The run was stopped: {reason}", "class=\"bad\"");
        }

        foreach (var note in run.Notes)
        {
            page.Put("p", note, "class=\"warn\"");
        }

        Counts(page, run);
        page.Guard(run.Plan);
        Failures(page, run);
        Held(page, run);
        Drift(page, run);
        People(page, run);
        return page.Finish();
    }

    private static void Counts(HtmlPage page, ProvisioningRun run)
    {
        page.Put("h2", "In numbers").Begin("dl");
        foreach (var (name, number) in new[]
        {
            ("Created", run.Created), ("Adopted", run.Adopted), ("Updated", run.Updated), ("Reactivated", run.Reactivated), ("Disabled", run.Disabled), ("Deleted", run.Deleted),
            ("Unchanged", run.Unchanged), ("Skipped", run.Skipped), ("Held back", run.Held), ("Failed", run.Failed), ("Not sent", run.NotSent), ("Unreadable records", run.SourceProblems.Count),
        })
        {
            page.Fact(name, number.ToString("N0", CultureInfo.CurrentCulture));
        }

        page.End();
    }

    private static void Failures(HtmlPage page, ProvisioningRun run)
    {
        var failed = run.Results.Where(r => r.Outcome is ChangeOutcome.Failed or ChangeOutcome.Unknown or ChangeOutcome.NotSent).ToList();
        if (failed.Count == 0)
        {
            return;
        }

        page.Put("h2", "Failures").BeginTable("Who failed, in Zoom's words, and what to do.", isPeople: false, "Person", "Action", "What happened", "What to do", "Zoom's tracking id");
        foreach (var result in failed)
        {
            page.Begin("tr").Person(result.UserName, result.User?.DisplayName).Put("td", $"{result.Action}, {result.Outcome}")
                .Put("td", string.Join(" ", new[] { result.Reason, result.Error?.ZoomMessage is { } words && !result.Reason.Contains(words) ? words : null }.Where(t => t is not null)), "dir=\"auto\" class=\"bad\"")
                .Put("td", result.Error?.RecommendedAction).Put("td", result.Error?.TrackingId).End();
        }

        page.EndTable();
    }

    private static void Held(HtmlPage page, ProvisioningRun run)
    {
        var held = run.Plan.Held;
        if (held.Count == 0)
        {
            return;
        }

        page.Put("h2", "Held back by the guard")
            .Begin("p").Text("To let them go: ").Put("code", $"-Approve {PeopleCells.Removals(run.Plan).ToString(CultureInfo.InvariantCulture)}").End()
            .BeginTable("Who would have been removed.", isPeople: false, "Person", "Action", "Reason");
        foreach (var change in held)
        {
            page.Begin("tr").Person(change.UserName, change.Current?.DisplayName).Put("td", change.Action.ToString()).Put("td", change.Reason, "dir=\"auto\"").End();
        }

        page.EndTable();
    }

    private static void Drift(HtmlPage page, ProvisioningRun run)
    {
        var drift = run.Drift.ToList();
        if (drift.Count == 0)
        {
            return;
        }

        page.Put("h2", "Changed in Zoom by hand").BeginTable("What Zoom had, what the source wants, and who changed it since the rule last saw it.", isPeople: false, "Person", "Attribute", "Zoom", "Source", "Who");
        foreach (var (change, attribute) in drift.SelectMany(c => c.Changes.Where(a => PeopleCells.CauseOf(a) is not null).Select(a => (c, a))))
        {
            page.Begin("tr").Person(change.UserName, change.Current?.DisplayName).Put("td", attribute.Name)
                .Put("td", ZoomAttribute.Display(attribute.OldValue), "dir=\"auto\"").Put("td", ZoomAttribute.Display(attribute.NewValue), "dir=\"auto\"").Put("td", PeopleCells.CauseOf(attribute)).End();
        }

        page.EndTable();
    }

    private static void People(HtmlPage page, ProvisioningRun run)
    {
        var shown = run.Results.Where(r => r.Outcome != ChangeOutcome.NoChange).ToList();
        page.Put("h2", "People");
        if (shown.Count == 0)
        {
            page.Put("p", "Nothing had to be done.");
            return;
        }

        page.SearchBox().BeginTable("Everybody for whom there was something to do.", isPeople: true, "Action", "Outcome", "Person", "Changes", "Reason");
        foreach (var result in shown)
        {
            page.Begin("tr").Put("td", result.Action.ToString(), PeopleCells.Class(result.Action)).Put("td", result.Outcome.ToString(), Class(result.Outcome))
                .Person(result.UserName, result.User?.DisplayName)
                .Changes(result.Changes, result.GroupChanges, result.Action == PlanAction.Create)
                .Put("td", string.Join(" ", new List<string> { result.Reason }.Concat(result.Warnings)), "dir=\"auto\"").End();
        }

        page.EndTable();
    }

    private static string Class(ChangeOutcome outcome) => outcome switch
    {
        ChangeOutcome.Done => "class=\"good\"",
        ChangeOutcome.Failed or ChangeOutcome.Unknown or ChangeOutcome.NotSent => "class=\"bad\"",
        _ => "class=\"warn\"",
    };
}
