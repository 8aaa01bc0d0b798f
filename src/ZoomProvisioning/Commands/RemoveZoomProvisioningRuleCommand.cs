using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using ZoomProvisioning.Binding;
using ZoomProvisioning.Hosting;
using ZoomProvisioning.Loading;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reports;
using ZoomProvisioning.Rules;
using ZoomProvisioning.Runs;

namespace ZoomProvisioning.Commands;

/// <summary>
/// Removes a rule. Its people are removed from Zoom only when the rule says so (deprovisionOnRuleRemoval), through the same plan,
/// guard and journal as ever; otherwise they stay as they are.
/// </summary>
[Cmdlet(VerbsCommon.Remove, "ZoomProvisioningRule", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(ProvisioningRun))]
[OutputType(typeof(SyncPlan))]
public sealed class RemoveZoomProvisioningRuleCommand : RuleRunCmdlet
{
    /// <summary>The rule: its name in the rules folder, the path of its file, or a rule.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [RuleTransformation]
    [ArgumentCompleter(typeof(RuleCompleter))]
    [ValidateNotNull]
    public ProvisioningRule Rule { get; set; } = null!;

    /// <summary>
    /// Let go what the guard held back in a plan that was looked at, by the plan's id (its first twelve
    /// digits): exactly those entries, as far as they are still planned alike, once, within a day.
    /// </summary>
    [Parameter]
    [PlanIdTransformation]
    [ValidateNotNullOrEmpty]
    public string? Approve { get; set; }

    /// <summary>Leave ledger and journal where they are. Without it they are moved to the folder 'archive', never deleted.</summary>
    [Parameter]
    public SwitchParameter KeepState { get; set; }

    private protected override bool NeedsValidConnection => Rule is { DeprovisionOnRuleRemoval: true };

    private protected override ProvisioningRule? Notifying => IsWhatIf || !Rule.DeprovisionOnRuleRemoval ? null : Rule;

    private protected override void OnRecord()
    {
        var state = StateOf(Rule);
        if (Rule.DeprovisionOnRuleRemoval && !Deprovision(state))
        {
            return;
        }

        if (!Rule.DeprovisionOnRuleRemoval
            && !MayProceed($"rule {Rule.Name}", $"Remove the rule; the people it manages in account {state.Account} stay as they are"))
        {
            return;
        }

        var stamp = DateTime.UtcNow.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        try
        {
            // No run may begin in it while it goes.
            using var held = KeepState ? null : EngineLoader.State.Hold(state.Folder);

            // The rule goes first: left behind without its ledger, its next run would know nobody.
            if (Rule.Path is { } file && File.Exists(file))
            {
                Archive(file, stamp, File.Move);
            }

            if (held is not null)
            {
                Archive(state.Folder, stamp, (_, target) => held.MoveTo(target));
            }
        }
        catch (ScimStateException exception)
        {
            Terminate(exception, Rule);
        }
    }

    /// <summary>Removes the rule's people.</summary>
    /// <returns>Whether all of them are removed, so that the rule can go.</returns>
    private bool Deprovision(State.RuleState state)
    {
        var nobody = new SourceSnapshot([], [], []);
        var choices = new RunChoices(Approve, RemovesRule: true);
        if (IsWhatIf)
        {
            var plan = Run(scope => new RuleSync(Zoom, Rule, state, Options(scope, null, choices)).PlanAsync(nobody, scope.Call), Rule);
            MayProceed($"Zoom account {plan.Account}", $"Remove the rule {ViewText.Line(Rule.Name)}. {PlanWords.Question(plan)}");
            WriteObject(plan);
            return false;
        }

        var run = Run(scope => new RuleSync(Zoom, Rule, state, Options(scope,
            plan => scope.ShouldProcessAsync($"Zoom account {plan.Account}", $"Remove the rule {ViewText.Line(Rule.Name)}. {PlanWords.Question(plan)}"),
            choices)).RunAsync(nobody, scope.Call), Rule);
        Notify(run, Rule, null);
        Give(run, withResults: false);
        if (run.Applied && run.Results.All(r => r.Outcome is ChangeOutcome.Done or ChangeOutcome.NoChange))
        {
            return true;
        }

        if (run.Applied)
        {
            WriteWarning($"The rule '{Rule.Name}' stays, because not all of its people could be removed: {run}");
        }

        return false;
    }

    private void Archive(string path, string stamp, Action<string, string> move)
    {
        var folder = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, "archive");
        var target = Path.Combine(folder, $"{stamp} {Path.GetFileName(path)}");
        try
        {
            Directory.CreateDirectory(folder);
            move(path, target);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ScimStateException("Zoom.Rule.NotMoved", $"'{path}' cannot be moved to the folder '{folder}': {exception.Message}", exception)
            {
                Category = nameof(ErrorCategory.WriteError),
                RecommendedAction = "Look at your rights to both and at whoever has it open, and remove the rule again.",
            };
        }

        WriteVerbose($"'{path}' is kept as '{target}'.");
    }
}
