using System;
using System.Management.Automation;
using ZoomProvisioning.Runs;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Binding;

/// <summary>Lets <c>-RunId</c> take a run as well as its id: what a sync gave back, what the history lists, or an entry of the journal.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RunIdTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            HistoryRun run => run.RunId,
            ProvisioningRun run => run.RunId,
            JournalEntry entry => entry.RunId,
            // What came back from another session has the properties only.
            PSCustomObject when inputData is PSObject { Properties: { } properties } && properties["RunId"]?.Value is string id => id,
            _ => inputData,
        };
    }
}
