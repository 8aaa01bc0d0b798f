using System.Linq;
using System.Threading;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Operations;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Runs;

/// <summary>What the parts of one run share.</summary>
internal sealed class RunScope
{
    private int _failed;

    public RunScope(ZoomScimConnection connection, ProvisioningRule rule, RunJournal journal, PlanExecutorOptions options)
    {
        Connection = connection;
        Rule = rule;
        Journal = journal;
        Options = options;
        Reader = new AccountReader(connection, options.Concurrency);
        Managers = new ManagerDirectory(new UserDirectory(connection));
    }

    public ZoomScimConnection Connection { get; }

    public ProvisioningRule Rule { get; }

    public RunJournal Journal { get; }

    public PlanExecutorOptions Options { get; }

    public AccountReader Reader { get; }

    public ManagerDirectory Managers { get; }

    public SeatGate Seats { get; } = new();

    public Circuit Circuit { get; } = new();

    public WriteWatch Watch { get; } = new();

    /// <summary>An executor for one change, whose requests are in the journal before they are sent and whose replies are compared.</summary>
    public ChangeExecutor ExecutorFor(PlannedChange change)
    {
        var watched = new WatchedUserClient(Connection.Service.Users, change, Watch, Options.Verify ? ReadBack.Always : ReadBack.AfterFirst, Options.Clock);
        return new ChangeExecutor(Connection, new JournaledUserClient(watched, Journal, change, i => Mark(i, change)), watched, Options.Verify);
    }

    /// <summary>Adds to a request what later runs want to know of it: that it removes a leaver, and what the guard counts it as.</summary>
    private JournalEntry Mark(JournalEntry intent, PlannedChange change) => intent switch
    {
        { Request: WriteKind.Deactivate } when change.Leaves => intent with { IsRemoval = true, LeftUnder = Journal.LeaverPolicy },
        { Request: WriteKind.Update }
            when !change.IsRemoval && GuardedChanges.KindsOf(change.Changes, change.Current).Select(k => k.ToString()).ToList() is { Count: > 0 } kinds =>
            intent with { Kinds = kinds },
        _ => intent,
    };

    /// <summary>Learns from what went wrong.</summary>
    public void Learn(ScimException exception)
    {
        if (exception is not (ScimNotSentException or ScimWithheldException))
        {
            Interlocked.Increment(ref _failed);
        }

        Circuit.Failed(exception);
    }

    /// <summary>Stops the run where the journal can no longer be written.</summary>
    public void LearnOfJournal()
    {
        if (Journal.Failure is { } failure)
        {
            Circuit.Failed(failure);
        }
    }

    /// <summary>Counts somebody whose record cannot be used.</summary>
    public void CountFailure() => Interlocked.Increment(ref _failed);

    /// <exception cref="ScimNotSentException">The run was stopped.</exception>
    public void ThrowIfStopped(ScimCall call)
    {
        if (Circuit.OpenedBecause is { } reason)
        {
            throw new ScimNotSentException($"Not begun, because the run was stopped: {reason}")
            {
                Category = "OperationStopped",
                RecommendedAction = "Mend what stopped the run, then run the rule again.",
            };
        }

        if (call.Stop.IsCancellationRequested)
        {
            // Said here, before anything is written down: of many thousands who are not begun the journal would be filled long after the stop.
            throw new ScimNotSentException("Not begun, because the run was stopped by hand. Nothing was changed in Zoom by it.");
        }
    }

    /// <summary>Writes down a planned change that was not made.</summary>
    public void NoteNotDone(PlannedChange change, ChangeResult result) => Journal.NoteUndone(Journal.Entry(JournalKind.NotDone, change) with
    {
        Outcome = result.Outcome,
        Message = result.Reason,
        ErrorId = result.Error?.ErrorId,
    });

    /// <summary>Tells how far the run is.</summary>
    public void Report(string phase, int done, int total) => Options.OnProgress?.Invoke(new SyncProgress(phase, done, total, Volatile.Read(ref _failed)));
}
