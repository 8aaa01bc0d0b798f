using System;
using System.Linq;
using System.Management.Automation;
using ZoomProvisioning.Session;

namespace ZoomProvisioning.Binding;

/// <summary>Lets <c>-Connection</c> take a connection's name as well as the connection itself.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ConnectionTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (value is not string name)
        {
            return value;
        }

        return ConnectionTable.Current.Find(name) ?? throw new ArgumentTransformationMetadataException(
            $"There is no connection '{name}' in this runspace. "
                + (ConnectionTable.Current.All.Count == 0
                    ? "Run Connect-ZoomScim first."
                    : $"There are: {string.Join(", ", ConnectionTable.Current.All.Select(c => c.Name))}."));
    }
}
