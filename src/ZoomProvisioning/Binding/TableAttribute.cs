using System;
using System.Collections;
using System.Management.Automation;

namespace ZoomProvisioning.Binding;

/// <summary>Says how a table is written where something else was given: PowerShell's own words name types, and not what to type.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TableAttribute : ArgumentTransformationAttribute
{
    private readonly string _example;

    /// <summary>Makes one.</summary>
    /// <param name="example">How such a table is written.</param>
    public TableAttribute(string example) => _example = example;

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value is null or IDictionary ? value : throw new ArgumentTransformationMetadataException($"It is a table: {_example}");
    }
}
