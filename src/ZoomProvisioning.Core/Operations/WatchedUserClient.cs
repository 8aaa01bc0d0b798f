using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Operations;

/// <summary>When a user is read after a write.</summary>
internal enum ReadBack
{
    /// <summary>Where the reply does not show what was asked. Only an update, which may take something away, waits for the first one's reply.</summary>
    WhenInDoubt,

    /// <summary>After the first write of each kind as well, which the others wait for.</summary>
    AfterFirst,

    /// <summary>After every write (-Verify).</summary>
    Always,
}

/// <summary>
/// The users of an account, for one planned change, whose every reply is compared with what was asked and with what was there.
/// A reply that lacks something proves nothing by itself: only a read that lacks it too is believed.
/// </summary>
internal sealed class WatchedUserClient : IScimUserClient
{
    // Zoom is not always at once consistent (fact sheet, section 10, row 44).
    private static readonly TimeSpan[] Patience = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4)];

    private readonly IScimUserClient _users;
    private readonly PlannedChange _change;
    private readonly WriteWatch _watch;
    private readonly ReadBack _readBack;
    private readonly IClock _clock;
    private ScimUser? _before;

    public WatchedUserClient(IScimUserClient users, PlannedChange change, WriteWatch watch, ReadBack readBack, IClock? clock = null)
    {
        _users = users;
        _change = change;
        _watch = watch;
        _readBack = readBack;
        _clock = clock ?? SystemClock.Instance;
        _before = change.Current;
    }

    /// <summary>The user as it was read after the last write; null when it was not, or could not be.</summary>
    public ScimUser? LastRead { get; private set; }

    /// <summary>Why the last reading failed; null when it did not.</summary>
    public ScimException? ReadFailure { get; private set; }

    public Task<ScimPage<ScimUser>> ListAsync(int startIndex, int count, ScimFilter? filter, ScimCall call) =>
        _users.ListAsync(startIndex, count, filter, call);

    public Task<ScimUser> GetAsync(string id, ScimCall call) => _users.GetAsync(id, call);

    public async Task DeleteAsync(string id, ScimCall call)
    {
        await _users.DeleteAsync(id, call).ConfigureAwait(false);
        if (_readBack == ReadBack.WhenInDoubt || await ReadUntilGoneAsync(id, call).ConfigureAwait(false) is not { } there)
        {
            return;
        }

        throw new ScimNotAppliedException(
            "Zoom.Write.DeleteNotApplied", $"Zoom answered that {there} was deleted, and shows the user all the same.", _before, there)
        {
            Category = "InvalidResult",
            RecommendedAction = "Look at the user in the Zoom web portal (User Management > Users), and deactivate or delete the user there.",
        };
    }

    public async Task<ScimUser> CreateAsync(ScimObject body, ScimCall call)
    {
        using var turn = await _watch.EnterAsync(WriteKind.Create, isHarmless: _readBack == ReadBack.WhenInDoubt).ConfigureAwait(false);
        var reply = await _users.CreateAsync(body, call).ConfigureAwait(false);
        var shown = reply;
        if (MustRead(turn) && reply.Id is { } id && await ReadAsync(id, call).ConfigureAwait(false) is { } read)
        {
            shown = read;
        }

        var wanted = body.Text("userName");
        if (shown.UserName is { } name && !string.Equals(name, wanted, StringComparison.OrdinalIgnoreCase))
        {
            var finding = $"Zoom was asked to create '{wanted}' and created '{name}'.";
            turn.Doubt(finding, WriteWatch.MostHarmed);
            throw new ScimNotAppliedException("Zoom.Write.OtherAddress", finding, null, shown)
            {
                Category = "InvalidResult",
                UserExists = true,
                RecommendedAction = $"Look at '{name}' in Zoom before anything else is created.",
            };
        }

        turn.Trust();
        _before = null;
        return reply;
    }

    public async Task<ScimUser> UpdateAsync(string id, ScimObject body, ScimCall call)
    {
        var isHarmless = _before is { Detail: not UserDetail.Listed } known && ReplyCheck.Witnesses(known, known, _change.Changes, body) == 0;
        using var turn = await _watch.EnterAsync(WriteKind.Update, isHarmless).ConfigureAwait(false);
        await LookBeforeAsync(turn, id, call).ConfigureAwait(false);
        LastRead = null;
        var reply = await _users.UpdateAsync(id, body, call).ConfigureAwait(false);
        if (_before is not { } before)
        {
            return reply;
        }

        var lost = ReplyCheck.Lost(before, reply, _change.Changes);
        var shown = reply;
        if (lost.Count > 0 || MustRead(turn))
        {
            var read = await ReadUntilAsync(
                id, u => ReplyCheck.Lost(before, u, _change.Changes).Count == 0, isExpected: lost.Count == 0, call).ConfigureAwait(false);
            if (read is null)
            {
                return reply;
            }

            // What a read does not tell, such as the title, is known by the reply alone.
            lost = [.. ReplyCheck.Lost(before, read, _change.Changes), .. lost.Where(a => !a.ToldBy.Contains(UserDetail.Read))];
            shown = read;
        }

        if (lost.Count > 0)
        {
            var names = _change.Changes.Count == 0 ? "nothing" : string.Join(", ", _change.Changes.Select(c => c.Name));
            throw Harm(turn, before, shown, lost, $"was sent {names}, and took away what nobody sent");
        }

        if (ReplyCheck.Witnesses(before, shown, _change.Changes, body) > 0)
        {
            turn.Trust();
        }

        _before = WithoutUntold(SeenUser.AfterWrite(before, reply, sent: null), reply, body);
        return reply;
    }

    public async Task<ScimUser> SetActiveAsync(string id, bool active, ScimCall call)
    {
        var kind = active ? WriteKind.Activate : WriteKind.Deactivate;
        using var turn = await _watch.EnterAsync(kind, isHarmless: _readBack == ReadBack.WhenInDoubt).ConfigureAwait(false);
        await LookBeforeAsync(turn, id, call).ConfigureAwait(false);
        LastRead = null;
        var reply = await _users.SetActiveAsync(id, active, call).ConfigureAwait(false);
        var shown = reply;
        if (reply.Active != active || MustRead(turn))
        {
            if (await ReadUntilAsync(id, u => u.Active == active, isExpected: reply.Active == active, call).ConfigureAwait(false) is not { } read)
            {
                // Nobody can see it, so nobody may say that it was done; a reply that said so is taken at its word.
                return reply.Active is { } told && told != active ? throw Unmoved(turn, active, reply) : reply;
            }

            shown = read;
        }

        if (shown.Active is { } state && state != active)
        {
            throw Unmoved(turn, active, shown);
        }

        if (_before is { } before && ReplyCheck.Lost(before, shown, [], changesState: true) is { Count: > 0 } lost && ReferenceEquals(shown, LastRead))
        {
            throw Harm(turn, before, shown, lost, $"was asked to {(active ? "activate" : "deactivate")} and took away what nobody sent");
        }

        turn.Trust();
        return reply;
    }

    /// <summary>
    /// What somebody changed by hand since the list was read is not to be blamed on the first write of its kind, nor what the
    /// ledger only takes to have arrived.
    /// </summary>
    private async Task LookBeforeAsync(WriteWatch.Turn turn, string id, ScimCall call)
    {
        if (turn.IsFirst && _readBack != ReadBack.WhenInDoubt && await ReadAsync(id, call).ConfigureAwait(false) is { } fresh)
        {
            _before = fresh;
        }
    }

    /// <summary>What was sent and the reply does not tell has perhaps not arrived, and cannot be missed.</summary>
    private static ScimUser WithoutUntold(ScimUser user, ScimUser reply, ScimObject sent)
    {
        foreach (var attribute in SeenUser.AttributesIn(new ScimUser(sent, UserDetail.None)).Where(a => !a.IsToldBy(reply)).ToList())
        {
            attribute.Set(user, null);
        }

        SeenUser.TakeOffCleared(user, reply, sent);
        return user;
    }

    private bool MustRead(WriteWatch.Turn turn) => _readBack == ReadBack.Always || (_readBack == ReadBack.AfterFirst && turn.IsFirst);

    /// <summary>Reads until Zoom shows what it should, a few times where its reply has shown that already.</summary>
    private async Task<ScimUser?> ReadUntilAsync(string id, Func<ScimUser, bool> isRight, bool isExpected, ScimCall call)
    {
        var read = await ReadAsync(id, call).ConfigureAwait(false);
        foreach (var wait in isExpected ? Patience : [])
        {
            if (read is null || isRight(read) || call.Stop.IsCancellationRequested)
            {
                break;
            }

            await _clock.Delay(wait, CancellationToken.None).ConfigureAwait(false);
            read = await ReadAsync(id, call).ConfigureAwait(false);
        }

        return read;
    }

    /// <summary>The user as Zoom shows it although it is to be gone; null when it is gone, or nobody can say.</summary>
    private async Task<ScimUser?> ReadUntilGoneAsync(string id, ScimCall call)
    {
        var read = await ReadAsync(id, call).ConfigureAwait(false);
        foreach (var wait in Patience)
        {
            if (read is null || call.Stop.IsCancellationRequested)
            {
                break;
            }

            await _clock.Delay(wait, CancellationToken.None).ConfigureAwait(false);
            read = await ReadAsync(id, call).ConfigureAwait(false);
        }

        return read;
    }

    /// <summary>Reads a user who was written. That the reading fails does not undo the writing.</summary>
    private async Task<ScimUser?> ReadAsync(string id, ScimCall call)
    {
        try
        {
            ReadFailure = null;
            return LastRead = await _users.GetAsync(id, call).ConfigureAwait(false);
        }
        catch (ScimException exception)
        {
            ReadFailure = exception;
            return LastRead = null;
        }
    }

    private static ScimNotAppliedException Harm(
        WriteWatch.Turn turn, ScimUser before, ScimUser shown, IReadOnlyList<ZoomAttribute> lost, string what)
    {
        var finding = $"Zoom {what}: {ReplyCheck.Words(lost, before)} of {before}.";
        turn.Doubt(finding, WriteWatch.MostHarmed);
        return new ScimNotAppliedException("Zoom.Write.AttributesLost", finding, before, shown)
        {
            Category = "InvalidResult",
            Lost = lost,
            RecommendedAction = "Put the values back (a rule's next run does, as far as it knows them), and ask Zoom's support why before "
                + "anybody else is changed.",
        };
    }

    private ScimNotAppliedException Unmoved(WriteWatch.Turn turn, bool active, ScimUser shown)
    {
        var (asked, seen) = active ? ("activated", "deactivated") : ("deactivated", "active");
        var finding = $"Zoom answered that {shown} was {asked}, and shows the user as {seen} all the same.";
        turn.Doubt(finding, WriteWatch.MostUnmoved);
        return new ScimNotAppliedException("Zoom.Write.StateNotApplied", finding, _before, shown)
        {
            Category = "InvalidResult",
            RecommendedAction = $"{(active ? "Activate" : "Deactivate")} the user in the Zoom web portal (User Management > Users), and look there "
                + "for what holds the user in this state.",
        };
    }
}
