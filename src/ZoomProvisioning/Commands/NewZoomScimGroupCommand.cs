using System.Management.Automation;
using ZoomProvisioning.Hosting;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Commands;

/// <summary>Creates Zoom groups.</summary>
[Cmdlet(VerbsCommon.New, "ZoomScimGroup", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(GroupResult), typeof(ScimGroup))]
public sealed class NewZoomScimGroupCommand : GroupCmdlet
{
    /// <summary>The group's name, unique in the account.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("DisplayName")]
    [AllowEmptyString]
    public string Name { get; set; } = string.Empty;

    /// <summary>The group's mail address.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Email", "Mail")]
    [AllowNull]
    [AllowEmptyString]
    public string? EmailAlias { get; set; }

    /// <summary>What to do when a group of this name exists already: Fail (an error) or Skip.</summary>
    [Parameter]
    [ValidateSet(nameof(ZoomProvisioning.IfExists.Fail), nameof(ZoomProvisioning.IfExists.Skip))]
    public IfExists IfExists { get; set; }

    private protected override void OnRecord()
    {
        var name = Name.Trim();
        var emailAlias = string.IsNullOrWhiteSpace(EmailAlias) ? null : EmailAlias!.Trim();
        if (name.Length == 0 && emailAlias is null && MyInvocation.ExpectingInput)
        {
            // The empty line at the end of a text.
            return;
        }

        if (name.Length == 0)
        {
            Lane.Add(MyInvocation.MyCommand.Name, null, _ => throw new ScimRecordException("Zoom.Record.NoGroupName", "The group's name is blank.")
            {
                Category = nameof(ErrorCategory.InvalidData),
                RecommendedAction = "Give the group a name.",
            });
            return;
        }

        Lane.Add(name, name, scope => Operations.CreateAsync(name, emailAlias, IfExists, scope, scope.Call));
    }
}
