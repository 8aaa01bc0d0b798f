using System;
using System.Management.Automation;

namespace ZoomProvisioning.Binding;

/// <summary>Refuses a secret given as text, with words that help: PowerShell's own say only that types differ.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NoPlainSecretAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is string
            ? throw new ArgumentTransformationMetadataException(
                "A secret is no text of the command line, where history and logs would keep it. Type it unseen, with (Read-Host -AsSecureString), "
                    + "or take it from a vault, with (Get-Secret zoom).")
            : inputData;
}
