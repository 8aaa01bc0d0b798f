using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Input;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Rules;
using ZoomProvisioning.Runs;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Cli.Views;

/// <summary>One JSON object a line, for programs; the members are alike whatever the command. Who needs nothing has no line; the plan counts them.</summary>
internal sealed class JsonView : IView
{
    // Names of people stay readable; the output goes to a file or a program, never into a web page.
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly TextWriter _output;
    private readonly IStateFactory _json;

    public JsonView(TextWriter output, IStateFactory json)
    {
        _output = output;
        _json = json;
    }

    public void ShowTest(IReadOnlyList<ConnectionTestStep> steps)
    {
        foreach (var step in steps)
        {
            Line(new
            {
                type = "test",
                step = step.Name,
                outcome = step.Outcome.ToString(),
                milliseconds = step.Duration.TotalMilliseconds,
                detail = step.Detail,
                zoomMessage = step.ZoomMessage,
                remedy = step.Remedy,
            });
        }
    }

    public void ShowReport(ConnectionReport report)
    {
        ShowTest(report.Steps);
        Line(new { type = "report", connection = report.Connection, testedAt = report.TestedAt, passed = report.Passed, text = report.Text });
    }

    public void ShowComparison(IReadOnlyList<UserComparison> compared)
    {
        foreach (var person in compared.Where(c => c.Difference != UserDifference.Equal))
        {
            Line(new
            {
                type = "difference",
                difference = person.Difference.ToString(),
                userName = person.UserName,
                zoomId = person.ZoomId,
                details = person.Details,
                changes = person.Changes.Select(c => new { attribute = c.Name, source = c.NewValue, zoom = c.OldValue }),
                line = (person.Source as SourcePlace)?.Number,
            });
        }

        Line(new
        {
            type = "comparison",
            differences = compared.GroupBy(c => c.Difference).ToDictionary(g => g.Key.ToString(), g => g.Count()),
        });
    }

    public void ShowRuns(IReadOnlyList<HistoryRun> runs)
    {
        foreach (var run in runs)
        {
            Line(HistoryJson.Of(run));
        }
    }

    public void ShowHistory(IEnumerable<JournalEntry> entries)
    {
        foreach (var entry in entries)
        {
            Line(HistoryJson.Of(entry, _json));
        }
    }

    public void ShowApproval(SyncPlan plan, ProvisioningApproval approval) => Line(new
    {
        type = "approval",
        planId = approval.PlanId,
        rule = approval.Rule,
        who = approval.Who,
        at = approval.At,
        comment = approval.Comment,
        signedBy = approval.SignedBy,
        approved = approval.Entries.Count,
        of = approval.Of,
        entries = approval.Entries.Select(e => new { action = e.Action, userName = e.UserName }),
        path = approval.Path,
    });

    public void ShowError(string message, string? advice) => Line(new { type = "error", message, advice });

    public void ShowNotification(NotificationResult result) => Line(new
    {
        type = "notification",
        target = result.Target,
        address = result.Address,
        arrived = result.Arrived,
        message = result.Message,
        errorId = result.ErrorId,
        advice = result.RecommendedAction,
        milliseconds = result.Duration.TotalMilliseconds,
    });

    public void ShowNote(string note) => Line(new { type = "note", message = note });

    public void ShowWarning(string warning) => Line(new { type = "warning", message = warning });

    public void ShowRule(ProvisioningRule rule, SourceSnapshot? source)
    {
        foreach (var problem in source?.Problems ?? [])
        {
            Line(new
            {
                type = "unreadable",
                label = problem.Label,
                userName = problem.UserName,
                errorId = problem.Error.ErrorId,
                message = problem.Error.Message,
                advice = problem.Error.RecommendedAction,
            });
        }

        Line(new
        {
            type = "rule",
            name = rule.Name,
            valid = true,
            inScope = source?.People.Count,
            outOfScope = source?.OutOfScope.Count,
            unreadable = source?.Problems.Count,
            warnings = source?.Warnings ?? [],
        });
    }

    public void ShowPlan(SyncPlan plan)
    {
        foreach (var change in plan.Changes.Where(c => c.IsWorthShowing))
        {
            Line(Change(change));
        }

        foreach (var finding in plan.Guard)
        {
            Line(new { type = "guard", check = finding.Check.ToString(), holdsRemovals = finding.HoldsRemovals, message = ConsoleWords.Of(finding.Message) });
        }

        Line(new
        {
            type = "plan",
            id = plan.Id,
            rule = plan.Rule,
            account = plan.Account,
            create = plan.Count(PlanAction.Create),
            adopt = plan.Count(PlanAction.Adopt),
            update = plan.Count(PlanAction.Update),
            reactivate = plan.Count(PlanAction.Reactivate),
            changeGroups = plan.Count(PlanAction.ChangeGroups),
            relink = plan.Count(PlanAction.Relink),
            disable = plan.Count(PlanAction.Disable),
            delete = plan.Count(PlanAction.Delete),
            blocked = plan.Count(PlanAction.Blocked),
            @protected = plan.Count(PlanAction.Protected),
            unchanged = plan.Count(PlanAction.NoOp),
            held = plan.Held.Count,
            outOfScope = plan.OutOfScopeCount,
            pending = plan.Pending.Count,
            approve = plan.MayBeApproved ? plan.ShortId : null,
            seats = plan.Seats.Select(s => new { license = s.License, needed = s.Needed, freed = s.Freed }),
            needsApproval = plan.NeedsSignOff,
            expiresAt = plan.ExpiresAt,
        });
    }

    public void ShowResult(ChangeResult result)
    {
        if (result.Outcome == ChangeOutcome.NoChange)
        {
            return;
        }

        Line(new
        {
            type = "result",
            userName = result.UserName,
            id = result.Id,
            action = result.Action.ToString(),
            outcome = result.Outcome.ToString(),
            stale = result.IsStale,
            reason = ConsoleWords.Of(result.Reason),
            warnings = result.Warnings,
            notApplied = result.NotApplied.Select(c => new { attribute = c.Name, sent = c.NewValue, shown = c.OldValue }),
            verified = result.Verified,
            errorId = result.Error?.ErrorId,
            advice = ConsoleWords.Of(result.Error?.RecommendedAction),
            trackingId = result.Error?.TrackingId,
        });
    }

    public void ShowRun(ProvisioningRun run) => Line(new
    {
        type = "summary",
        runId = run.RunId,
        undoes = run.Undoes,
        applied = run.Applied,
        outcome = run.Outcome.ToString(),
        created = run.Created,
        adopted = run.Adopted,
        updated = run.Updated,
        reactivated = run.Reactivated,
        disabled = run.Disabled,
        deleted = run.Deleted,
        unchanged = run.Unchanged,
        skipped = run.Skipped,
        stale = run.Stale,
        held = run.Held,
        failed = run.Failed,
        notSent = run.NotSent,
        stoppedBecause = run.StoppedBecause,
        attention = run.Attention.Select(g => new { kind = g.Kind.ToString(), reason = g.Reason, count = g.Count, names = g.Names, advice = g.Advice }),
        notes = run.Notes,
        milliseconds = (long)run.Duration.TotalMilliseconds,
    });

    public void ShowExplanation(PersonExplanation person) => Line(new
    {
        type = "explanation",
        line = person.Row?.Source is SourcePlace { Number: > 0 } place ? place.Number : (int?)null,
        label = person.Record is null ? null : person.Name,
        scope = person.Record?.Scope,
        inScope = person.Record?.InScope,
        anchor = person.Record?.Anchor,
        attributes = person.Record?.Attributes.Select(a => new
        {
            name = a.Name,
            source = a.Source,
            rawValue = a.RawValue?.ToString(),
            value = a.Value,
            apply = a.Apply.ToString(),
            writeOnly = a.WriteOnly,
        }),
        groups = person.Record?.Groups.Select(g => new { name = g.Name, reason = g.Reason, wanted = g.IsWanted }),
        warnings = person.Record?.Warnings,
        problem = person.Record?.Problem?.Message,
        outOfScopeBy = person.Record?.OutOfScopeBy,
        zoom = person.ZoomState,
        verdict = person.Verdict,
        planned = person.Change is null ? null : Change(person.Change),
        trouble = person.Trouble,
        before = person.Before,
        requests = person.Requests.Select(r => new
        {
            method = r.Method,
            path = r.Path,
            body = r.Body is null ? null : JsonNode.Parse(_json.ToJson(r.Body, indented: false)),
        }),
    });

    private static object Change(PlannedChange change) => new
    {
        type = "planned",
        userName = change.UserName,
        id = change.ZoomId,
        action = change.Action.ToString(),
        reason = change.Reason,
        next = change.Next,
        exception = change.Exception,
        held = ConsoleWords.Of(change.Held),
        changes = change.Changes.Select(c => new
        {
            attribute = c.Name,
            oldValue = c.OldValue,
            oldIsKnown = c.OldIsKnown,
            newValue = c.NewValue,
            cause = c.Cause.ToString(),
        }),
        groups = change.GroupChanges.Select(g => g.ToString()),
        warnings = (change.Desired?.Warnings ?? []).Concat(change.Remarks),
    };

    private void Line(object value) => _output.WriteLine(VisibleText.InJson(JsonSerializer.Serialize(value, Options)));
}
