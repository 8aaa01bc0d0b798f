using System;
using System.Management.Automation;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Runs;

namespace ZoomProvisioning.Binding;

/// <summary>Lets <c>-Approve</c> take a plan's id, or the plan, and nothing else: a number would approve whoever is in the list by then.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PlanIdTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        // What looks like a number is written as it was typed: 120934567890 and 1e5012345678 are ids too.
        var id = value is SyncPlan plan ? plan.Id : inputData?.ToString() ?? string.Empty;
        return Approvals.MistakeIn(id) is { } mistake ? throw new ArgumentTransformationMetadataException(mistake) : id;
    }
}
