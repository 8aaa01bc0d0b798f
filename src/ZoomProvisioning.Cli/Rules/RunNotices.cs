using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Cli.Views;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Engine;
using ZoomProvisioning.Notifications;
using ZoomProvisioning.Reports;
using ZoomProvisioning.Rules;
using ZoomProvisioning.Runs;

namespace ZoomProvisioning.Cli.Rules;

/// <summary>Tells those whom a rule names of its runs (notify), and shows what became of that.</summary>
internal sealed class RunNotices
{
    private readonly Notifier _notifier;
    private readonly IView _view;
    private readonly CancellationToken _cancellation;

    /// <summary>Makes one.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="file">Its file; null for the built-in rule.</param>
    /// <param name="source">The source, as the command line has it; null where the rule names it, or a plan is applied.</param>
    /// <param name="view">The view.</param>
    /// <param name="cancellation">Ctrl+C.</param>
    public RunNotices(ProvisioningRule rule, FileInfo? file, string? source, IView view, CancellationToken cancellation)
    {
        var engine = new EngineFactory();
        var named = string.Concat(
            new[] { ("--rule", file?.ToString()), ("--source", source) }
                .Where(o => o.Item2 is not null)
                .Select(o => $" {o.Item1} {PlanApprovals.Argument(o.Item2!)}"));
        var words = new CommandWords(_ => $"zoomprov plan{named}", _ => $"zoomprov sync{named} --resume", text => ConsoleWords.Of(text));
        _notifier = new Notifier(rule, engine.Notifications, engine.Programs, words, SystemClock.Instance);
        _view = view;
        _cancellation = cancellation;
    }

    /// <summary>Does the work, and tells of what ends it.</summary>
    public async Task<T> WatchAsync<T>(RunLog log, Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ScimException or IOException or UnauthorizedAccessException or ArgumentException or FormatException)
        {
            var error = exception as ScimException ?? new ScimException("Zoom.Call.Unexpected", exception.Message, exception)
            {
                Category = "NotSpecified",
                RecommendedAction = "Look at what is named there, and run the rule again.",
            };
            Show(log, await _notifier.TellAsync(error, string.Empty, _cancellation).ConfigureAwait(false));
            throw;
        }
    }

    /// <summary>Tells of a run.</summary>
    public async Task<ProvisioningRun> TellAsync(RunLog log, ProvisioningRun run)
    {
        if (!_cancellation.IsCancellationRequested)
        {
            run.Notifications = await _notifier.TellAsync(run, _cancellation).ConfigureAwait(false);
            Show(log, run.Notifications);
        }

        return run;
    }

    /// <summary>Sends a test to each target.</summary>
    /// <returns>Whether all arrived.</returns>
    public async Task<bool> TestAsync()
    {
        var results = await _notifier.TestAsync(_cancellation).ConfigureAwait(false);
        Show(null, results);
        return results.All(r => r.Arrived);
    }

    private void Show(RunLog? log, IReadOnlyList<NotificationResult> results)
    {
        foreach (var result in results)
        {
            log?.Notified(result);
            _view.ShowNotification(result);
        }
    }
}
