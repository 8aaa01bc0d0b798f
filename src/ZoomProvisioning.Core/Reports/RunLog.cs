using System;
using System.Collections;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using ZoomProvisioning.Files;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Runs;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Reports;

/// <summary>
/// Log lines for runbooks: one JSON object a line, added to the file, on the disk as soon as it is written. Invariant, and never
/// with a secret. A log that breaks off in the middle stops nobody: what it lacks is said by <see cref="Failure"/>.
/// </summary>
internal sealed class RunLog : IDisposable
{
    private readonly IStateFactory _json;
    private readonly string? _path;
    private readonly object _gate = new();
    private StreamWriter? _file;

    /// <summary>Opens the log; without a file nothing is logged.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public RunLog(string? file, IStateFactory json)
    {
        _json = json;
        _path = file;
        if (file is not null)
        {
            _file = new StreamWriter(PrivateFiles.OpenToAppend(file), new UTF8Encoding(false)) { AutoFlush = true };
        }
    }

    /// <summary>What to tell when the log could not be written to its end; null when it could.</summary>
    public string? Failure { get; private set; }

    /// <summary>The plan, before anything is written.</summary>
    public void Planned(SyncPlan plan) => Line(plan.NeedsApproval ? "warning" : "info", "plan",
        ("rule", plan.Rule), ("account", plan.Account), ("planId", plan.Id), ("summary", plan.ToString()), ("guard", List(plan.Guard.Select(f => f.Message))));

    /// <summary>One person. Whoever needed nothing has no line.</summary>
    public void Result(ChangeResult result)
    {
        if (result.Outcome == ChangeOutcome.NoChange)
        {
            return;
        }

        Line(result.Outcome switch
        {
            ChangeOutcome.Done => "info",
            ChangeOutcome.Failed or ChangeOutcome.Unknown or ChangeOutcome.NotSent => "error",
            _ => "warning",
        }, "result",
            ("userName", result.UserName),
            ("zoomId", result.Id),
            ("action", result.Action.ToString()),
            ("outcome", result.Outcome.ToString()),
            ("reason", result.Reason),
            ("changes", List(result.Changes.Select(c => c.Name))),
            ("groups", List(result.GroupChanges.Select(g => g.ToString()))),
            ("warnings", List(result.Warnings)),
            ("errorId", result.Error?.ErrorId),
            ("trackingId", result.Error?.TrackingId));
    }

    /// <summary>The end of a run.</summary>
    public void Ended(ProvisioningRun run) =>
        Line(run.Outcome switch { RunOutcome.Attention or RunOutcome.Stopped => "error", RunOutcome.Held or RunOutcome.Stale => "warning", _ => "info" }, "end",
        ("rule", run.Rule),
        ("account", run.Account),
        ("runId", run.RunId),
        ("planId", run.Plan.Id),
        ("outcome", run.Outcome.ToString()),
        ("applied", run.Applied),
        ("summary", run.ToString()),
        ("stoppedBecause", run.StoppedBecause),
        ("attention", List(run.Attention.Select(g => g.ToString()))),
        ("notes", List(run.Notes)),
        ("milliseconds", (long)run.Duration.TotalMilliseconds));

    /// <summary>An error that ended the command.</summary>
    public void Failed(ScimException error) => Line("error", "error",
        ("errorId", error.ErrorId), ("message", error.Message), ("advice", error.RecommendedAction), ("trackingId", error.TrackingId));

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _file?.Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Each line was written on its own, so there is nothing left in it that is not known to be lost.
            Failure ??= $"The log '{_path}' could not be closed: {exception.Message}";
        }
    }

    private static ArrayList List(System.Collections.Generic.IEnumerable<string> texts) => new(texts.ToArray());

    private void Line(string level, string name, params (string Name, object? Value)[] values)
    {
        if (_file is null)
        {
            return;
        }

        var line = new ScimObject
        {
            ["at"] = DateTimeOffset.UtcNow.ToString("o", CultureInfo.InvariantCulture),
            ["level"] = level,
            ["event"] = name,
        };
        foreach (var (key, value) in values.Where(v => v.Value is not null))
        {
            line[key] = value;
        }

        Write(_json.ToJson(line, indented: false));
    }

    private void Write(string line)
    {
        lock (_gate)
        {
            try
            {
                _file?.WriteLine(line);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ObjectDisposedException)
            {
                // What was done is more than what was written of it: the run goes on, and says so.
                Failure = $"The log '{_path}' could not be written any further, so it ends before the run does: {exception.Message}";
                _file = null;
            }
        }
    }
}
