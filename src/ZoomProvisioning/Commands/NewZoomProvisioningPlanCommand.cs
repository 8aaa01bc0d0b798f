using System.Management.Automation;
using ZoomProvisioning.Hosting;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Runs;

namespace ZoomProvisioning.Commands;

/// <summary>Makes a plan of what a rule would do with a source: per person the action, the changes and the reason. Sends no write.</summary>
[Cmdlet(VerbsCommon.New, "ZoomProvisioningPlan")]
[OutputType(typeof(SyncPlan))]
public sealed class NewZoomProvisioningPlanCommand : SourceCmdlet
{
    private protected override bool ChangesZoom => false;

    private protected override void OnEnd()
    {
        var source = ReadSource(tellProblems: true);
        foreach (var warning in source.Warnings)
        {
            WriteWarning(warning);
        }

        if (ValidateOnly)
        {
            return;
        }

        var state = StateOf(Rule);
        var plan = Run(scope => new RuleSync(Zoom, Rule, state, Options(scope, null, new RunChoices(Approve))).PlanAsync(source, scope.Call), Rule);
        ReportPlan(plan);
        WriteObject(plan);
    }
}
