using System;

namespace ZoomProvisioning.Reports;

/// <summary>What a page needs to know beside what it shows. Numbers and dates follow the current culture.</summary>
public sealed class PageOptions
{
    /// <summary>The time zone of the times shown; the machine's own unless set.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Local;

    /// <summary>The command that carries a plan out, to be copied from its page.</summary>
    public string PlanCommand { get; init; } = "Invoke-ZoomProvisioningPlan -Path plan.json";

    /// <summary>The command that approves a plan, to be copied from its page.</summary>
    public string ApproveCommand { get; init; } = "Approve-ZoomProvisioningPlan -Path plan.json";

    /// <summary>Says advice, which names the module's commands and options, in the words of another front end.</summary>
    public Func<string, string> Advice { get; init; } = text => text;
}
