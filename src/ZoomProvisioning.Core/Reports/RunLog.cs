using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using ZoomProvisioning.Contracts;
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
    public void Planned(SyncPlan plan) => Write(Line(plan.NeedsApproval ? "warning" : "info", "plan") with
    {
        Rule = plan.Rule,
        Account = plan.Account,
        PlanId = plan.Id,
        Summary = plan.ToString(),
        Guard = [.. plan.Guard.Select(f => f.Message)],
    });

    /// <summary>One person. Whoever needed nothing has no line.</summary>
    public void Result(ChangeResult result)
    {
        if (result.Outcome == ChangeOutcome.NoChange)
        {
            return;
        }

        var level = result.Outcome switch
        {
            ChangeOutcome.Done => "info",
            ChangeOutcome.Failed or ChangeOutcome.Unknown or ChangeOutcome.NotSent => "error",
            _ => "warning",
        };
        Write(Line(level, "result") with
        {
            UserName = result.UserName,
            ZoomId = result.Id,
            Action = result.Action.ToString(),
            Outcome = result.Outcome.ToString(),
            Reason = result.Reason,
            Changes = [.. result.Changes.Select(c => c.Name)],
            Groups = [.. result.GroupChanges.Select(g => g.ToString())],
            Warnings = [.. result.Warnings],
            ErrorId = result.Error?.ErrorId,
            TrackingId = result.Error?.TrackingId,
        });
    }

    /// <summary>The end of a run.</summary>
    public void Ended(ProvisioningRun run)
    {
        var level = run.Outcome switch
        {
            RunOutcome.Attention or RunOutcome.Stopped => "error",
            RunOutcome.Held or RunOutcome.Stale => "warning",
            _ => "info",
        };
        Write(Line(level, "end") with
        {
            Rule = run.Rule,
            Account = run.Account,
            RunId = run.RunId,
            PlanId = run.Plan.Id,
            Outcome = run.Outcome.ToString(),
            Applied = run.Applied,
            Summary = run.ToString(),
            StoppedBecause = run.StoppedBecause,
            Attention = [.. run.Attention.Select(g => g.ToString())],
            Notes = [.. run.Notes],
            Milliseconds = (long)run.Duration.TotalMilliseconds,
        });
    }

    /// <summary>What became of a notification.</summary>
    public void Notified(NotificationResult result) => Write(Line(result.Arrived ? "info" : "warning", "notification") with
    {
        Outcome = result.Arrived ? "Arrived" : "Failed",
        Summary = result.ToString(),
        ErrorId = result.ErrorId,
        Advice = result.RecommendedAction,
    });

    /// <summary>An error that ended the command.</summary>
    public void Failed(ScimException error) => Write(Line("error", "error") with
    {
        ErrorId = error.ErrorId,
        Message = error.Message,
        Advice = error.RecommendedAction,
        TrackingId = error.TrackingId,
    });

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

    private static LogEntry Line(string level, string name) =>
        new(DateTimeOffset.UtcNow.ToString("o", CultureInfo.InvariantCulture), level, name);

    private void Write(LogEntry line)
    {
        lock (_gate)
        {
            try
            {
                _file?.WriteLine(VisibleText.InJson(_json.ToJson(line)));
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
