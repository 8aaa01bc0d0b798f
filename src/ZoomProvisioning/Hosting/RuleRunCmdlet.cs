using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Loading;
using ZoomProvisioning.Pipeline;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Reports;
using ZoomProvisioning.Rules;
using ZoomProvisioning.Runs;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Hosting;

/// <summary>The base of the cmdlets that run a rule over an account.</summary>
public abstract class RuleRunCmdlet : ConnectedCmdlet
{
    private readonly List<ChangeResult> _results = [];
    private readonly WarningDigest _warnings = new();
    private bool _hasTold;

    /// <summary>
    /// The folder under which ledger and journal are kept, one folder for each account and rule. The default is
    /// ZOOM_PROVISIONING_STATE, else the user's application data; for an embedded simulator a folder that goes with it.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StatePath { get; set; }

    private protected override bool NeedsValidConnection => false;

    /// <summary>The rule that tells others of what ends the command (notify); null where nobody waits for news, as with -WhatIf.</summary>
    private protected virtual ProvisioningRule? Notifying => null;

    private protected override bool ChangesZoom => true;

    private protected RuleState StateOf(ProvisioningRule rule, bool withoutLedger = false)
    {
        var account = AccountKey.Of(Zoom);
        var root = StateRoot(StatePath);
        try
        {
            return RuleState.Of(EngineLoader.State, root, account, rule, withoutLedger);
        }
        catch (ScimStateException exception)
        {
            Terminate(exception, rule);
            throw;
        }
    }

    /// <summary>Whether a name fits a pattern with wildcards; null for no pattern.</summary>
    private protected static Func<string, bool>? Pattern(string? text) =>
        text is null ? null : WildcardPattern.Get(text, WildcardOptions.IgnoreCase).IsMatch;

    /// <summary>Whether a name fits one of some patterns with wildcards; null for no patterns.</summary>
    private protected static Func<string, bool>? Patterns(IReadOnlyCollection<string>? texts)
    {
        if (texts is null)
        {
            return null;
        }

        var patterns = texts.Select(t => Pattern(t)!).ToList();
        return value => patterns.Exists(p => p(value));
    }

    /// <summary>Each pattern by itself, so that one that nobody fits can be told; null for no patterns.</summary>
    private protected static IReadOnlyList<NamePattern>? Named(IReadOnlyCollection<string>? texts) =>
        texts?.Select(t => new NamePattern(t, Pattern(t)!)).ToList();

    /// <summary>Runs a piece of work over a rule; an error that concerns it as a whole ends the command.</summary>
    private protected T Run<T>(Func<LaneScope, Task<T>> work, object? target)
    {
        try
        {
            return Await(work, ChangesZoom ? () => _results.Where(r => r.Outcome != ChangeOutcome.NoChange).ToList() : null);
        }
        catch (ScimException exception)
        {
            Terminate(exception, target);
            throw;
        }
    }

    /// <summary>Tells of the progress of a run and gathers its results.</summary>
    private protected RuleSyncOptions Options(LaneScope scope, Func<SyncPlan, Task<bool>>? confirm, RunChoices choices, Action<ChangeResult>? onResult = null)
    {
        var progress = new PhaseProgress(scope, () => Zoom.Service.Rate);
        return new RuleSyncOptions
        {
            Approve = choices.Approve,
            OnGuard = choices.OnGuard,
            Rebuild = choices.Rebuild,
            Verify = choices.Verify,
            RemovesRule = choices.RemovesRule,
            Only = choices.Only,
            ApprovedPlan = choices.ApprovedPlan,
            Resume = choices.Resume,
            Confirm = confirm,
            OnProgress = progress.Show,
            OnResult = result =>
            {
                _results.Add(result);
                onResult?.Invoke(result);
                foreach (var warning in result.Warnings)
                {
                    _warnings.Add(result.UserName, warning.StartsWith(result.UserName, StringComparison.Ordinal) ? warning : $"{result.UserName}: {warning}");
                }
            },
        };
    }

    /// <summary>Tells whom the rule wants to be told of a run (notify). What does not arrive is in the run's result, and a warning.</summary>
    private protected void Notify(ProvisioningRun run, ProvisioningRule rule, RunLog? log)
    {
        if (rule.Notify is not null && run.Applied)
        {
            run.Notifications = Await(scope => ModuleNotifier.Of(rule).TellAsync(run, scope.Call.Stop));
        }

        foreach (var result in run.Notifications)
        {
            log?.Notified(result);
        }
    }

    private protected override void BeforeEnding(ScimException error)
    {
        if (_hasTold || Notifying is not { Notify: not null } rule)
        {
            return;
        }

        _hasTold = true;
        var account = IsConnected ? AccountKey.Of(Zoom) : string.Empty;
        ReportNotifications(Await(scope => ModuleNotifier.Of(rule).TellAsync(error, account, scope.Call.Stop)));
    }

    private void ReportNotifications(IEnumerable<NotificationResult> results)
    {
        foreach (var result in results.Where(r => !r.Arrived))
        {
            WriteWarning(ModuleNotifier.Warning(result));
        }
    }

    /// <summary>Gives back a run, and before it the results of its people where they are wanted; then says what went wrong.</summary>
    private protected void Give(ProvisioningRun run, bool withResults)
    {
        // The run comes first: with -ErrorAction Stop the first failure ends the command.
        if (withResults)
        {
            WriteObject(run.Results, enumerateCollection: true);
        }

        WriteObject(run);
        Report(run);
    }

    /// <summary>Writes what failed and what was held back, for people who do not look at the object.</summary>
    private protected void Report(ProvisioningRun run)
    {
        foreach (var result in run.Results.Where(r => r.Outcome is ChangeOutcome.Failed or ChangeOutcome.Unknown))
        {
            var error = result.Error ?? new ScimException("Zoom.User.NotChanged", $"{result.UserName}: {result.Reason}")
            {
                Category = nameof(ErrorCategory.NotSpecified),
                RecommendedAction = "Run the rule again.",
            };
            WriteRecordError(error, result.UserName, result.Source ?? result);
        }

        foreach (var warning in _warnings.Take())
        {
            WriteWarning(warning);
        }

        if (run is { IsQuarantined: true, Applied: true })
        {
            WriteError(ErrorRecordFactory.From(Quarantine.Error(run.Plan), run.Rule, run));
        }

        ReportPlan(run.Plan);
        if (run.Attention.Count > 0)
        {
            WriteBlock(Attention.Text(run.Attention, run.Undoes is not null));
        }

        foreach (var note in run.Notes)
        {
            WriteWarning(note);
        }

        if (run.Stale > 0)
        {
            WriteWarning($"{run.Stale} left alone, having changed in Zoom since the plan was made; plan again.");
        }

        if (run.StoppedBecause is { } reason)
        {
            WriteWarning($"The run was stopped: {reason} {Counted.Of(run.NotSent, "person was", "people were")} not begun; run the rule again.");
        }

        ReportNotifications(run.Notifications);
    }

    private protected void ReportPlan(SyncPlan plan)
    {
        // That a plan was approved, as its rule wants, is no warning.
        foreach (var finding in plan.Guard.Where(f => f.HoldsRemovals || f.Check != GuardCheck.ApprovalRequired))
        {
            WriteWarning(finding.HoldsRemovals ? $"Held by the guard: {finding.Message}" : finding.Message);
        }

        if (PlanWords.Advice(plan) is { } advice)
        {
            // Whoever is to look wants to see whom.
            WriteWarning(plan.Held.Count == 0 ? advice : $"{advice} Held: {PlanWords.First(plan.Held)}.");
        }
    }
}
