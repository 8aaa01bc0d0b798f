using System.Management.Automation;
using System.Threading.Tasks;
using ZoomProvisioning.Binding;
using ZoomProvisioning.Hosting;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reports;
using ZoomProvisioning.Rules;
using ZoomProvisioning.Runs;

namespace ZoomProvisioning.Commands;

/// <summary>Applies a plan that was made before. Refused for another account or a changed rule; who changed since is left alone.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "ZoomProvisioningPlan", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = PathSet)]
[OutputType(typeof(ProvisioningRun))]
[OutputType(typeof(SyncPlan))]
[OutputType(typeof(ChangeResult))]
public sealed class InvokeZoomProvisioningPlanCommand : RuleRunCmdlet
{
    private const string PathSet = "Path";
    private const string PlanSet = "Plan";

    private ProvisioningRule? _rule;

    /// <summary>The JSON file that Export-ZoomProvisioningPlan saved.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>The plan.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = PlanSet)]
    [ValidateNotNull]
    public SyncPlan Plan { get; set; } = null!;

    /// <summary>The rule the plan was made by. The default is the rule of that name in the rules folder.</summary>
    [Parameter]
    [RuleTransformation]
    [ArgumentCompleter(typeof(RuleCompleter))]
    [ValidateNotNull]
    public ProvisioningRule? Rule { get; set; }

    /// <summary>
    /// Let go what the guard held back in a plan that was looked at, by the plan's id (its first twelve
    /// digits): exactly those entries, as far as they are still planned alike, once, within a day.
    /// </summary>
    [Parameter]
    [PlanIdTransformation]
    [ValidateNotNullOrEmpty]
    public string? Approve { get; set; }

    /// <summary>What is done with the rest when the guard holds removals back: HoldRemovals goes on with creates and updates, StopAll does nothing.</summary>
    [Parameter]
    public OnGuard OnGuard { get; set; }

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

    private protected override ProvisioningRule? Notifying => IsWhatIf ? null : _rule ?? Rule;

    private protected override void OnRecord()
    {
        var plan = ReadPlan();
        var rule = _rule = Rule ?? FindRule(plan.Rule);
        if (IsWhatIf)
        {
            var shown = Preview(plan, rule);
            MayProceed($"Zoom account {plan.Account}", PlanWords.Question(shown));
            WriteObject(shown);
            return;
        }

        var state = StateOf(rule);
        var run = Run(scope => new RuleSync(Zoom, rule, state, Options(scope,
            made => made.Pending.Count == 0 ? Task.FromResult(true) : scope.ShouldProcessAsync($"Zoom account {made.Account}", PlanWords.Question(made)),
            new RunChoices(Approve, OnGuard, Verify: Verify, Resume: Resume))).ApplyAsync(plan, scope.Call), plan);
        Notify(run, rule, null);
        Give(run, PassThru);
    }

    /// <summary>What would be refused is refused with -WhatIf too.</summary>
    private SyncPlan Preview(SyncPlan plan, ProvisioningRule rule)
    {
        try
        {
            return new RuleSync(Zoom, rule, StateOf(rule), new RuleSyncOptions { Approve = Approve, Resume = Resume }).Preview(plan);
        }
        catch (ScimException exception)
        {
            Terminate(exception, plan);
            throw;
        }
    }

    private SyncPlan ReadPlan()
    {
        if (ParameterSetName == PlanSet)
        {
            return Plan;
        }

        try
        {
            return PlanFiles.Read(FilePath(Path));
        }
        catch (ScimException exception)
        {
            Terminate(exception, Path);
            throw;
        }
    }

    private ProvisioningRule FindRule(string name)
    {
        try
        {
            return RuleLoader.Read(RuleFolder.Find(name));
        }
        catch (ScimException exception)
        {
            exception.RecommendedAction = $"Name the rule with -Rule: its protected users are looked at again. {exception.RecommendedAction}";
            Terminate(exception, name);
            throw;
        }
    }
}
