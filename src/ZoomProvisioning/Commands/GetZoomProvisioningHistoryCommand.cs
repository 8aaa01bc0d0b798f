using System.Management.Automation;
using ZoomProvisioning.Binding;
using ZoomProvisioning.Hosting;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Commands;

/// <summary>
/// Shows what was done in an account, by rules and by the cmdlets that work without one: every request with its outcome, the user as it
/// was before, and Zoom's tracking id.
/// </summary>
[Cmdlet(VerbsCommon.Get, "ZoomProvisioningHistory")]
[OutputType(typeof(JournalEntry))]
public sealed class GetZoomProvisioningHistoryCommand : AccountHistoryCmdlet
{
    /// <summary>
    /// Only entries about these people: user names, full names, anchors or Zoom ids, with wildcards. Somebody renamed is found under every
    /// name.
    /// </summary>
    [Parameter]
    [Alias("UserName", "Identity")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(UserCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? User { get; set; }

    /// <summary>Only entries about these actions or requests: Create, Update, Disable, Delete, RemoveFromGroup, NotDone and so on, with wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ActionCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Action { get; set; }

    /// <summary>Only requests that set or cleared one of these attributes, and their outcomes, with wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ClearCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Attribute { get; set; }

    private protected override void OnRecord()
    {
        try
        {
            var isAny = false;
            foreach (var entry in OpenHistory().Read(Query with { User = Patterns(User), Action = Patterns(Action), Attribute = Patterns(Attribute) }))
            {
                isAny = true;
                WriteObject(entry);
            }

            if (!isAny)
            {
                TellNothing(User);
            }
        }
        catch (ScimException exception)
        {
            Terminate(exception, Rule);
        }
    }
}
