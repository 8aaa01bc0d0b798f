using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Operations;

/// <summary>Carries out what was planned for one user, in the order Zoom needs: activate, change, deactivate, delete.</summary>
public sealed class ChangeExecutor
{
    private readonly ZoomScimConnection _connection;
    private readonly IScimUserClient _users;
    private readonly bool _verify;

    /// <summary>Makes an executor over a connection.</summary>
    /// <param name="connection">The account.</param>
    /// <param name="verify">Whether to read each user after writing and compare.</param>
    public ChangeExecutor(ZoomScimConnection connection, bool verify = false)
        : this(connection, connection.Service.Users, verify)
    {
    }

    /// <summary>Makes an executor that writes by another client, such as one that keeps a journal.</summary>
    internal ChangeExecutor(ZoomScimConnection connection, IScimUserClient users, bool verify)
    {
        _connection = connection;
        _users = users;
        _verify = verify;
    }

    /// <summary>Carries out one planned change.</summary>
    /// <exception cref="ScimException">Zoom refused. Nothing after the refused request was sent, except that a user to be deactivated is deactivated even where a change is refused.</exception>
    public async Task<ChangeResult> ApplyAsync(PlannedChange change, ScimCall call)
    {
        switch (change.Action)
        {
            case PlanAction.Create:
                return await CreateAsync(change, call).ConfigureAwait(false);
            case PlanAction.Delete:
                if (change.Changes.Count > 0)
                {
                    // The transferee, who must be known before the user is gone.
                    await _users.UpdateAsync(change.Current!.Id!, UserDiff.ToBody(change.Changes, change.Current), call).ConfigureAwait(false);
                }

                await _users.DeleteAsync(change.Current!.Id!, call).ConfigureAwait(false);
                _connection.Licenses.Forget(change.Current!.Id!);
                return Result(change, change.Current, [], [], null);
            case PlanAction.Adopt or PlanAction.Update or PlanAction.Reactivate or PlanAction.Disable:
                return await ChangeAsync(change, call).ConfigureAwait(false);
            default:
                return new ChangeResult(change.UserName, change.Action, change.Action == PlanAction.NoOp ? ChangeOutcome.NoChange : ChangeOutcome.Skipped, change.Reason)
                {
                    User = change.Current,
                    Source = change.Desired?.Source,
                    Warnings = change.Desired?.Warnings ?? [],
                };
        }
    }

    private async Task<ChangeResult> CreateAsync(PlannedChange change, ScimCall call)
    {
        var desired = change.Desired!;
        var user = await _users.CreateAsync(UserDiff.ToCreateBody(change.Changes), call).ConfigureAwait(false);
        var warnings = new List<string>();
        var reply = user;
        if (desired.Values.Active == false)
        {
            // Zoom creates everybody active.
            user = await AfterAsync("created", change, () => SetActiveAsync(user, false, warnings, call)).ConfigureAwait(false);
        }

        return await ConcludeAsync(change, user, reply, warnings, call).ConfigureAwait(false);
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
            user = await SetActiveAsync(user, true, warnings, call).ConfigureAwait(false);
            done = "activated";
        }

        if (change.Changes.Count > 0)
        {
            try
            {
                user = await AfterAsync(done, change, () => _users.UpdateAsync(change.Current!.Id!, UserDiff.ToBody(change.Changes, change.Current), call)).ConfigureAwait(false);
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
            user = await AfterAsync(done, change, () => SetActiveAsync(user, false, warnings, call)).ConfigureAwait(false);
        }

        // A licence that waits for a seat is still to be given back, in a later run of the session.
        if (change.Action == PlanAction.Reactivate && _connection.Licenses.Recall(user) is not { Count: > 0 })
        {
            _connection.Licenses.Forget(change.Current!.Id!);
        }

        return await ConcludeAsync(change, user, reply, warnings, call).ConfigureAwait(false);
    }

    /// <summary>Compares what was sent with what Zoom answered and, where that is wanted, with what it shows afterwards.</summary>
    private async Task<ChangeResult> ConcludeAsync(PlannedChange change, ScimUser user, ScimUser? reply, List<string> warnings, ScimCall call)
    {
        var notApplied = reply is null ? [] : NotApplied(reply, change.Changes);
        bool? verified = null;
        if (_verify && user.Id is { } id && await ReadBackAsync(id, warnings, call).ConfigureAwait(false) is { } read)
        {
            // A deactivation takes licences away, so those are not missed.
            var expected = change.Action == PlanAction.Disable ? change.Changes.Where(c => !c.IsPaid && c.Attribute.Kind != AttributeKind.Flag) : change.Changes;
            var missed = NotApplied(read, expected);
            notApplied = [.. notApplied.Where(n => missed.All(m => m.Name != n.Name)), .. missed];
            verified = missed.Count == 0;
            user = read;
        }

        warnings.AddRange(notApplied.Select(Describe));
        if (reply is not null && change.Current is { } before)
        {
            warnings.AddRange(Lost(before, reply, change.Changes).Select(a => $"{a.Name} was '{ZoomAttribute.Display(a.Get(before))}' and was not sent, but Zoom shows it no more."));
        }

        return Result(change, user, warnings, notApplied, verified);
    }

    /// <summary>Reads a user who was written. That the reading fails does not undo the writing.</summary>
    private async Task<ScimUser?> ReadBackAsync(string id, List<string> warnings, ScimCall call)
    {
        try
        {
            return await _users.GetAsync(id, call).ConfigureAwait(false);
        }
        catch (ScimException exception)
        {
            warnings.Add($"It was done, but could not be read back: {exception.Message}");
            return null;
        }
    }

    /// <summary>What ends after something was done must not read as if nothing had been.</summary>
    private static async Task<ScimUser> AfterAsync(string? done, PlannedChange change, Func<Task<ScimUser>> next)
    {
        try
        {
            return await next().ConfigureAwait(false);
        }
        catch (ScimNotSentException exception) when (done is not null)
        {
            throw new ScimException("Zoom.Call.PartlyDone", $"{change.UserName}: the user was {done}, but the command was stopped before the rest was sent.", exception)
            {
                Category = "OperationStopped",
                RecommendedAction = "Look at the user with Get-ZoomScimUser, then run the record again (New-ZoomScimUser with -IfExists Update).",
            };
        }
        catch (ScimException exception) when (done is not null)
        {
            exception.RecommendedAction = $"{exception.RecommendedAction} Before this, the user was {done}.".TrimStart();
            throw;
        }
    }

    private async Task<ScimUser> SetActiveAsync(ScimUser user, bool active, List<string> warnings, ScimCall call)
    {
        var reply = await _users.SetActiveAsync(user.Id!, active, call).ConfigureAwait(false);
        if (reply.Active is { } told && told != active)
        {
            warnings.Add($"Zoom accepted the request but still shows the user as {(told ? "active" : "deactivated")}.");
        }

        return reply;
    }

    /// <summary>Zoom was seen to answer 200 and ignore what it was sent; what it shows tells. The old value of each is what is shown.</summary>
    internal static List<AttributeChange> NotApplied(ScimUser shown, IEnumerable<AttributeChange> sent) => sent
        .Where(c => c.Attribute.IsToldBy(shown) && (!c.Attribute.AreEqual(c.Attribute.Get(shown), c.NewValue) || KeepsMore(c, shown)))
        .Select(c => new AttributeChange(c.Attribute, c.Attribute.Get(shown), c.NewValue, oldIsKnown: true))
        .ToList();

    /// <summary>What Zoom accepted and did not apply, in words.</summary>
    internal static string Describe(AttributeChange notApplied) =>
        $"Zoom accepted {notApplied.Name} '{ZoomAttribute.Display(notApplied.NewValue)}' but shows '{ZoomAttribute.Display(notApplied.OldValue)}'.";

    /// <summary>The reply to a write lists all roles: one more than was wanted is a role that was to be taken away.</summary>
    private static bool KeepsMore(AttributeChange sent, ScimUser shown) => shown.Detail is UserDetail.Created or UserDetail.Updated
        && sent.Attribute.Kind == AttributeKind.Names
        && sent.NewValue is IEnumerable<string> wanted
        && sent.Attribute.Get(shown) is IEnumerable<string> kept
        && kept.Except(wanted, StringComparer.OrdinalIgnoreCase).Any();

    /// <summary>What a PUT that is not partial after all has taken away (fact sheet, section 10, row 7).</summary>
    private static IEnumerable<ZoomAttribute> Lost(ScimUser before, ScimUser reply, IReadOnlyList<AttributeChange> sent) => ZoomAttributes.All
        .Where(a => !a.IsAddress && a != ZoomAttributes.Active)
        .Concat(ZoomExtension.Known)
        .Where(a => sent.All(c => c.Name != a.Name) && a.IsToldBy(reply))
        .Where(a => !ZoomAttribute.IsEmpty(a.Get(before)) && !Equals(a.Get(before), false) && ZoomAttribute.IsEmpty(a.Get(reply)));

    private static ChangeResult Result(PlannedChange change, ScimUser user, IReadOnlyList<string> warnings, IReadOnlyList<AttributeChange> notApplied, bool? verified) =>
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
