using System.Linq;
using System.Text.Json.Nodes;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Cli.Views;

/// <summary>What the journals tell, as JSON: a run a line, or an entry a line.</summary>
internal static class HistoryJson
{
    public static object Of(HistoryRun run) => new
    {
        type = "run",
        runId = run.RunId,
        rule = run.Rule,
        what = run.What,
        actor = run.Actor,
        startedAt = run.StartedAt,
        endedAt = run.EndedAt,
        outcome = run.Outcome,
        counts = run.Counts,
        undoes = run.Undoes,
        summary = run.Summary,
    };

    public static object Of(JournalEntry entry, IStateFactory json) => new
    {
        type = "entry",
        number = entry.Number,
        at = entry.At,
        kind = entry.Kind.ToString(),
        runId = entry.RunId,
        rule = entry.Rule,
        actor = entry.Actor,
        command = entry.Command,
        planId = entry.PlanId,
        userName = entry.UserName,
        zoomId = entry.ZoomId,
        anchor = entry.Anchor,
        action = entry.Action?.ToString(),
        request = entry.Request?.ToString(),
        answers = entry.Answers,
        outcome = entry.Outcome?.ToString(),
        errorId = entry.ErrorId,
        message = entry.Message ?? entry.Summary,
        trackingId = entry.TrackingId,
        groupId = entry.GroupId,
        groupName = entry.GroupName,
        members = entry.Members,
        attributes = entry.Body is null ? null : SentAttributes.In(entry.Body).Select(a => a.Name),
        body = Node(entry.Body, json),
        before = Node(entry.Before, json),
        after = Node(entry.After, json),
    };

    private static JsonNode? Node(ScimObject? resource, IStateFactory json) =>
        resource is null ? null : JsonNode.Parse(json.ToJson(resource, indented: false));
}
