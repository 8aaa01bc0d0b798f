using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Cli.Connecting;
using ZoomProvisioning.Cli.Views;
using ZoomProvisioning.Engine;
using ZoomProvisioning.Files;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;
using ZoomProvisioning.Runs;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Cli.Rules;

/// <summary>Takes a run back.</summary>
internal sealed class UndoRuns(UndoChoice choice, ConnectionChoice account, IView view, CancellationToken cancellation)
{
    private readonly RunOutput _output = new(view, choice.Log, choice.Report, cancellation);

    /// <summary>Plans, and carries out unless that is all.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> RunAsync(bool onlyPlans) => _output.LoggedAsync(async log =>
    {
        var named = choice.Rule is null ? null : RuleSession.Load(choice.Rule);
        await using var journals = AccountJournals.Open(null, RootOf(), account, alone: false, cancellation);
        var (run, place) = HistoryRuns.Find(journals.History, choice.RunId);
        journals.TakeAccountOf(place);
        var request = new UndoRequest(journals.History, run, place) { User = choice.User, DeletesCreated = choice.DeletesCreated };
        var rule = named is not null && place.Rule is not null ? named : request.FindRule(Read, view.ShowNote);
        var state = request.StateIn(new StateFactory(), AccountKey.Of(journals.Zoom));
        var undo = new UndoRun(journals.Zoom, rule, state, request, new RuleSyncOptions
        {
            Approve = choice.Approve,
            ApprovedPlan = choice.ApprovedPlan is null ? null : PlanApprovals.Read(choice.ApprovedPlan),
            Verify = choice.Verify,
            Confirm = plan =>
            {
                _output.Show(plan, log);
                return Task.FromResult(true);
            },
            OnResult = result => _output.Show(result, log),
        });
        if (!onlyPlans)
        {
            var notices = new RunNotices(rule, choice.Rule, null, view, cancellation);
            return await notices.WatchAsync(log, async () =>
            {
                var done = await undo.RunAsync(journals.Call).ConfigureAwait(false);
                return _output.End(await notices.TellAsync(log, done).ConfigureAwait(false), log);
            }).ConfigureAwait(false);
        }

        var plan = await undo.PlanAsync(journals.Call).ConfigureAwait(false);
        _output.Show(plan, log);
        if (choice.PlanFile is { } file)
        {
            AtomicFile.Write(file.FullName, to => new StateFactory().WritePlan(plan, to));
        }

        return _output.End(undo.Planned(plan), log);
    });

    private static ProvisioningRule Read(string file) => RuleSession.Load(new FileInfo(file));

    // A rule's run on a simulated account is written down where the rule's state is, wherever the account itself is kept.
    private string? RootOf() =>
        choice.StatePath ?? (choice.Rule is not null && account.SimulatorState is not null ? StatePlace.Root : null);
}

/// <summary>What the command line says about an undo.</summary>
/// <param name="RunId">The run, by the beginning of its id.</param>
internal sealed record UndoChoice(string RunId)
{
    /// <summary>The names or ids of the people it is about; null for everybody.</summary>
    public IReadOnlyList<NamePattern>? User { get; init; }

    /// <summary>Whether people and groups that the run made are deleted.</summary>
    public bool DeletesCreated { get; init; }

    /// <summary>The rule whose limits hold; null for the one whose run it was.</summary>
    public FileInfo? Rule { get; init; }

    /// <summary>The root of what rules keep; null for the usual place.</summary>
    public string? StatePath { get; init; }

    /// <summary>The saved plan of the undo with its approvals; null for none.</summary>
    public FileInfo? ApprovedPlan { get; init; }

    /// <summary>A file for the plan, where it is only made.</summary>
    public FileInfo? PlanFile { get; init; }

    /// <summary>The id of the plan that is approved.</summary>
    public string? Approve { get; init; }

    /// <summary>Whether each user is read after writing and compared.</summary>
    public bool Verify { get; init; }

    /// <summary>A file for the report of the run.</summary>
    public FileInfo? Report { get; init; }

    /// <summary>A file for log lines.</summary>
    public FileInfo? Log { get; init; }
}
