using System;
using System.Collections.Generic;
using System.Linq;
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

    /// <summary>
    /// Whom to read: user names (mail addresses) or Zoom ids, with everything Zoom tells. With * in it: all users whose user name or
    /// display name is like this (? is any one letter), as a list tells them.
    /// </summary>
    [SupportsWildcards]
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = ValueSet)]
    [Alias("Id", "UserName", "Email")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(UserCompleter))]
    public string[] Identity { get; set; } = [];

    /// <summary>A filter Zoom has: <c>userName eq "jill@example.com"</c> or <c>externalId eq "zoomUserId"</c>.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FilterSet)]
    [ValidateNotNullOrEmpty]
    public string Filter { get; set; } = string.Empty;

    /// <summary>Only users of these departments; * and ? stand for any letters, and '' is for users who have none.</summary>
    [Parameter(ParameterSetName = AllSet)]
    [Parameter(ParameterSetName = ValueSet)]
    [SupportsWildcards]
    [AllowEmptyString]
    [AllowNull]
    public string?[]? Department { get; set; }

    /// <summary>Only users who have one of these licences, with wildcards. A list tells the user type; plans and add-ons need -Detailed.</summary>
    [Parameter(ParameterSetName = AllSet)]
    [Parameter(ParameterSetName = ValueSet)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LicenseCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? License { get; set; }

    /// <summary>Only users who are active ($true), or who are deactivated ($false).</summary>
    [Parameter(ParameterSetName = AllSet)]
    [Parameter(ParameterSetName = ValueSet)]
    public bool? Active { get; set; }

    /// <summary>
    /// Read each listed user by id as well: a list tells only names, mail, active, user type and department. One more request
    /// for each user.
    /// </summary>
    [Parameter(ParameterSetName = AllSet)]
    [Parameter(ParameterSetName = FilterSet)]
    [Parameter(ParameterSetName = ValueSet)]
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
                Lane.Add("the list of users", null, scope => ListAsync(scope, []));
                break;
            case ValueSet:
                foreach (var identity in Identity.Where(i => !IsPattern(i)))
                {
                    Put(() => ReadIdentity(identity), null);
                }

                if (Identity.Where(IsPattern).ToList() is { Count: > 0 } patterns)
                {
                    Lane.Add("the list of users", null, scope => ListAsync(scope, patterns));
                }

                break;
            default:
                base.OnRecord();
                break;
        }
    }

    private protected override DesiredUser ReadIdentity(string identity) => Identities.Read(Reader, identity);

    private protected override async Task<ChangeResult?> WorkAsync(DesiredUser desired, LaneScope scope)
    {
        var user = await new UserOperations(Zoom).FindTargetAsync(desired, scope.Call).ConfigureAwait(false);
        if (Wanted([]).Has(user))
        {
            scope.Write(user);
        }

        return null;
    }

    // Brackets are left alone, and so is a question mark by itself: nobody knows what Zoom's ids may hold.
    private static bool IsPattern(string identity) => identity.IndexOf('*') >= 0;

    private UserSelection Wanted(IReadOnlyList<string> names) => new(
        names,
        Active,
        MyInvocation.BoundParameters.ContainsKey(nameof(Department)) ? [.. (Department ?? [null]).Select(d => d ?? string.Empty)] : null,
        License);

    private async Task<ChangeResult?> ListAsync(LaneScope scope, IReadOnlyList<string> names)
    {
        var wanted = Wanted(names);
        var directory = new UserDirectory(Zoom, () => Limit);
        var progress = new PhaseProgress(scope, () => Zoom.Service.Rate);
        void Show(int done, int all) => progress.Show(new SyncProgress("Listing users", done, all, 0));

        var (total, delivered) = await (Detailed
            ? directory.ListInFullAsync(
                _filter, (user, error) => error is not null || wanted.HasLicense(user) ? WriteAsync(user, error, scope) : Task.CompletedTask,
                scope.Call, Show, wanted.MayHave)
            : directory.ListAsync(_filter, async page =>
            {
                foreach (var user in page.Where(wanted.Has))
                {
                    await WriteAsync(user, null, scope).ConfigureAwait(false);
                }
            }, scope.Call, Show)).ConfigureAwait(false);
        if (delivered < total)
        {
            throw AccountLister<ScimUser>.Incomplete("users", total, delivered);
        }

        foreach (var miss in wanted.Misses(Detailed))
        {
            scope.Warn(miss);
        }

        return null;
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
