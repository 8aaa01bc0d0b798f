using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Cli.Running;
using ZoomProvisioning.Cli.Views;
using ZoomProvisioning.Engine;
using ZoomProvisioning.Files;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reports;
using ZoomProvisioning.Runs;

namespace ZoomProvisioning.Cli.Rules;

/// <summary>What a run shows and leaves behind: the view, the log, the report.</summary>
internal sealed class RunOutput(IView view, FileInfo? logFile, FileInfo? report, CancellationToken stop)
{
    /// <summary>Does the work with the log open, and logs what ends it.</summary>
    public async Task<int> LoggedAsync(Func<RunLog, Task<int>> work)
    {
        using var log = logFile is null
            ? new RunLog(null, new StateFactory())
            : await Opening.RunAsync(() => new RunLog(logFile.FullName, new StateFactory()), $"the log '{logFile}'", stop).ConfigureAwait(false);
        try
        {
            return await work(log).ConfigureAwait(false);
        }
        catch (ScimException exception)
        {
            log.Failed(exception);
            throw;
        }
    }

    public void Show(SyncPlan plan, RunLog log)
    {
        log.Planned(plan);
        view.ShowPlan(plan);
    }

    public void Show(ChangeResult result, RunLog log)
    {
        log.Result(result);
        view.ShowResult(result);
    }

    /// <summary>Shows how a run ended.</summary>
    /// <returns>The exit code.</returns>
    public int End(ProvisioningRun run, RunLog log)
    {
        view.ShowRun(run);
        log.Ended(run);
        if (log.Failure is { } failure)
        {
            view.ShowWarning(failure);
        }

        WriteReport(run);

        return ExitCode.Of(run);
    }

    private void WriteReport(ProvisioningRun run)
    {
        if (report is null)
        {
            return;
        }

        try
        {
            AtomicFile.WriteText(report.FullName, to => RunReport.Write(run, to, new PageOptions { Advice = ConsoleWords.Of }));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What was done was done, and is in the journal.
            view.ShowWarning($"The report '{report.FullName}' could not be written: {exception.Message} "
                + "The run is as told here; zoomprov history shows it again.");
        }
    }
}
