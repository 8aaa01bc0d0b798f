using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using ZoomProvisioning.Binding;
using ZoomProvisioning.Hosting;
using ZoomProvisioning.Operations;
using ZoomProvisioning.Pipeline;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Commands;

/// <summary>Reads Zoom groups: all of them page by page, or single ones by name or id.</summary>
[Cmdlet(VerbsCommon.Get, "ZoomScimGroup")]
[OutputType(typeof(ScimGroup))]
public sealed class GetZoomScimGroupCommand : ConnectedCmdlet
{
    private bool _membersRefused;

    /// <summary>The groups: names, Zoom ids, or groups read before. All groups when it is left out.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [Alias("Id", "Name", "DisplayName")]
    [ArgumentCompleter(typeof(GroupCompleter))]
    [AllowEmptyString]
    [ValidateNotNull]
    public object[]? Identity { get; set; }

    /// <summary>
    /// Read who is in each group as well. SCIM does not tell; Zoom's v2 API does, when the app has the scope
    /// group:read:list_members:admin (group:read:admin in an older app).
    /// </summary>
    [Parameter]
    [Alias("Member")]
    public SwitchParameter IncludeMember { get; set; }

    private protected override bool NeedsValidConnection => false;

    private protected override void OnRecord()
    {
        if (Identity is null)
        {
            // Nothing was named, or nothing came down the pipeline: only the first means all.
            if (!MyInvocation.ExpectingInput)
            {
                Lane.Add("the list of groups", null, ListAsync);
            }

            return;
        }

        foreach (var identity in Identity.Where(i => !GroupArguments.IsBlankLine(i, MyInvocation)))
        {
            Lane.Add(Label(identity), identity, async scope =>
            {
                var target = GroupArguments.Read(identity);
                await WriteAsync(await new GroupOperations(Zoom).FindTargetAsync(target, scope.Call).ConfigureAwait(false), scope).ConfigureAwait(false);
                return null;
            });
        }
    }

    private async Task<ChangeResult?> ListAsync(LaneScope scope)
    {
        var (total, delivered) = await new GroupDirectory(Zoom).ListAsync(async page =>
        {
            foreach (var group in page)
            {
                await WriteAsync(group, scope).ConfigureAwait(false);
            }
        }, scope.Call).ConfigureAwait(false);
        return delivered < total ? throw AccountLister<ScimGroup>.Incomplete("groups", total, delivered) : null;
    }

    private async Task WriteAsync(ScimGroup group, LaneScope scope)
    {
        if (IncludeMember && !_membersRefused)
        {
            try
            {
                await new GroupDirectory(Zoom).ReadMembersAsync(group, scope.Call).ConfigureAwait(false);
            }
            catch (ScimException exception) when (exception is ScimPermissionException || exception.ErrorId == "Zoom.Endpoint.NotFound")
            {
                // It will be so for every group, so it is said once.
                _membersRefused = true;
                scope.Warn($"Who is in the groups could not be read, so Members is empty. {exception.Message} {exception.RecommendedAction}");
            }
        }

        await scope.SayAndWaitAsync(output => output.WriteObject(group)).ConfigureAwait(false);
    }

    private static string Label(object? identity) => identity?.ToString() ?? "a group";
}
