using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using ZoomProvisioning.Binding;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Hosting;

namespace ZoomProvisioning.Commands;

/// <summary>Changes how a simulated Zoom account behaves, lets it fail on purpose, fills it, or begins anew.</summary>
[Cmdlet(VerbsCommon.Set, "ZoomScimSimulator", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(ZoomScimSimulator))]
public sealed class SetZoomScimSimulatorCommand : SimulatorCmdlet
{
    /// <summary>
    /// Behaviours to change: <c>@{ filter_quotes = 'unquoted-only'; latency_ms = 50 }</c>, or <c>filter_quotes=unquoted-only</c>,
    /// which Tab completes. $null sets one back. Get-ZoomScimSimulator shows all of them.
    /// </summary>
    [Parameter(Position = 0)]
    [BehaviourTransformation]
    [ArgumentCompleter(typeof(BehaviourCompleter))]
    [ValidateNotNull]
    public IDictionary? Behaviour { get; set; }

    /// <summary>
    /// Faults to add: <c>@{ kind = 'status'; status = 503; count = 2; path = '/scim2/Users' }</c>. The kinds are status, html,
    /// drop, slow, truncate, content-type, token-expired and token-revoked; the other fields are method, when (before or
    /// after), after, probability, delay_ms, body, content_type and retry_after.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary[]? Fault { get; set; }

    /// <summary>Take away the faults there are, before any of -Fault are added.</summary>
    [Parameter]
    public SwitchParameter ClearFault { get; set; }

    /// <summary>Whose rate limits apply: business, pro, free, legacy (1 request per second), ample (1,000) or none.</summary>
    [Parameter]
    [ValidateSet("business", "pro", "free", "legacy", "ample", "none", IgnoreCase = true)]
    public string? RatePlan { get; set; }

    /// <summary>How many made-up users to add.</summary>
    [Parameter]
    [ValidateRange(1, 200000)]
    public int AddUser { get; set; }

    /// <summary>Let this much time pass at once in the simulated account, for tokens to expire and daily limits to begin anew.</summary>
    [Parameter]
    public TimeSpan AdvanceTime { get; set; }

    /// <summary>Make everything as it was when the account began, before anything else is changed.</summary>
    [Parameter]
    public SwitchParameter Reset { get; set; }

    /// <summary>Forget the requests received.</summary>
    [Parameter]
    public SwitchParameter ClearRequests { get; set; }

    /// <summary>Give back how the account is then.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void OnRecord()
    {
        var steps = Steps();
        if (steps.Count > 0 && MayProceed($"simulator {Zoom.Name}", string.Join("; ", steps.Select(step => step.Name))))
        {
            try
            {
                steps.ForEach(step => step.Do());
            }
            catch (ArgumentException exception)
            {
                Terminate(new ScimBadRequestException("Zoom.Simulator.InvalidBehaviour", exception.Message, exception)
                {
                    Category = nameof(ErrorCategory.InvalidArgument),
                    RecommendedAction = "(Get-ZoomScimSimulator).Behaviours lists the behaviours and their values.",
                }, Zoom);
            }
        }

        if (PassThru)
        {
            WriteObject(Describe());
        }
    }

    private List<(string Name, Action Do)> Steps()
    {
        var steps = new List<(string Name, Action Do)>();
        if (Reset)
        {
            steps.Add(("Reset", Simulator.Reset));
        }

        if (Behaviour is not null || RatePlan is not null || Fault is not null || ClearFault)
        {
            steps.Add((string.Join("; ", ConfigureNames()), Configure));
        }

        if (AddUser > 0)
        {
            steps.Add((string.Format(CultureInfo.CurrentCulture, "Add {0:N0} user(s)", AddUser), () => Simulator.AddUsers(AddUser)));
        }

        if (AdvanceTime != TimeSpan.Zero)
        {
            steps.Add(($"Let {AdvanceTime} pass", () => Simulator.AdvanceTime(AdvanceTime)));
        }

        if (ClearRequests)
        {
            steps.Add(("Forget the requests", Simulator.ClearRequests));
        }

        return steps;
    }

    private IEnumerable<string> ConfigureNames()
    {
        var behaviours = Behaviours();
        if (behaviours.Count > 0)
        {
            yield return "Set " + string.Join(", ", behaviours.Select(pair => $"{pair.Key} = {pair.Value ?? "(default)"}"));
        }

        if (ClearFault)
        {
            yield return "Take away the faults";
        }

        if (Fault is { Length: > 0 })
        {
            yield return $"Add {Fault.Length} fault(s)";
        }
    }

    private void Configure()
    {
        var isFault = ClearFault || Fault is not null;
        var kept = ClearFault
            ? []
            : Simulator.Faults.Select(fault => (IReadOnlyDictionary<string, object?>)fault.ToDictionary(field => field.Key, field => (object?)field.Value));
        Simulator.Configure(Behaviours(), isFault ? [.. kept, .. (Fault ?? []).Select(Plain)] : null);
    }

    private Dictionary<string, object?> Behaviours()
    {
        var behaviours = Behaviour is null ? [] : Plain(Behaviour);
        if (RatePlan is not null)
        {
            behaviours["rate_plan"] = RatePlan.ToLowerInvariant();
        }

        return behaviours;
    }

    private static Dictionary<string, object?> Plain(IDictionary values)
    {
        var plain = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in values)
        {
            plain[entry.Key.ToString()!] = entry.Value is PSObject wrapped ? wrapped.BaseObject : entry.Value;
        }

        return plain;
    }
}
