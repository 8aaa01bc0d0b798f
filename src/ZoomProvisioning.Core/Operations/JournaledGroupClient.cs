using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Operations;

/// <summary>The groups of an account: each write is in the journal before it is sent, and its outcome after it.</summary>
/// <param name="groups">The client to write by.</param>
/// <param name="journal">The journal; null where nobody keeps one.</param>
internal sealed class JournaledGroupClient(IScimGroupClient groups, IJournalPen? journal)
{
    /// <summary>Makes a group.</summary>
    public async Task<ScimGroup> CreateAsync(string name, string? emailAlias, ScimCall call)
    {
        ScimGroup? created = null;
        await WriteAsync(WriteKind.CreateGroup, i => i with { GroupName = name, Body = Image(name, emailAlias) }, call, async watched =>
            (created = await groups.CreateAsync(name, emailAlias, watched).ConfigureAwait(false)).Id).ConfigureAwait(false);
        return created!;
    }

    /// <summary>Gives a group another name.</summary>
    public Task RenameAsync(ScimGroup group, string name, ScimCall call) => WriteAsync(
        WriteKind.UpdateGroup, i => Of(group, i) with { Body = Image(name, null) }, call, watched => groups.RenameAsync(group.Id!, name, watched));

    /// <summary>Gives a group another mail address.</summary>
    public Task SetEmailAliasAsync(ScimGroup group, string emailAlias, ScimCall call) => WriteAsync(
        WriteKind.UpdateGroup, i => Of(group, i) with { Body = Image(null, emailAlias) }, call,
        watched => groups.SetEmailAliasAsync(group.Id!, emailAlias, watched));

    /// <summary>Deletes a group, for good.</summary>
    public Task DeleteAsync(ScimGroup group, ScimCall call) =>
        WriteAsync(WriteKind.DeleteGroup, i => Of(group, i), call, watched => groups.DeleteAsync(group.Id!, watched));

    /// <summary>Puts people into a group, or takes them out.</summary>
    public Task ChangeMembersAsync(GroupChange group, IReadOnlyList<string> ids, ScimCall call) => WriteAsync(
        group.Adds ? WriteKind.AddToGroup : WriteKind.RemoveFromGroup,
        i => i with { GroupId = group.GroupId, GroupName = group.GroupName, Members = ids },
        call,
        watched => group.Adds ? groups.AddMembersAsync(group.GroupId!, ids, watched) : groups.RemoveMembersAsync(group.GroupId!, ids, watched));

    private Task WriteAsync(WriteKind request, Func<JournalEntry, JournalEntry> describe, ScimCall call, Func<ScimCall, Task> send) =>
        WriteAsync(request, describe, call, async watched =>
        {
            await send(watched).ConfigureAwait(false);
            return null;
        });

    private async Task WriteAsync(WriteKind request, Func<JournalEntry, JournalEntry> describe, ScimCall call, Func<ScimCall, Task<string?>> send)
    {
        if (journal is null)
        {
            await send(call).ConfigureAwait(false);
            return;
        }

        var intent = journal.Write(describe(journal.Entry(JournalKind.Intent) with { Request = request }));
        var observer = new TrackingObserver(call.Observer);
        var answer = journal.Entry(JournalKind.Outcome) with
        {
            Answers = intent.Number,
            Request = request,
            GroupId = intent.GroupId,
            GroupName = intent.GroupName,
        };
        try
        {
            var id = await send(new ScimCall(call.Stop, call.Abort, observer)).ConfigureAwait(false);
            journal.Note(answer with { Outcome = ChangeOutcome.Done, GroupId = id ?? intent.GroupId, TrackingId = observer.TrackingId });
        }
        catch (Exception exception)
        {
            var error = OutcomeOf.AsScim(exception, intent.GroupName ?? "group");
            journal.Note(answer with
            {
                Outcome = OutcomeOf.Error(exception),
                ErrorId = error.ErrorId,
                Message = error.ZoomMessage ?? error.Message,
                TrackingId = error.TrackingId ?? observer.TrackingId,
            });
            throw;
        }
    }

    private static JournalEntry Of(ScimGroup group, JournalEntry intent) =>
        intent with { GroupId = group.Id, GroupName = group.DisplayName, Before = Image(group.DisplayName, group.EmailAlias) };

    private static ScimObject Image(string? name, string? emailAlias)
    {
        var image = new ScimObject();
        if (name is not null)
        {
            image["displayName"] = name;
        }

        if (emailAlias is not null)
        {
            image["emailAlias"] = emailAlias;
        }

        return image;
    }
}
