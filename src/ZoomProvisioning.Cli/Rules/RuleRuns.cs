using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Cli.Connecting;
using ZoomProvisioning.Cli.Running;
using ZoomProvisioning.Cli.Source;
using ZoomProvisioning.Cli.Views;
using ZoomProvisioning.Engine;
using ZoomProvisioning.Files;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Reports;
using ZoomProvisioning.Rules;
using ZoomProvisioning.Runs;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Cli.Rules;

/// <summary>What the commands do with a rule. Each returns the exit code.</summary>
internal sealed class RuleRuns
{
    private readonly RuleChoice _choice;
    private readonly ConnectionChoice _account;
    private readonly IView _view;
    private readonly RunOutput _output;
    private readonly CancellationToken _cancellation;

    public RuleRuns(RuleChoice choice, ConnectionChoice account, IView view, CancellationToken cancellation)
    {
        _choice = choice;
        _account = account;
        _view = view;
        _output = new RunOutput(view, choice.Log, choice.Report, cancellation);
        _cancellation = cancellation;
    }

    /// <summary>Finds mistakes in the rule and, where there is one, in the source. Connects to nothing.</summary>
    public async Task<int> ValidateAsync(PeopleSource source)
    {
        var rule = People.Rule(RuleSession.Load(_choice.Rule), source);
        var snapshot = source.File is null ? null : await ReadAsync(rule, source).ConfigureAwait(false);
        _view.ShowRule(rule, snapshot);
        return snapshot is { Problems.Count: > 0 } ? ExitCode.Attention : ExitCode.Done;
    }

    /// <summary>Shows what would be done, and saves it where that is wanted.</summary>
    public Task<int> PlanAsync(PeopleSource source, FileInfo? planFile, FileInfo? page) => _output.LoggedAsync(async log =>
    {
        var rule = People.Rule(RuleSession.Load(_choice.Rule), source);
        var snapshot = await ReadAsync(rule, source).ConfigureAwait(false);
        await using var session = Open(rule);
        var run = await PlanAsync(session, snapshot, log).ConfigureAwait(false);
        if (planFile is not null)
        {
            AtomicFile.Write(planFile.FullName, to => new StateFactory().WritePlan(run.Plan, to));
        }

        if (page is not null)
        {
            AtomicFile.WriteText(page.FullName, to => PlanPage.Write(run.Plan, to, PlanApprovals.PageOf(planFile, ApplyOptions())));
        }

        return _output.End(run, log);
    });

    /// <summary>Plans and carries out.</summary>
    public Task<int> SyncAsync(PeopleSource source) => _output.LoggedAsync(async log =>
    {
        var rule = People.Rule(RuleSession.Load(_choice.Rule), source);
        var notices = NoticesOf(rule, source.Text);
        return await notices.WatchAsync(log, () => SyncAsync(rule, source, log, notices)).ConfigureAwait(false);
    });

    private async Task<int> SyncAsync(ProvisioningRule rule, PeopleSource source, RunLog log, RunNotices notices)
    {
        var snapshot = await ReadAsync(rule, source).ConfigureAwait(false);
        await using var session = Open(rule);
        if (_choice is { Rebuild: true, Yes: false, Approve: null })
        {
            var planned = await PlanAsync(session, snapshot, log).ConfigureAwait(false);
            _view.ShowNote("The ledger would be made anew by this plan. Nothing was written; to go on: --yes.");
            _output.End(planned, log);
            return ExitCode.ChangesPending;
        }

        var run = await session.Sync(Options(log, plan =>
        {
            _output.Show(plan, log);
            return Task.FromResult(true);
        })).RunAsync(snapshot, session.Call).ConfigureAwait(false);
        return _output.End(await notices.TellAsync(log, run).ConfigureAwait(false), log);
    }

    /// <summary>Carries out a plan that was saved.</summary>
    public Task<int> ApplyAsync(FileInfo planFile) => _output.LoggedAsync(async log =>
    {
        var rule = RuleSession.Load(_choice.Rule);
        var notices = NoticesOf(rule, null);
        return await notices.WatchAsync(log, async () =>
        {
            var saved = PlanApprovals.Read(planFile);
            await using var session = Open(rule);
            var run = await session.Sync(Options(log, plan =>
            {
                _output.Show(plan, log);
                return Task.FromResult(true);
            })).ApplyAsync(saved, session.Call).ConfigureAwait(false);
            return _output.End(await notices.TellAsync(log, run).ConfigureAwait(false), log);
        }).ConfigureAwait(false);
    });

    /// <summary>Explains one person, and writes nothing.</summary>
    public Task<int> ExplainAsync(PeopleSource source, string who) => _output.LoggedAsync(async log =>
    {
        var rule = People.Rule(RuleSession.Load(_choice.Rule), source);
        var people = await People.ReadAsync(rule, source, _choice.Encoding, _cancellation).ConfigureAwait(false);
        var rows = people.Keep();
        var found = PersonExplanation.Find(rule, rows, who);
        await using var session = Open(rule);
        var plan = await session.Sync(Options(log, null)).PlanAsync(people.Snapshot(rule), session.Call).ConfigureAwait(false);
        var explained = await PersonInquiry.ExplainAsync(found, plan, who, session.Zoom, session.Call).ConfigureAwait(false)
            ?? throw PersonExplanation.Nobody(who, $"'{people.Name}'");
        var history = AccountHistory.Of(new StateFactory(), Path.GetDirectoryName(Path.GetFullPath(session.State.Folder))!, (_, _) => { });
        _view.ShowExplanation(explained.WithTrouble(history, who, DateTimeOffset.UtcNow));
        return ExitCode.Done;
    });

    private RunNotices NoticesOf(ProvisioningRule rule, string? source) => new(rule, _choice.Rule, source, _view, _cancellation);

    /// <summary>What the command that carries a plan out has to be told, for its page.</summary>
    private string ApplyOptions()
    {
        var rule = _choice.Rule is null ? string.Empty : $" --rule {PlanApprovals.Argument(_choice.Rule.ToString())}";
        return rule + (_account.Simulate ? " --simulate" : string.Empty);
    }

    private async Task<ProvisioningRun> PlanAsync(RuleSession session, SourceSnapshot source, RunLog log)
    {
        var plan = await session.Sync(Options(log, null)).PlanAsync(source, session.Call).ConfigureAwait(false);
        _output.Show(plan, log);
        return ProvisioningRun.Planned(plan, session.Rule, source);
    }

    /// <summary>The source, as the rule reads it.</summary>
    private async Task<SourceSnapshot> ReadAsync(ProvisioningRule rule, PeopleSource source) =>
        (await People.ReadAsync(rule, source, _choice.Encoding, _cancellation).ConfigureAwait(false)).Snapshot(rule);

    private RuleSession Open(ProvisioningRule rule)
    {
        var session = RuleSession.Open(rule, _choice, _account, _cancellation);
        if (_choice.Rule is null)
        {
            _view.ShowNote("No rule was named, so the built-in one is used: it creates, updates, and disables who is Active=False; "
                + "nobody absent from the file is touched. "
                + (session.IsForgotten
                    ? "The simulated account and what is known of it end with this command."
                    : $"What it knows is kept in {session.State.Folder}."));
        }

        if (session.SimulatorPath is { } path)
        {
            _view.ShowNote($"The simulated Zoom account is kept in {path} for the next run; --fresh begins anew.");
        }

        if (_choice.Rebuild && session.State.DescribeDamage() is { } damage)
        {
            _view.ShowNote(damage);
        }

        return session;
    }

    private RuleSyncOptions Options(RunLog log, Func<SyncPlan, Task<bool>>? confirm) => new()
    {
        Approve = _choice.Approve,
        Only = _choice.Only,
        OnGuard = _choice.OnGuard,
        Rebuild = _choice.Rebuild,
        Resume = _choice.Resume,
        Verify = _choice.Verify,
        Confirm = confirm,
        OnResult = result => _output.Show(result, log),
    };
}
