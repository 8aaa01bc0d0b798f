using System;
using System.Management.Automation;
using System.Threading.Tasks;
using ZoomProvisioning.Binding;
using ZoomProvisioning.Hosting;
using ZoomProvisioning.Operations;
using ZoomProvisioning.Pipeline;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Runs;

namespace ZoomProvisioning.Commands;

/// <summary>Reads Zoom users: all of them page by page, or single ones with everything Zoom tells.</summary>
[Cmdlet(VerbsCommon.Get, "ZoomScimUser", DefaultParameterSetName = AllSet)]
[OutputType(typeof(ScimUser))]
public sealed class GetZoomScimUserCommand : BulkCmdlet
{
    private const string AllSet = "All";
    private const string FilterSet = "Filter";

    private ScimFilter? _filter;

    /// <summary>Whom to read: user names (mail addresses) or Zoom ids.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = ValueSet)]
    [Alias("Id", "UserName", "Email")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(UserCompleter))]
    public string[] Identity { get; set; } = [];

    /// <summary>A filter Zoom has: <c>userName eq "jill@example.com"</c> or <c>externalId eq "zoomUserId"</c>.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FilterSet)]
    [ValidateNotNullOrEmpty]
    public string Filter { get; set; } = string.Empty;

    /// <summary>
    /// Read each listed user by id as well: a list tells only names, mail, active, user type and department. One more request
    /// for each user.
    /// </summary>
    [Parameter(ParameterSetName = AllSet)]
    [Parameter(ParameterSetName = FilterSet)]
    public SwitchParameter Detailed { get; set; }

    private protected override ScimUser ExplicitValues { get; } = new();

    private protected override bool NeedsValidConnection => false;

    // Reading asks nobody.
    private protected override bool AsksOneByOne => false;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (ParameterSetName != FilterSet)
        {
            return;
        }

        try
        {
            _filter = ScimFilter.ParseUserFilter(Filter);
        }
        catch (FormatException exception)
        {
            Terminate(new ScimBadRequestException("Zoom.Request.InvalidFilter", exception.Message, exception)
            {
                Category = nameof(ErrorCategory.InvalidArgument),
                RecommendedAction = "Filter with userName eq or externalId eq; for anything else, pipe Get-ZoomScimUser to Where-Object.",
            }, Filter);
        }
    }

    private protected override void OnRecord()
    {
        switch (ParameterSetName)
        {
            case AllSet or FilterSet:
                Lane.Add("the list of users", null, ListAsync);
                break;
            case ValueSet:
                foreach (var identity in Identity)
                {
                    Put(() => ReadIdentity(identity), null);
                }

                break;
            default:
                base.OnRecord();
                break;
        }
    }

    private protected override DesiredUser ReadParameters() => throw new InvalidOperationException("Each identity is read by itself.");

    private protected override DesiredUser ReadIdentity(string identity) => Identities.Read(Reader, identity);

    private protected override async Task<ChangeResult?> WorkAsync(DesiredUser desired, LaneScope scope)
    {
        scope.Write(await new UserOperations(Zoom).FindTargetAsync(desired, scope.Call).ConfigureAwait(false));
        return null;
    }

    private async Task<ChangeResult?> ListAsync(LaneScope scope)
    {
        var directory = new UserDirectory(Zoom, () => Limit);
        var progress = new PhaseProgress(scope, () => Zoom.Service.Rate);
        void Show(int done, int all) => progress.Show(new SyncProgress("Listing users", done, all, 0));

        var (total, delivered) = await (Detailed
            ? directory.ListInFullAsync(_filter, (user, error) => WriteAsync(user, error, scope), scope.Call, Show)
            : directory.ListAsync(_filter, async page =>
            {
                foreach (var user in page)
                {
                    await WriteAsync(user, null, scope).ConfigureAwait(false);
                }
            }, scope.Call, Show)).ConfigureAwait(false);
        return delivered < total ? throw AccountLister<ScimUser>.Incomplete("users", total, delivered) : null;
    }

    private static Task WriteAsync(ScimUser user, ScimException? error, LaneScope scope) => scope.SayAndWaitAsync(output =>
    {
        if (error is null)
        {
            output.WriteObject(user);
        }
        else
        {
            output.WriteError(error, user.ToString(), user);
        }
    });
}
