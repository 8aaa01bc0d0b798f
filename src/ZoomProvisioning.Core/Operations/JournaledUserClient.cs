using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Operations;

/// <summary>
/// The users of an account, for one planned change: each write is in the journal before it is sent, and its outcome after it.
/// </summary>
internal sealed class JournaledUserClient : IScimUserClient
{
    private readonly IScimUserClient _users;
    private readonly IJournalPen _journal;
    private readonly PlannedChange _change;
    private readonly Func<JournalEntry, JournalEntry>? _mark;
    private ScimUser? _current;
    private ScimUser? _listed;

    /// <summary>Makes a client.</summary>
    /// <param name="users">The client to write by.</param>
    /// <param name="journal">The journal.</param>
    /// <param name="change">What is planned.</param>
    /// <param name="mark">Adds to an entry what is to be known of a request later; null for nothing.</param>
    public JournaledUserClient(IScimUserClient users, IJournalPen journal, PlannedChange change, Func<JournalEntry, JournalEntry>? mark = null)
    {
        _mark = mark;
        _users = users;
        _journal = journal;
        _change = change;
        // What only a list has told is no image to restore from, nor one to know the user by afterwards.
        _current = change.Current is { Detail: not UserDetail.Listed } current ? current : null;
        _listed = _current is null ? change.Current : null;
    }

    public Task<ScimPage<ScimUser>> ListAsync(int startIndex, int count, ScimFilter? filter, ScimCall call) =>
        _users.ListAsync(startIndex, count, filter, call);

    public Task<ScimUser> GetAsync(string id, ScimCall call) => _users.GetAsync(id, call);

    public Task<ScimUser> CreateAsync(ScimObject body, ScimCall call) =>
        WriteAsync(WriteKind.Create, null, body, call, watched => _users.CreateAsync(body, watched));

    public Task<ScimUser> UpdateAsync(string id, ScimObject body, ScimCall call) =>
        WriteAsync(WriteKind.Update, id, body, call, watched => _users.UpdateAsync(id, body, watched));

    public Task<ScimUser> SetActiveAsync(string id, bool active, ScimCall call) =>
        WriteAsync(active ? WriteKind.Activate : WriteKind.Deactivate, id, null, call, watched => _users.SetActiveAsync(id, active, watched));

    public Task DeleteAsync(string id, ScimCall call) => WriteAsync(WriteKind.Delete, id, null, call, async watched =>
    {
        await _users.DeleteAsync(id, watched).ConfigureAwait(false);
        return null!;
    });

    private async Task<ScimUser> WriteAsync(WriteKind request, string? id, ScimObject? body, ScimCall call, Func<ScimCall, Task<ScimUser>> send)
    {
        var intent = _journal.Entry(JournalKind.Intent, _change) with
        {
            Request = request,
            ZoomId = id,
            Body = WithoutSchemas(body),
            Before = Before(),
            BeforeDetail = (_current ?? _listed)?.Detail is { } detail and not UserDetail.Read ? detail : null,
        };
        intent = _journal.Write(_mark?.Invoke(intent) ?? intent);
        var observer = new TrackingObserver(call.Observer);
        ScimUser? reply;
        try
        {
            reply = await send(new ScimCall(call.Stop, call.Abort, observer)).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            var error = OutcomeOf.AsScim(exception, _change.UserName);
            var harm = error as ScimNotAppliedException;
            _journal.Note(Answer(intent, OutcomeOf.Error(exception)) with
            {
                ErrorId = error.ErrorId,
                Message = error.ZoomMessage ?? error.Message,
                TrackingId = error.TrackingId ?? observer.TrackingId,
                // What was taken away is put back by the next run.
                Body = harm is { Lost.Count: > 0, Before: { } before } ? Values(harm.Lost, before) : null,
                After = harm?.Shown is { Detail: UserDetail.Read } shown ? shown.Attributes : null,
            });
            throw;
        }

        ScimUser? after = null;
        if (reply is not null && (_current is not null || request == WriteKind.Create))
        {
            after = SeenUser.AfterWrite(request == WriteKind.Create ? null : _current, reply, body);
            (_current, _listed) = (after, null);
        }

        // That it cannot be written down does not undo it: the person is told as what it is, and nothing more is sent.
        _journal.Note(Answer(intent, ChangeOutcome.Done) with
        {
            ZoomId = reply?.Id ?? id,
            UserName = reply?.UserName ?? _change.UserName,
            After = after?.Attributes,
            TrackingId = observer.TrackingId,
        });
        return reply!;
    }

    /// <summary>The user as it was, and what the ledger knows of that which Zoom does not tell.</summary>
    private ScimObject? Before()
    {
        if ((_current ?? _listed) is not { } known)
        {
            return null;
        }

        var untold = _change.Changes.Where(c => !c.OldIsKnown && !ZoomAttribute.IsEmpty(c.OldValue)).ToList();
        if (untold.Count == 0)
        {
            return known.Attributes;
        }

        var before = new ScimUser(known.Attributes.DeepCopy(), known.Detail);
        untold.ForEach(c => c.Attribute.Set(before, c.OldValue));
        return before.Attributes;
    }

    private JournalEntry Answer(JournalEntry intent, ChangeOutcome outcome) => _journal.Entry(JournalKind.Outcome, _change) with
    {
        Answers = intent.Number,
        Request = intent.Request,
        Outcome = outcome,
    };

    private static ScimObject Values(IEnumerable<ZoomAttribute> attributes, ScimUser of)
    {
        var values = new ScimUser();
        foreach (var attribute in attributes)
        {
            attribute.Set(values, attribute.Get(of));
        }

        return values.Attributes;
    }

    private static ScimObject? WithoutSchemas(ScimObject? body)
    {
        if (body is null)
        {
            return null;
        }

        var copy = body.DeepCopy();
        copy.Remove("schemas");
        return copy;
    }
}
