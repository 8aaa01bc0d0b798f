using System;
using System.Collections;
using System.Management.Automation;

namespace ZoomProvisioning.Binding;

/// <summary>Says what to do where several are given to a parameter that takes one; PowerShell's own words for it help nobody.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OneTextAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is IList { Count: > 1 }
            ? throw new ArgumentTransformationMetadataException("One at a time is taken here; for several, pipe records that have it each (Import-Csv).")
            : inputData;
}
