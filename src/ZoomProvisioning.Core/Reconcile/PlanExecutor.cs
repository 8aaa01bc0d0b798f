using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Reconcile;

/// <summary>Carries out what was planned for one user, in the order Zoom needs: activate, change, deactivate, delete.</summary>
public sealed class PlanExecutor
{
    private readonly IScimUserClient _users;

    /// <summary>Makes an executor over a connection.</summary>
    public PlanExecutor(ZoomScimConnection connection) => _users = connection.Service.Users;

    /// <summary>Carries out one planned change.</summary>
    /// <exception cref="ScimException">Zoom refused. Nothing after the refused request was sent, except that a user to be deactivated is deactivated even where a change is refused.</exception>
    public async Task<ChangeResult> ApplyAsync(PlannedChange change, ScimCall call)
    {
        switch (change.Action)
        {
            case PlanAction.Create:
                return await CreateAsync(change, call).ConfigureAwait(false);
            case PlanAction.Delete:
                await _users.DeleteAsync(change.Current!.Id!, call).ConfigureAwait(false);
                return Result(change, change.Current!, []);
            case PlanAction.Update or PlanAction.Reactivate or PlanAction.Disable:
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
        var user = await _users.CreateAsync(UserDiff.ToCreateBody(desired.Values), call).ConfigureAwait(false);
        var warnings = NotApplied(user, change.Changes);
        if (desired.Values.Active == false)
        {
            // Zoom creates everybody active.
            user = await AfterAsync("created", change, () => SetActiveAsync(user, false, warnings, call)).ConfigureAwait(false);
        }

        return Result(change, user, warnings);
    }

    private async Task<ChangeResult> ChangeAsync(PlannedChange change, ScimCall call)
    {
        var user = change.Current!;
        var warnings = new List<string>();
        string? done = null;
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
                warnings.AddRange(NotApplied(user, change.Changes));
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

        return Result(change, user, warnings);
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

    /// <summary>Zoom was seen to answer 200 and ignore what it was sent; its reply shows it.</summary>
    private static List<string> NotApplied(ScimUser reply, IEnumerable<AttributeChange> sent) => sent
        .Where(c => c.Attribute.IsToldBy(reply) && !c.Attribute.AreEqual(c.Attribute.Get(reply), c.NewValue))
        .Select(c => $"Zoom accepted {c.Name} '{ZoomAttribute.Display(c.NewValue)}' but its reply shows '{ZoomAttribute.Display(c.Attribute.Get(reply))}'.")
        .ToList();

    private static ChangeResult Result(PlannedChange change, ScimUser user, IReadOnlyList<string> warnings) =>
        new(user.UserName ?? change.UserName, change.Action, ChangeOutcome.Done, change.Reason)
        {
            Changes = change.Changes,
            User = user,
            Source = change.Desired?.Source,
            Warnings = [.. change.Desired?.Warnings ?? [], .. warnings],
        };
}
