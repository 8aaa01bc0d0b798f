using System.Management.Automation;
using ZoomProvisioning.Binding;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Hosting;

namespace ZoomProvisioning.Commands;

/// <summary>Deletes profiles of this user. The secret stays in its vault or variable, and open connections stay open.</summary>
[Cmdlet(VerbsCommon.Remove, "ZoomScimProfile", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class RemoveZoomScimProfileCommand : ZoomCmdlet
{
    /// <summary>Names of profiles, or the profiles themselves.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    private protected override void OnRecord()
    {
        foreach (var name in Name)
        {
            try
            {
                if (!ProfileStore.Exists(name) || MayProceed($"profile {name}", "Delete"))
                {
                    ProfileStore.Delete(name);
                }
            }
            catch (ScimException exception)
            {
                WriteError(ErrorRecordFactory.From(exception, null, name));
            }
        }
    }
}
