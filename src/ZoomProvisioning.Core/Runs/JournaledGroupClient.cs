using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Operations;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Runs;

/// <summary>The groups of an account: each write is in the journal before it is sent, and its outcome after it.</summary>
internal sealed class JournaledGroupClient(IScimGroupClient groups, RunJournal journal)
{
    /// <summary>Makes a group; returns its id.</summary>
    public async Task<string?> CreateAsync(string name, ScimCall call)
    {
        string? id = null;
        await WriteAsync(journal.Entry(JournalKind.Intent) with { Request = WriteKind.CreateGroup, GroupName = name }, call, async watched =>
            id = (await groups.CreateAsync(name, null, watched).ConfigureAwait(false)).Id).ConfigureAwait(false);
        return id;
    }

    /// <summary>Puts people into a group, or takes them out.</summary>
    public Task ChangeMembersAsync(GroupChange group, IReadOnlyList<string> ids, ScimCall call) => WriteAsync(
        journal.Entry(JournalKind.Intent) with
        {
            Request = group.Adds ? WriteKind.AddToGroup : WriteKind.RemoveFromGroup,
            GroupId = group.GroupId,
            GroupName = group.GroupName,
            Members = ids,
        },
        call,
        async watched =>
        {
            await (group.Adds
                ? groups.AddMembersAsync(group.GroupId!, ids, watched)
                : groups.RemoveMembersAsync(group.GroupId!, ids, watched)).ConfigureAwait(false);
            return group.GroupId;
        });

    private async Task WriteAsync(JournalEntry intent, ScimCall call, Func<ScimCall, Task<string?>> send)
    {
        intent = journal.Write(intent);
        var observer = new TrackingObserver(call.Observer);
        var answer = journal.Entry(JournalKind.Outcome) with
        {
            Answers = intent.Number,
            Request = intent.Request,
            GroupId = intent.GroupId,
            GroupName = intent.GroupName,
        };
        try
        {
            var id = await send(new ScimCall(call.Stop, call.Abort, observer)).ConfigureAwait(false);
            journal.Note(answer with { Outcome = ChangeOutcome.Done, GroupId = id, TrackingId = observer.TrackingId });
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
}
