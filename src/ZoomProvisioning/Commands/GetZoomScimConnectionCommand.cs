using System.Linq;
using System.Management.Automation;
using ZoomProvisioning.Binding;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Hosting;
using ZoomProvisioning.Session;

namespace ZoomProvisioning.Commands;

/// <summary>Shows the connections of this runspace, the default one last.</summary>
[Cmdlet(VerbsCommon.Get, "ZoomScimConnection")]
[OutputType(typeof(ZoomScimConnection))]
public sealed class GetZoomScimConnectionCommand : ZoomCmdlet
{
    /// <summary>The name of a connection; wildcards are allowed.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "*";

    private protected override void OnRecord()
    {
        var pattern = new WildcardPattern(Name, WildcardOptions.IgnoreCase);
        var found = ConnectionTable.Current.All.Where(c => pattern.IsMatch(c.Name)).ToList();
        if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(Name))
        {
            WriteError(ErrorRecordFactory.From(new ScimNotFoundException("Zoom.Connection.NotFound", $"There is no connection '{Name}' in this runspace.")
            {
                Category = nameof(ErrorCategory.ObjectNotFound),
                RecommendedAction = "Get-ZoomScimConnection lists the runspace's connections; Connect-ZoomScim makes one.",
            }, null, Name));
        }

        WriteObject(found, enumerateCollection: true);
    }
}
