using System;
using System.Management.Automation;
using ZoomProvisioning.Session;

namespace ZoomProvisioning.Binding;

/// <summary>
/// Takes a PSCredential. As PowerShell's own attribute it asks for the password of a user name, but only where somebody can
/// answer, and never because a vault gave nothing.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class UnpromptedCredentialAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (value is not string)
        {
            return value;
        }

        return HostInteraction.CanAsk
            ? new CredentialAttribute().Transform(engineIntrinsics, value)
            : throw new ArgumentTransformationMetadataException(
                "A client id alone is no credential, and nobody can be asked for the client secret here. Give a PSCredential: "
                    + "(Get-Secret zoom) from a vault, or New-Object pscredential $clientId, $secureSecret.");
    }
}
