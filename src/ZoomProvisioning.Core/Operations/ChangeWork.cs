using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Operations;

/// <summary>The requests of one planned change, in the order Zoom needs, and what is to be told of their replies.</summary>
internal sealed class ChangeWork
{
    private readonly ZoomScimConnection _connection;
    private readonly IScimUserClient _users;
    private readonly WatchedUserClient _watched;
    private readonly bool _verify;

    public ChangeWork(ZoomScimConnection connection, IScimUserClient users, WatchedUserClient watched, bool verify)
    {
        _connection = connection;
        _users = users;
        _watched = watched;
        _verify = verify;
    }

    /// <summary>Sends them.</summary>
    public async Task<ChangeResult> ApplyAsync(PlannedChange change, ScimCall call)
    {
        switch (change.Action)
        {
            case PlanAction.Create:
                return await CreateAsync(change, call).ConfigureAwait(false);
            case PlanAction.Delete:
                await DeleteAsync(change, call).ConfigureAwait(false);
                _connection.Licenses.Forget(change.Current!.Id!);
                return Result(change, change.Current, [], [], null);
            case PlanAction.Adopt or PlanAction.Update or PlanAction.Reactivate or PlanAction.Disable:
                return await ChangeAsync(change, call).ConfigureAwait(false);
            default:
                return new ChangeResult(
                    change.UserName,
                    change.Action,
                    change.Action == PlanAction.NoOp ? ChangeOutcome.NoChange : ChangeOutcome.Skipped,
                    change.Reason)
                {
                    User = change.Current,
                    Source = change.Desired?.Source,
                    Warnings = change.Desired?.Warnings ?? [],
                };
        }
    }

    /// <summary>
    /// Zoom takes the colleague who gets the data while the user is active, and hands it over with the deletion. Somebody who was
    /// deactivated before is active for these two requests, and deactivated again where one of them is refused.
    /// </summary>
    private async Task DeleteAsync(PlannedChange change, ScimCall call)
    {
        var id = change.Current!.Id!;
        if (change.Changes.Count == 0)
        {
            await _users.DeleteAsync(id, call).ConfigureAwait(false);
            return;
        }

        var wasInactive = change.Current.Active == false;
        if (wasInactive)
        {
            await _users.SetActiveAsync(id, true, call).ConfigureAwait(false);
        }

        try
        {
            await _users.UpdateAsync(id, UserDiff.ToBody(change.Changes, change.Current), call).ConfigureAwait(false);
            await _users.DeleteAsync(id, call).ConfigureAwait(false);
        }
        catch (ScimException exception) when (wasInactive && exception is not ScimOutcomeUnknownException)
        {
            // Whoever has left does not stay signed in because the deletion failed.
            await _users.SetActiveAsync(id, false, new ScimCall(default, call.Abort, call.Observer)).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<ChangeResult> CreateAsync(PlannedChange change, ScimCall call)
    {
        var desired = change.Desired!;
        var user = await _users.CreateAsync(UserDiff.ToCreateBody(change.Changes), call).ConfigureAwait(false);
        var warnings = new List<string>();
        var notApplied = new List<AttributeChange>();
        var reply = user;
        if (desired.Values.Active == false)
        {
            try
            {
                // Zoom creates everybody active.
                user = await AfterAsync(PartlyDone.Created, change, () => _users.SetActiveAsync(user.Id!, false, call)).ConfigureAwait(false);
            }
            catch (ScimNotAppliedException exception)
            {
                // Who was created is not called failed.
                notApplied.Add(new AttributeChange(ZoomAttributes.Active, exception.Shown.Active, false, oldIsKnown: true));
            }
        }

        return Conclude(change, user, reply, warnings, notApplied);
    }

    private async Task<ChangeResult> ChangeAsync(PlannedChange change, ScimCall call)
    {
        var user = change.Current!;
        var warnings = new List<string>();
        ScimUser? reply = null;
        string? done = null;
        if (change.Action == PlanAction.Disable)
        {
            // Zoom is about to take the licences; a later reactivation wants to know them.
            _connection.Licenses.Remember(user);
        }

        if (change.Action == PlanAction.Reactivate)
        {
            user = await _users.SetActiveAsync(user.Id!, true, call).ConfigureAwait(false);
            done = "activated";
        }

        if (change.Changes.Count > 0)
        {
            try
            {
                user = await AfterAsync(
                    done,
                    change,
                    () => _users.UpdateAsync(change.Current!.Id!, UserDiff.ToBody(change.Changes, change.Current), call)).ConfigureAwait(false);
                reply = user;
                done = "changed";
            }
            catch (ScimException exception) when (change.Action == PlanAction.Disable && exception is not (ScimNotSentException or ScimOutcomeUnknownException))
            {
                // A change that Zoom refuses must not keep a leaver signed in.
                warnings.Add($"{string.Join(", ", change.Changes.Select(c => c.Name))} could not be changed before deactivating: {exception.Message}");
            }
        }

        if (change.Action == PlanAction.Disable)
        {
            user = await AfterAsync(done, change, () => _users.SetActiveAsync(user.Id!, false, call)).ConfigureAwait(false);
        }

        if (Transferee.StayedBehind(change, user) is { } heir)
        {
            warnings.Add(heir);
        }

        // A licence that waits for a seat is still to be given back, in a later run of the session.
        if (change.Action == PlanAction.Reactivate && _connection.Licenses.Recall(user) is not { Count: > 0 })
        {
            _connection.Licenses.Forget(change.Current!.Id!);
        }

        return Conclude(change, user, reply, warnings, []);
    }

    /// <summary>Compares what was sent with what Zoom answered and, where it was read, with what it shows afterwards.</summary>
    private ChangeResult Conclude(PlannedChange change, ScimUser user, ScimUser? reply, List<string> warnings, List<AttributeChange> notApplied)
    {
        notApplied.AddRange(reply is null ? [] : ReplyCheck.NotApplied(reply, change.Changes));
        bool? verified = null;
        if (_watched.LastRead is { } read)
        {
            // A deactivation takes licences away, so those are not missed.
            var expected = change.Action == PlanAction.Disable
                ? change.Changes.Where(c => !c.IsPaid && c.Attribute.Kind != AttributeKind.Flag)
                : change.Changes;
            var missed = ReplyCheck.NotApplied(read, expected);
            notApplied = [.. notApplied.Where(n => missed.All(m => m.Name != n.Name)), .. missed];
            verified = _verify ? missed.Count == 0 && notApplied.All(n => n.Attribute != ZoomAttributes.Active) : null;
            user = _verify ? read : user;
        }
        else if (_verify && _watched.ReadFailure is { } failure)
        {
            warnings.Add($"It was done, but could not be read back: {failure.Message}");
        }

        warnings.AddRange(notApplied.Select(ReplyCheck.Describe));
        return Result(change, user, warnings, notApplied, verified);
    }

    private static Task<ScimUser> AfterAsync(string? done, PlannedChange change, Func<Task<ScimUser>> next) =>
        PartlyDone.ThenAsync(done, change.UserName, "user", next);

    private static ChangeResult Result(
        PlannedChange change, ScimUser user, IReadOnlyList<string> warnings, IReadOnlyList<AttributeChange> notApplied, bool? verified) =>
        new(user.UserName ?? change.UserName, change.Action, ChangeOutcome.Done, change.Reason)
        {
            NotApplied = notApplied,
            Verified = verified,
            Changes = change.Changes,
            User = user,
            Source = change.Desired?.Source,
            Warnings = [.. change.Desired?.Warnings ?? [], .. change.Remarks, .. warnings],
        };
}
