using System;
using System.IO;
using System.Management.Automation;
using System.Threading.Tasks;
using ZoomProvisioning.Binding;
using ZoomProvisioning.Hosting;
using ZoomProvisioning.Input;
using ZoomProvisioning.Loading;
using ZoomProvisioning.Pipeline;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Reports;
using ZoomProvisioning.Rules;
using ZoomProvisioning.Runs;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Commands;

/// <summary>
/// Brings Zoom to what a source says, by a rule: plan, guard and apply in one. Asks once, with the plan; -WhatIf only plans.
/// </summary>
[Cmdlet(VerbsData.Sync, "ZoomScimUser", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(ProvisioningRun))]
[OutputType(typeof(SyncPlan))]
[OutputType(typeof(ChangeResult))]
[OutputType(typeof(PersonExplanation))]
public sealed class SyncZoomScimUserCommand : SourceCmdlet
{
    /// <summary>What is done with the rest when the guard holds removals back: HoldRemovals goes on with creates and updates, StopAll does nothing.</summary>
    [Parameter]
    public OnGuard OnGuard { get; set; }

    /// <summary>
    /// Make a lost or damaged ledger anew from the journal and from Zoom. The plan is shown first. Of a damaged journal every line
    /// counts that is as it was written; the others are kept beside it, and since nobody knows what they said, removals and
    /// take-overs are held once.
    /// </summary>
    [Parameter]
    public SwitchParameter Rebuild { get; set; }

    /// <summary>
    /// Do it for these people only, by user name, mail address, anchor or Zoom id: all that the rule would, and nobody else is taken for a
    /// leaver, so that their records alone are source enough.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(UserCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Only { get; set; }

    /// <summary>
    /// Explain one person, by user name, anchor or full name, also one whose record is out of scope or cannot be used: source values,
    /// scope, mapping, match, plan, and the requests that would be sent. Nothing is written.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(UserCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Explain { get; set; }

    /// <summary>Add log lines to this file: one JSON object a line for the plan, each person and the end.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LogPath { get; set; }

    /// <summary>Write the run to this HTML file.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ReportPath { get; set; }

    /// <summary>
    /// Go on with a rule that is in quarantine because its last runs were all held back or failed. Within the limits of the
    /// rule: what the guard holds stays held.
    /// </summary>
    [Parameter]
    public SwitchParameter Resume { get; set; }

    /// <summary>Read each user after writing and say what Zoom accepted but did not apply. One more request for each user.</summary>
    [Parameter]
    public SwitchParameter Verify { get; set; }

    /// <summary>Give back the result of each person as well, before the run.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override bool NeedsValidConnection => true;

    private protected override ProvisioningRule? Notifying => ValidateOnly || Explain is not null || IsWhatIf ? null : Rule;

    private protected override void OnEnd()
    {
        // Records that cannot be used are results of a run, and told there.
        var source = ReadSource(tellProblems: ValidateOnly || (IsWhatIf && Explain is null));
        if (ValidateOnly)
        {
            return;
        }

        if (Explain is not null)
        {
            WriteExplanation(Explain, source);
            return;
        }

        var choices = new RunChoices(Approve, OnGuard, Rebuild, Verify, Only: Only is null ? null : new Selection(Only), Resume: Resume);
        var onlyPlans = IsWhatIf;
        var state = StateOf(Rule, withoutLedger: onlyPlans && Rebuild);
        if (Rebuild && state.DescribeDamage() is { } damage)
        {
            WriteWarning(damage);
        }

        using var log = OpenLog();
        var run = Run(scope => LoggedAsync(log, async () =>
        {
            if (onlyPlans)
            {
                var plan = await new RuleSync(Zoom, Rule, state, Options(scope, null, choices)).PlanAsync(source, scope.Call).ConfigureAwait(false);
                log.Planned(plan);
                await AskAsync(scope, plan, PlanWords.Outlook).ConfigureAwait(false);
                return ProvisioningRun.Planned(plan, Rule, source);
            }

            return await new RuleSync(Zoom, Rule, state, Options(scope, plan =>
            {
                log.Planned(plan);
                return AskAsync(scope, plan, PlanWords.Question);
            }, choices, log.Result)).RunAsync(source, scope.Call).ConfigureAwait(false);
        }), Rule);
        log.Ended(run);
        Notify(run, Rule, log);

        // The run comes first: with -ErrorAction Stop the first failure ends the command.
        if (PassThru)
        {
            WriteObject(run.Results, enumerateCollection: true);
        }

        WriteObject(onlyPlans ? run.Plan : run);
        WriteReport(run);
        Report(run);
        if (log.Failure is { } failure)
        {
            WriteWarning(failure);
        }
    }

    private RunLog OpenLog()
    {
        var file = LogPath is null ? null : FilePath(LogPath);
        try
        {
            return OutputFile.Open(file ?? string.Empty, () => new RunLog(file, EngineLoader.State));
        }
        catch (ScimStateException exception)
        {
            // A run that was to be logged is not begun without its log.
            Terminate(exception, file);
            throw;
        }
    }

    /// <summary>Does the work, and logs what ends it.</summary>
    private static async Task<T> LoggedAsync<T>(RunLog log, Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (ScimException exception)
        {
            log.Failed(exception);
            throw;
        }
    }

    private void WriteReport(ProvisioningRun run)
    {
        if (ReportPath is null)
        {
            return;
        }

        try
        {
            OutputFile.WriteText(FilePath(ReportPath), to => RunReport.Write(run, to));
        }
        catch (ScimStateException exception)
        {
            // What was done was done; Export-ZoomProvisioningReport can still write it from the run.
            WriteError(ErrorRecordFactory.From(exception, null, run));
        }
    }

    /// <summary>Asks once for the whole plan; not at all when it writes nothing.</summary>
    private Task<bool> AskAsync(LaneScope scope, SyncPlan plan, Func<SyncPlan, string> words) => plan.Pending.Count == 0 && !Rebuild
        ? Task.FromResult(true)
        : scope.ShouldProcessAsync($"Zoom account {plan.Account}", words(plan));

    private void WriteExplanation(string who, SourceSnapshot source)
    {
        // Here, for scriptblocks run on the pipeline's own thread only.
        (ISourceRecord Row, RecordExplanation Record)? found;
        try
        {
            found = PersonExplanation.Find(Rule, Records, who);
        }
        catch (ScimRecordException exception)
        {
            Terminate(exception, who);
            throw;
        }

        var state = StateOf(Rule);
        var explained = Run(async scope => await PersonInquiry.ExplainAsync(
            found,
            await new RuleSync(Zoom, Rule, state, Options(scope, null, new RunChoices(Approve, Resume: Resume)))
                .PlanAsync(source, scope.Call).ConfigureAwait(false),
            who, Zoom, scope.Call).ConfigureAwait(false), Rule);
        if (explained is null)
        {
            WriteError(ErrorRecordFactory.From(PersonExplanation.Nobody(who, "the source"), null, who));
            return;
        }

        var history = AccountHistory.Of(EngineLoader.State, Path.GetDirectoryName(Path.GetFullPath(state.Folder))!, (_, _) => { });
        WriteObject(explained.WithTrouble(history, who, DateTimeOffset.UtcNow).WithJson(body => EngineLoader.State.ToJson(body, indented: false)));
    }
}
