using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using ZoomProvisioning.Cli.Source;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Cli.Views;

/// <summary>One JSON object a line, for programs.</summary>
internal sealed class JsonView : IRunView
{
    // Names of people stay readable; the output goes to a file or a program, never into a web page.
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly TextWriter _output;

    public JsonView(TextWriter output) => _output = output;

    public void ShowTest(IReadOnlyList<ConnectionTestStep> steps)
    {
        foreach (var step in steps)
        {
            Line(new { type = "test", step = step.Name, outcome = step.Outcome.ToString(), milliseconds = step.Duration.TotalMilliseconds, detail = step.Detail, zoomMessage = step.ZoomMessage, remedy = step.Remedy });
        }
    }

    public void ShowReport(ConnectionReport report)
    {
        ShowTest(report.Steps);
        Line(new { type = "report", connection = report.Connection, testedAt = report.TestedAt, passed = report.Passed, text = report.Text });
    }

    public void ShowPlan(CsvContent source, SyncPlan plan)
    {
        foreach (var failure in source.Failures)
        {
            Line(new { type = "unreadable", line = failure.Line, errorId = failure.Error.ErrorId, message = failure.Error.Message, advice = failure.Error.RecommendedAction });
        }

        foreach (var warning in source.Warnings)
        {
            ShowWarning(warning);
        }

        foreach (var change in plan.Changes)
        {
            Line(new
            {
                type = "planned",
                userName = change.UserName,
                action = change.Action.ToString(),
                reason = change.Reason,
                changes = change.Changes.Select(c => new { attribute = c.Name, oldValue = c.OldValue, oldIsKnown = c.OldIsKnown, newValue = c.NewValue }),
                warnings = change.Desired?.Warnings ?? [],
            });
        }

        Line(new
        {
            type = "plan",
            create = plan.Count(PlanAction.Create),
            update = plan.Count(PlanAction.Update),
            reactivate = plan.Count(PlanAction.Reactivate),
            disable = plan.Count(PlanAction.Disable),
            delete = plan.Count(PlanAction.Delete),
            blocked = plan.Count(PlanAction.Blocked),
            unchanged = plan.Count(PlanAction.NoOp),
            unreadable = source.Failures.Count,
        });
    }

    public void ShowResult(ChangeResult result) => Line(new
    {
        type = "result",
        userName = result.UserName,
        id = result.Id,
        action = result.Action.ToString(),
        outcome = result.Outcome.ToString(),
        reason = result.Reason,
        warnings = result.Warnings,
        errorId = result.Error?.ErrorId,
        advice = result.Error?.RecommendedAction,
        trackingId = result.Error?.TrackingId,
    });

    public void ShowSummary(CsvContent source, IReadOnlyList<ChangeResult> results)
    {
        var summary = new RunSummary(source, results);
        Line(new
        {
            type = "summary",
            people = summary.People,
            created = summary.Created,
            updated = summary.Updated,
            reactivated = summary.Reactivated,
            disabled = summary.Disabled,
            unchanged = summary.Unchanged,
            blocked = summary.Blocked,
            failed = summary.Failed,
        });
    }

    public void ShowWarning(string warning) => Line(new { type = "warning", message = warning });

    public void ShowError(string message, string? advice) => Line(new { type = "error", message, advice });

    private void Line(object value) => _output.WriteLine(JsonSerializer.Serialize(value, Options));
}
