using System.Management.Automation;
using ZoomProvisioning.Binding;
using ZoomProvisioning.Hosting;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Commands;

/// <summary>Renames a Zoom group or sets its mail address: sends what differs and nothing else.</summary>
[Cmdlet(VerbsCommon.Set, "ZoomScimGroup", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(GroupResult), typeof(ScimGroup))]
public sealed class SetZoomScimGroupCommand : GroupCmdlet
{
    /// <summary>The group: its present name, its Zoom id, or a group of Get-ZoomScimGroup.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [Alias("Id")]
    [ArgumentCompleter(typeof(GroupCompleter))]
    [ValidateNotNullOrEmpty]
    public object Identity { get; set; } = string.Empty;

    /// <summary>A new name, to rename the group.</summary>
    [Parameter]
    [Alias("NewName", "DisplayName")]
    [AllowNull]
    [AllowEmptyString]
    public string? Name { get; set; }

    /// <summary>The group's mail address.</summary>
    [Parameter]
    [Alias("Email", "Mail")]
    [AllowNull]
    [AllowEmptyString]
    public string? EmailAlias { get; set; }

    private protected override void OnRecord()
    {
        var name = TextOrWarn(nameof(Name), Name);
        var emailAlias = TextOrWarn(nameof(EmailAlias), EmailAlias);
        PutEach([Identity], (target, scope) => Operations.UpdateAsync(target, name, emailAlias, scope, scope.Call));
    }
}
