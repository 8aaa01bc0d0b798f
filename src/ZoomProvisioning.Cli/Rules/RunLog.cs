using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ZoomProvisioning.Reconcile;

namespace ZoomProvisioning.Cli.Rules;

/// <summary>Log lines for runbooks: one JSON object a line, added to the file, on the disk as soon as it is written.</summary>
internal sealed class RunLog : IDisposable
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly StreamWriter? _file;

    /// <summary>Opens the log; without a file nothing is logged.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public RunLog(FileInfo? file)
    {
        if (file is not null)
        {
            file.Directory!.Create();
            _file = new StreamWriter(new FileStream(file.FullName, FileMode.Append, FileAccess.Write, FileShare.Read), new UTF8Encoding(false)) { AutoFlush = true };
        }
    }

    /// <summary>The plan, before anything is written.</summary>
    public void Planned(SyncPlan plan) => Line(new
    {
        at = Now(),
        level = plan.Held.Count > 0 ? "warning" : "info",
        @event = "plan",
        rule = plan.Rule,
        account = plan.Account,
        planId = plan.Id,
        summary = plan.ToString(),
        guard = plan.Guard.Select(f => f.Message),
    });

    /// <summary>One person. Whoever needed nothing has no line.</summary>
    public void Result(ChangeResult result)
    {
        if (result.Outcome == ChangeOutcome.NoChange)
        {
            return;
        }

        Line(new
        {
            at = Now(),
            level = result.Outcome switch { ChangeOutcome.Done => "info", ChangeOutcome.Failed or ChangeOutcome.Unknown or ChangeOutcome.NotSent => "error", _ => "warning" },
            @event = "result",
            userName = result.UserName,
            zoomId = result.Id,
            action = result.Action.ToString(),
            outcome = result.Outcome.ToString(),
            reason = result.Reason,
            changes = result.Changes.Select(c => c.Name),
            groups = result.GroupChanges.Select(g => g.ToString()),
            warnings = result.Warnings,
            errorId = result.Error?.ErrorId,
            trackingId = result.Error?.TrackingId,
        });
    }

    /// <summary>The end of a run.</summary>
    public void Ended(ProvisioningRun run) => Line(new
    {
        at = Now(),
        level = run.Outcome switch { RunOutcome.SomeFailed or RunOutcome.Stopped => "error", RunOutcome.Held => "warning", _ => "info" },
        @event = "end",
        rule = run.Rule,
        account = run.Account,
        runId = run.RunId,
        planId = run.Plan.Id,
        outcome = run.Outcome.ToString(),
        applied = run.Applied,
        summary = run.ToString(),
        stoppedBecause = run.StoppedBecause,
        notes = run.Notes,
        milliseconds = (long)run.Duration.TotalMilliseconds,
    });

    /// <summary>An error that ended the command.</summary>
    public void Failed(ScimException error) => Line(new
    {
        at = Now(),
        level = "error",
        @event = "error",
        errorId = error.ErrorId,
        message = error.Message,
        advice = error.RecommendedAction,
        trackingId = error.TrackingId,
    });

    public void Dispose() => _file?.Dispose();

    private static string Now() => DateTimeOffset.UtcNow.ToString("o");

    private void Line(object value) => _file?.WriteLine(JsonSerializer.Serialize(value, Options));
}
