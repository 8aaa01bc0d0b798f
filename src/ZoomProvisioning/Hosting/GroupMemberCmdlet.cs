using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using ZoomProvisioning.Binding;
using ZoomProvisioning.Operations;
using ZoomProvisioning.Pipeline;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Hosting;

/// <summary>The base of the cmdlets that put users into a group or take them out.</summary>
public abstract class GroupMemberCmdlet : BulkCmdlet
{
    private GroupMembership? _membership;

    /// <summary>The group: its name, its Zoom id, or a group of Get-ZoomScimGroup.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    [ArgumentCompleter(typeof(GroupCompleter))]
    [ValidateNotNullOrEmpty]
    public object Group { get; set; } = string.Empty;

    /// <summary>Who: user names (mail addresses), Zoom ids, Zoom users, or source records.</summary>
    [Parameter(Position = 1, Mandatory = true, ParameterSetName = ValueSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(UserCompleter))]
    public object[] Member { get; set; } = [];

    /// <summary>Give back the Zoom users, as far as they were looked up, instead of the results.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>
    /// The folder under which the journal of what is changed without a rule is kept, one folder for each account. The default is
    /// ZOOM_PROVISIONING_STATE, else the user's application data; for an embedded simulator a folder that goes with it.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StatePath { get; set; }

    private protected override string? JournalPath => StatePath;

    private protected abstract bool Adds { get; }

    private protected override ScimUser ExplicitValues { get; } = new();

    private protected override bool NeedsValidConnection => true;

    private protected override bool ChangesZoom => true;

    // A batch asks about its members in their order by itself.
    private protected override bool AsksOneByOne => false;

    // As many as are sent together must be able to run at the same time.
    private protected override int Limit => ThrottleLimit;

    /// <inheritdoc/>
    internal override IEnumerable<object> Shape(object value) => value is not ChangeResult result ? base.Shape(value)
        : !PassThru ? [new GroupMemberResult(result)]
        : result.User is { } user ? [user]
        : [];

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        try
        {
            // Without the group there is nothing to do with any of the members.
            var target = GroupArguments.Read(Group);
            var group = Await(scope => new GroupOperations(Zoom).FindTargetAsync(target, scope.Call));
            _membership = new GroupMembership(Zoom, group, Adds, ThrottleLimit, Journal);
        }
        catch (ScimException exception)
        {
            Terminate(exception, Group);
        }
    }

    private protected override void OnRecord()
    {
        if (ParameterSetName == InputSet)
        {
            base.OnRecord();
            return;
        }

        foreach (var member in Member)
        {
            Take(member is null ? null : PSObject.AsPSObject(member));
        }
    }

    private protected override void Take(PSObject? record)
    {
        GroupMember member;
        try
        {
            member = Read(record);
        }
        catch (ScimException exception)
        {
            PutFailure(exception, record);
            return;
        }

        var work = _membership!.Take(member);
        Lane.Add(member.Label, member.Source, scope => work(scope, scope.Call));
    }

    private protected override void OnEnd() => _membership?.Flush();

    private protected override DesiredUser ReadIdentity(string identity) => Identities.Read(Reader, identity);

    private protected override Task<ChangeResult?> WorkAsync(DesiredUser desired, LaneScope scope) =>
        throw new InvalidOperationException("Members are sent together.");

    private GroupMember Read(PSObject? record)
    {
        switch (record?.BaseObject)
        {
            case ScimUser { Id: { } id } user:
                // A user that Zoom has shown is not asked for once more.
                return new GroupMember(user.ToString())
                {
                    Id = id,
                    User = user.Active is null || user.ChangedAttributes.Count > 0 ? null : user,
                    Source = user,
                };
            case ChangeResult { User: { Id: { } id, Active: not null } user } result:
                return new GroupMember(user.ToString()) { Id = id, User = user, Source = result };
            case ScimGroupMember { Id: { } id } member:
                return new GroupMember(member.ToString()) { Id = id, Source = member };
            case GroupMemberResult { Id: { } id } result:
                return new GroupMember(result.UserName) { Id = id, User = result.User, Source = result };
        }

        var desired = ReadRecord(record);
        if (desired.ZoomId is null && desired.LookupName is null)
        {
            throw new ScimRecordException("Zoom.Record.NoIdentity", $"{desired.Label}: neither a user name nor a Zoom id says whom this is about.")
            {
                Category = nameof(ErrorCategory.InvalidData),
                RecommendedAction = "Give a mail address, a Zoom id, or a record with one of the columns UserName, Email, EmailAddress, Mail, "
                    + "UserPrincipalName or ZoomId.",
            };
        }

        return new GroupMember(desired.Label) { Id = desired.ZoomId, UserName = desired.LookupName, Source = desired.Source ?? record?.BaseObject };
    }
}
