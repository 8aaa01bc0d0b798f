using System.Linq;
using System.Management.Automation;
using ZoomProvisioning.Binding;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Hosting;
using ZoomProvisioning.Loading;

namespace ZoomProvisioning.Commands;

/// <summary>Shows the profiles of this user. Nothing is sent to Zoom, and no secret is read.</summary>
[Cmdlet(VerbsCommon.Get, "ZoomScimProfile")]
[OutputType(typeof(ZoomScimProfile))]
public sealed class GetZoomScimProfileCommand : ZoomCmdlet
{
    /// <summary>Names of profiles; wildcards are allowed. All of them when left out.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    private protected override void OnRecord()
    {
        var store = new ProfileStore(EngineLoader.Engine.ProfileFormat);
        foreach (var wanted in Name)
        {
            try
            {
                // A name without wildcards is read in any case: that there is none is an error then.
                var names = WildcardPattern.ContainsWildcardCharacters(wanted)
                    ? ProfileStore.Names().Where(new WildcardPattern(wanted, WildcardOptions.IgnoreCase).IsMatch).ToArray()
                    : [wanted];
                foreach (var name in names)
                {
                    Show(store, name);
                }
            }
            catch (ScimException exception)
            {
                WriteError(ErrorRecordFactory.From(exception, null, wanted));
            }
        }
    }

    private void Show(ProfileStore store, string name)
    {
        try
        {
            WriteObject(store.Read(name));
        }
        catch (ScimException exception)
        {
            WriteError(ErrorRecordFactory.From(exception, null, name));
        }
    }
}
