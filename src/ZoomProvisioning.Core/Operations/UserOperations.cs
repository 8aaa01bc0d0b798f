using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Operations;

/// <summary>Creates, changes and removes one user: find, decide, ask, do. What the cmdlets call for each record.</summary>
public sealed class UserOperations
{
    private readonly ZoomScimConnection _connection;
    private readonly UserDirectory _directory;
    private readonly ChangeExecutor _executor;
    private readonly ManagerDirectory _managers;
    private readonly SeatGate _seats = new();
    private readonly bool _skipProtected;
    private readonly ConcurrentDictionary<string, PendingManager> _pendingManagers = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(ScimUser User, DesiredUser Desired)> _unresolved = new();

    /// <summary>Makes the operations of one command. They remember what concerns later records of it: seats that ran out, managers still to be set.</summary>
    /// <param name="connection">The account.</param>
    /// <param name="verify">Whether to read each user after writing and compare.</param>
    /// <param name="skipProtected">
    /// Whether admins, Zoom Rooms and people Zoom cannot reach are reported skips, as they must be in a run over many; where one
    /// person was asked for by name, that it could not be done is an error.
    /// </param>
    public UserOperations(ZoomScimConnection connection, bool verify = false, bool skipProtected = true)
    {
        _skipProtected = skipProtected;
        _connection = connection;
        _directory = new UserDirectory(connection);
        _executor = new ChangeExecutor(connection, verify);
        _managers = new ManagerDirectory(_directory);
    }

    /// <summary>
    /// The managers to be set when all records are done: a manager must be a Zoom user, and may be created by a later record.
    /// </summary>
    public IReadOnlyList<PendingManager> PendingManagers => _pendingManagers.Values.OrderBy(p => p.UserName, StringComparer.OrdinalIgnoreCase).ToList();

    /// <summary>What to tell at the end of the command about seats that ran out.</summary>
    public IReadOnlyList<string> SeatReport() => _seats.Report();

    /// <summary>Looks up the managers that records name by anything but a mail address, when all records are known.</summary>
    /// <param name="find">Finds an address by what the source calls people; null for nobody.</param>
    /// <param name="leaveOut">Hears of a manager who is nobody of the source, and of whose.</param>
    public void ResolveManagers(Func<string, string?> find, Action<string, string> leaveOut)
    {
        while (_unresolved.TryDequeue(out var person))
        {
            var (user, desired) = person;
            if (find(desired.ManagerKey!) is not { } manager)
            {
                leaveOut(desired.ManagerKey!, desired.Label);
            }
            else if (!string.Equals(user.Manager, manager, StringComparison.OrdinalIgnoreCase) && user.Active != false)
            {
                _pendingManagers[user.Id!] = new PendingManager(user, user.UserName ?? desired.Label, manager, desired.Source);
            }
        }
    }

    /// <summary>Sets a manager in the second pass. Done already by the record's own consent, so nobody is asked again.</summary>
    /// <returns>A result where it could not be set; null where it was.</returns>
    public async Task<ChangeResult?> SetManagerAsync(PendingManager pending, IOperationHost host, ScimCall call)
    {
        if (!await _managers.HasAsync(pending.Manager, call).ConfigureAwait(false))
        {
            _pendingManagers.TryRemove(pending.UserId, out _);
            host.Warn($"{pending.UserName}: the manager '{pending.Manager}' is not a user of this Zoom account, so none was set.");
            return null;
        }

        var manager = new AttributeChange(ZoomAttributes.Manager, null, pending.Manager, oldIsKnown: false);
        var change = new PlannedChange(PlanAction.Update, pending.UserName, "its manager is there by now") { Changes = [manager], Current = pending.User };
        await _executor.UpdateAsync(change, pending.User, call).ConfigureAwait(false);
        _pendingManagers.TryRemove(pending.UserId, out _);
        host.Tell($"{pending.UserName}: {manager}");
        return null;
    }

    /// <summary>Creates a user, or does with an existing one what <paramref name="ifExists"/> says.</summary>
    /// <returns>What became of it; null when leave to do it was not given.</returns>
    /// <exception cref="ScimException">It could not be done.</exception>
    public Task<ChangeResult?> CreateAsync(DesiredUser desired, IfExists ifExists, IOperationHost host, ScimCall call) =>
        SkipProtectedAsync(desired, host, () => CreateOrHandleAsync(desired, ifExists, host, call));

    /// <summary>Changes a user.</summary>
    /// <returns>What became of it; null when leave to do it was not given.</returns>
    /// <exception cref="ScimException">It could not be done.</exception>
    public Task<ChangeResult?> UpdateAsync(DesiredUser desired, IOperationHost host, ScimCall call) => SkipProtectedAsync(desired, host, async () =>
    {
        var current = await FindTargetAsync(desired, call).ConfigureAwait(false);
        return await CarryOutAsync(UserPlanner.Plan(desired, current, _connection, sendUntold: true), host, call).ConfigureAwait(false);
    });

    /// <summary>Deactivates or deletes a user.</summary>
    /// <param name="target">Whom.</param>
    /// <param name="action">Which of the two.</param>
    /// <param name="transferee">The colleague who gets the user's data, by mail; null for nobody.</param>
    /// <param name="host">Who is asked and told.</param>
    /// <param name="call">How the calls are stopped and watched.</param>
    /// <returns>What became of it; null when leave to do it was not given.</returns>
    /// <exception cref="ScimException">It could not be done.</exception>
    public Task<ChangeResult?> RemoveAsync(DesiredUser target, RemoveAction action, string? transferee, IOperationHost host, ScimCall call) => SkipProtectedAsync(target, host, async () =>
    {
        var current = await FindTargetAsync(target, call).ConfigureAwait(false);
        var plan = UserPlanner.PlanRemoval(current, action, _connection, target.Source);
        if (transferee is not null)
        {
            plan = await WithTransfereeAsync(plan, transferee, call).ConfigureAwait(false);
        }

        return await CarryOutAsync(plan, host, call).ConfigureAwait(false);
    });

    private async Task<ChangeResult?> CreateOrHandleAsync(DesiredUser desired, IfExists ifExists, IOperationHost host, ScimCall call)
    {
        var userName = desired.Values.UserName ?? throw new ScimRecordException("Zoom.Record.NoUserName",
            $"{desired.Label}: there is no user name or mail address, and Zoom creates nobody without one.")
        {
            Category = "InvalidData",
            RecommendedAction = "Give -UserName, or a record with one of the columns UserName, Email, EmailAddress, Mail or UserPrincipalName, or say with -Mapping where it is.",
        };

        var existing = await _directory.FindByNameAsync(userName, call).ConfigureAwait(false);
        if (existing is not null)
        {
            return await HandleExistingAsync(desired, existing, ifExists, host, call).ConfigureAwait(false);
        }

        var plan = UserPlanner.Plan(desired, null, _connection, sendUntold: true);
        try
        {
            return await CarryOutAsync(plan, host, call).ConfigureAwait(false);
        }
        catch (ScimConflictException exception) when (exception.ErrorId == "Zoom.User.AlreadyExists")
        {
            // Zoom knows the address although it did not find the user: look once more, which also tells a pending
            // invitation or another account's user apart.
            existing = await _directory.FindByNameAsync(userName, call).ConfigureAwait(false);
            if (existing is null)
            {
                throw;
            }

            return await HandleExistingAsync(desired, existing, ifExists, host, call).ConfigureAwait(false);
        }
    }

    /// <summary>Reads a user, by Zoom id where it is known, else by sign-in name.</summary>
    /// <exception cref="ScimNotFoundException">There is no such user.</exception>
    /// <exception cref="ScimRecordException">The record names nobody.</exception>
    public async Task<ScimUser> FindTargetAsync(DesiredUser target, ScimCall call)
    {
        var identity = target.ZoomId ?? target.LookupName ?? throw new ScimRecordException("Zoom.Record.NoIdentity",
            $"{target.Label}: neither a user name nor a Zoom id says whom this is about.")
        {
            Category = "InvalidData",
            RecommendedAction = "Give -Identity, or a record with one of the columns UserName, Email, EmailAddress, Mail, UserPrincipalName or ZoomId.",
        };

        var found = target.ZoomId is { } id
            ? await _directory.FindByIdAsync(id, call).ConfigureAwait(false)
            : await _directory.FindAsync(identity, call).ConfigureAwait(false);
        return found ?? throw new ScimNotFoundException("Zoom.User.NotFound", $"There is no user '{identity}' in this Zoom account.")
        {
            Category = "ObjectNotFound",
            RecommendedAction = "Check the user name or id with Get-ZoomScimUser; pending users cannot be seen over SCIM.",
        };
    }

    /// <summary>
    /// Whom Zoom protects or cannot reach is a skip that is reported, not a failure: no run should end red because of the owner
    /// or an invitation nobody has accepted yet.
    /// </summary>
    private async Task<ChangeResult?> SkipProtectedAsync(DesiredUser desired, IOperationHost host, Func<Task<ChangeResult?>> work)
    {
        try
        {
            var result = await work().ConfigureAwait(false);
            if (desired.ManagerKey is not null && result is { Outcome: ChangeOutcome.Done or ChangeOutcome.NoChange, User: { Id: not null } user })
            {
                _unresolved.Enqueue((user, desired));
            }

            return result;
        }
        catch (ScimUserStateException exception) when (_skipProtected && OutcomeOf.IsReportedSkip(exception))
        {
            var name = desired.LookupName ?? desired.Label;
            host.Warn($"{name}: skipped. {exception.Message} {exception.RecommendedAction}");
            return new ChangeResult(name, PlanAction.Blocked, ChangeOutcome.Skipped, exception.Message)
            {
                Source = desired.Source,
                Error = exception,
                Warnings = desired.Warnings,
            };
        }
    }

    /// <summary>The transferee must be named while the user is active: Zoom changes nobody who is not.</summary>
    private async Task<PlannedChange> WithTransfereeAsync(PlannedChange plan, string transferee, ScimCall call)
    {
        if (plan.Action is not (PlanAction.Disable or PlanAction.Delete))
        {
            return plan;
        }

        if (string.Equals(transferee, plan.Current?.UserName, StringComparison.OrdinalIgnoreCase))
        {
            throw new ScimRecordException("Zoom.Record.UnknownTransferee", $"{plan.UserName}: nobody can be given their own data. Nothing was sent.")
            {
                Category = "InvalidArgument",
                RecommendedAction = "Name an active colleague of the same account with -Transferee, or leave it out.",
            };
        }

        if (!await _managers.HasAsync(transferee, call).ConfigureAwait(false))
        {
            throw new ScimRecordException("Zoom.Record.UnknownTransferee", $"{plan.UserName}: '{transferee}' is not a user of this Zoom account and cannot be given the data. Nothing was sent.")
            {
                Category = "InvalidArgument",
                RecommendedAction = "Name an active colleague of the same account with -Transferee, or leave it out.",
            };
        }

        if (plan.Current?.Active == false)
        {
            throw new ScimUserStateException("Zoom.User.Inactive", $"{plan.UserName}: the user is deactivated, and Zoom takes a transferee for active users only. Nothing was sent.")
            {
                Category = "InvalidOperation",
                RecommendedAction = "Activate the user first (Set-ZoomScimUser -Active $true), or leave -Transferee out.",
            };
        }

        return plan.With([.. plan.Changes, new AttributeChange(ZoomExtension.Attribute("transferee"), plan.Current?.GetExtension("transferee"), transferee, oldIsKnown: true)]);
    }

    private async Task<ChangeResult?> HandleExistingAsync(DesiredUser desired, ScimUser existing, IfExists ifExists, IOperationHost host, ScimCall call)
    {
        var state = existing.Active == false ? "deactivated" : "active";
        switch (ifExists)
        {
            case IfExists.Update:
                return await CarryOutAsync(UserPlanner.Plan(desired, existing, _connection, sendUntold: true), host, call).ConfigureAwait(false);
            case IfExists.Skip:
                WarnOfSource(desired, host);
                return new ChangeResult(existing.ToString(), PlanAction.NoOp, ChangeOutcome.Skipped, $"exists already ({state}); left as it is")
                {
                    User = existing,
                    Source = desired.Source,
                    Warnings = desired.Warnings,
                };
            default:
                throw new ScimConflictException("Zoom.User.AlreadyExists", $"The user '{existing}' exists already in this Zoom account ({state}, id {existing.Id}). Nothing was changed.")
                {
                    Category = "ResourceExists",
                    RecommendedAction = "Use -IfExists Update to adopt the user and bring it to what the source says, -IfExists Skip to leave it alone, or Set-ZoomScimUser.",
                };
        }
    }

    private static void WarnOfSource(DesiredUser? desired, IOperationHost host)
    {
        foreach (var warning in desired?.Warnings ?? [])
        {
            host.Warn(warning);
        }
    }

    private async Task<ChangeResult?> CarryOutAsync(PlannedChange plan, IOperationHost host, ScimCall call)
    {
        WarnOfSource(plan.Desired, host);
        if (plan.Action is PlanAction.NoOp or PlanAction.Blocked)
        {
            var nothing = await _executor.ApplyAsync(plan, call).ConfigureAwait(false);
            if (plan.Action == PlanAction.Blocked)
            {
                host.Warn($"{plan.UserName}: skipped, {plan.Reason}.");
            }

            return nothing;
        }

        plan = WithLicenses(plan);
        if (WaitsForSeat(plan, host, out var withoutSeat) is { } waiting)
        {
            return waiting;
        }

        plan = await WithManagerAsync(withoutSeat, call).ConfigureAwait(false);
        if (plan.Action == PlanAction.Update && plan.Changes.Count == 0)
        {
            var reason = plan.Remarks.Count > 0 ? plan.Remarks[plan.Remarks.Count - 1] : plan.Reason;
            host.Warn($"{plan.UserName}: skipped. {reason}");
            return new ChangeResult(plan.UserName, PlanAction.Update, ChangeOutcome.Skipped, reason) { User = plan.Current, Source = plan.Desired?.Source };
        }

        foreach (var change in plan.Changes)
        {
            host.Tell($"{plan.UserName}: {change}");
        }

        // Whoever is deactivated by a record of many is as locked out as by Remove-ZoomScimUser.
        var isAllowed = plan.IsRemoval
            ? await host.ConfirmRemovalAsync(plan.FriendlyName, Describe(plan)).ConfigureAwait(false)
            : await host.ShouldProcessAsync(plan.FriendlyName, Describe(plan)).ConfigureAwait(false);
        if (!isAllowed)
        {
            return null;
        }

        var result = await ApplyAsync(plan, call).ConfigureAwait(false);
        for (var i = plan.Desired?.Warnings.Count ?? 0; i < result.Warnings.Count; i++)
        {
            host.Warn($"{plan.UserName}: {result.Warnings[i]}");
        }

        return result;
    }

    private async Task<ChangeResult> ApplyAsync(PlannedChange plan, ScimCall call)
    {
        try
        {
            var result = await _executor.ApplyAsync(plan, call).ConfigureAwait(false);
            if (plan.Action == PlanAction.Create && result is { Id: { } id, User: { } created } && plan.Desired?.Values.Manager is { Length: > 0 } manager)
            {
                _pendingManagers[id] = new PendingManager(created, result.UserName, manager, plan.Desired.Source);
            }

            return result;
        }
        catch (ScimSeatsException exception)
        {
            _seats.Learn(exception, plan.Changes);
            throw;
        }
    }

    /// <summary>Gives a reactivated user back what the deactivation took, where it is known and the source says nothing else.</summary>
    private PlannedChange WithLicenses(PlannedChange plan)
    {
        if (plan.Action != PlanAction.Reactivate || plan.Changes.Any(c => c.IsPaid))
        {
            return plan;
        }

        return _connection.Licenses.Recall(plan.Current!) is { } held
            ? plan.With([.. plan.Changes, .. held.Where(h => plan.Changes.All(c => c.Name != h.Name))])
            : plan.With(plan.Changes, "Zoom took the licences when the user was deactivated, and this session does not know which ones; assign them with -License.");
    }

    /// <summary>Leaves out what needs a seat that Zoom has said is gone.</summary>
    private ChangeResult? WaitsForSeat(PlannedChange plan, IOperationHost host, out PlannedChange rest)
    {
        rest = plan;
        if (_seats.Exhausted(plan.Changes) is not { } seat)
        {
            return null;
        }

        _seats.CountWaiting(seat);
        var others = plan.Changes.Where(c => !_seats.IsExhausted(c)).ToList();
        if (plan.Action == PlanAction.Create || (plan.Action == PlanAction.Update && others.Count == 0))
        {
            return new ChangeResult(plan.UserName, plan.Action, ChangeOutcome.Skipped, $"waits for a {seat}: Zoom has none left")
            {
                User = plan.Current,
                Source = plan.Desired?.Source,
                Warnings = plan.Desired?.Warnings ?? [],
            };
        }

        host.Warn($"{plan.UserName}: no {seat} is left, so everything else is changed and the licence waits.");
        rest = plan.With(others);
        return null;
    }

    /// <summary>
    /// A manager must be a Zoom user. On a create it is set afterwards, when all records are done; on a change one who is not
    /// there is left out, because nobody knows what Zoom would do with it.
    /// </summary>
    private async Task<PlannedChange> WithManagerAsync(PlannedChange plan, ScimCall call)
    {
        var manager = plan.Changes.FirstOrDefault(c => c.Attribute == ZoomAttributes.Manager);
        if (manager is null || manager.NewValue is not string { Length: > 0 } address)
        {
            return plan;
        }

        var others = plan.Changes.Where(c => c != manager).ToList();
        return plan.Action == PlanAction.Create ? plan.With(others)
            : await _managers.HasAsync(address, call).ConfigureAwait(false) ? plan
            : plan.With(others, $"The manager '{address}' is not a user of this Zoom account, so the manager was left as it is.");
    }

    private static string Describe(PlannedChange plan)
    {
        var attributes = string.Join("; ", plan.Changes);
        return plan.Action switch
        {
            PlanAction.Create => "Create Zoom user",
            PlanAction.Update => $"Change Zoom user ({attributes})",
            PlanAction.Reactivate => plan.Changes.Count == 0 ? "Reactivate Zoom user" : $"Reactivate and change Zoom user ({attributes})",
            PlanAction.Disable => plan.Changes.Count == 0 ? "Deactivate Zoom user: no sign-in, all licences are lost" : $"Change and deactivate Zoom user ({attributes})",
            _ => "DELETE Zoom user for good: this cannot be undone",
        };
    }
}
