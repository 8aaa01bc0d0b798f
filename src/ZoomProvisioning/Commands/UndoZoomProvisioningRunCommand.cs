using System.Management.Automation;
using System.Threading.Tasks;
using ZoomProvisioning.Binding;
using ZoomProvisioning.Hosting;
using ZoomProvisioning.Loading;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reports;
using ZoomProvisioning.Rules;
using ZoomProvisioning.Runs;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Commands;

/// <summary>
/// Takes back what a run, or a command without a rule, did: what still is as it was left goes back to how it was before; what was changed
/// since stays. Asks once, with the plan; -WhatIf only plans.
/// </summary>
[Cmdlet(VerbsCommon.Undo, "ZoomProvisioningRun", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(ProvisioningRun))]
[OutputType(typeof(SyncPlan))]
[OutputType(typeof(ChangeResult))]
public sealed class UndoZoomProvisioningRunCommand : RuleRunCmdlet
{
    private ProvisioningRule? _rule;

    /// <summary>The run or the command: its id, of which the beginning is enough, or what Get-ZoomProvisioningRun gave. Tab offers the last ones.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [RunIdTransformation]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string RunId { get; set; } = string.Empty;

    /// <summary>Only for these people: user names, anchors or Zoom ids, with wildcards. Groups as such stay as they are then.</summary>
    [Parameter]
    [Alias("UserName", "Identity")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(UserCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? User { get; set; }

    /// <summary>Delete the people and groups that the run made. Without it people are deactivated, and groups stay.</summary>
    [Parameter]
    public SwitchParameter DeleteCreated { get; set; }

    /// <summary>
    /// The rule whose run it was, for its limits and the people it protects. The default is the file the rule was in when it ran last, else
    /// the rule of that name in the rules folder.
    /// </summary>
    [Parameter]
    [RuleTransformation]
    [ArgumentCompleter(typeof(RuleCompleter))]
    [ValidateNotNull]
    public ProvisioningRule? Rule { get; set; }

    /// <summary>
    /// Let go what the guard held back in a plan that was looked at, by the plan's id (its first twelve digits): exactly those entries, as
    /// far as they are still planned alike, once, within a day.
    /// </summary>
    [Parameter]
    [PlanIdTransformation]
    [ValidateNotNullOrEmpty]
    public string? Approve { get; set; }

    /// <summary>
    /// The file of this undo's plan (-WhatIf, and Export-ZoomProvisioningPlan) that was approved with Approve-ZoomProvisioningPlan, for a
    /// rule that wants its plans approved.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? PlanPath { get; set; }

    /// <summary>Read each user after writing and say what Zoom accepted but did not apply. One more request for each user.</summary>
    [Parameter]
    public SwitchParameter Verify { get; set; }

    /// <summary>Give back the result of each person as well, before the run.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override bool NeedsValidConnection => true;

    private protected override ProvisioningRule? Notifying => IsWhatIf ? null : _rule;

    private protected override void OnRecord()
    {
        var request = Find();
        var rule = _rule = request.Place.Rule is null ? UndoRequest.GuardOfCommands : Rule ?? request.FindRule(RuleLoader.Read, WriteWarning);
        var state = request.StateIn(EngineLoader.State, AccountKey.Of(Zoom));
        var choices = new RunChoices(Approve, Verify: Verify, ApprovedPlan: ReadApproved());
        if (IsWhatIf)
        {
            var plan = Run(scope => new UndoRun(Zoom, rule, state, request, Options(scope, null, choices)).PlanAsync(scope.Call), RunId);
            MayProceed($"Zoom account {plan.Account}", PlanWords.Outlook(plan));
            WriteObject(plan);
            ReportPlan(plan);
            return;
        }

        var run = Run(scope =>
        {
            UndoRun? undo = null;
            // Where nothing is written nobody is asked.
            undo = new UndoRun(Zoom, rule, state, request, Options(scope, plan => plan.Pending.Count == 0 && !undo!.ChangesGroups
                ? Task.FromResult(true)
                : scope.ShouldProcessAsync($"Zoom account {plan.Account}", PlanWords.Question(plan)), choices));
            return undo.RunAsync(scope.Call);
        }, RunId);
        Notify(run, rule, null);
        Give(run, PassThru);
    }

    private SyncPlan? ReadApproved()
    {
        try
        {
            return PlanPath is null ? null : PlanFiles.Read(FilePath(PlanPath));
        }
        catch (ScimException exception)
        {
            Terminate(exception, PlanPath);
            throw;
        }
    }

    private UndoRequest Find()
    {
        try
        {
            var history = AccountHistory.Of(EngineLoader.State, StatePlace.OfAccount(StateRoot(StatePath), AccountKey.Of(Zoom)));
            var (run, place) = HistoryRuns.Find(history, RunId);
            return new UndoRequest(history, run, place) { User = Named(User), DeletesCreated = DeleteCreated };
        }
        catch (ScimException exception)
        {
            Terminate(exception, RunId);
            throw;
        }
    }
}
