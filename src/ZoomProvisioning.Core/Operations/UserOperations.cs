using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Operations;

/// <summary>Creates, changes and removes one user: find, decide, ask, do. What the cmdlets call for each record.</summary>
public sealed class UserOperations : IDisposable
{
    private readonly ZoomScimConnection _connection;
    private readonly UserDirectory _directory;
    private readonly AccountIndex _index;
    private readonly TargetReader _targets;
    private readonly ManagerDirectory _managers;
    private readonly ConfirmedChanges _changes;
    private readonly bool _skipProtected;
    private readonly bool _looksFirst;
    private readonly ConcurrentQueue<(ScimUser User, DesiredUser Desired)> _unresolved = new();

    /// <summary>Makes the operations of one command. They remember what concerns later records of it: seats that ran out, managers still to be set.</summary>
    /// <param name="connection">The account.</param>
    /// <param name="verify">Whether to read each user after writing and compare.</param>
    /// <param name="skipProtected">
    /// Whether admins, Zoom Rooms and people Zoom cannot reach are reported skips, as they must be in a run over many; where one
    /// person was asked for by name, that it could not be done is an error.
    /// </param>
    /// <param name="looksFirst">
    /// Whether somebody is asked or told before each change, so that it must be known first whether a user to be created exists, and
    /// whether Zoom protects one who is to go.
    /// </param>
    /// <param name="coming">How many records are known to come after those that were begun; null where nobody knows.</param>
    /// <param name="clock">Says how old a list of the account is; null for the machine's.</param>
    /// <param name="journal">Where each write is noted before it is sent; null for nowhere.</param>
    public UserOperations(
        ZoomScimConnection connection,
        bool verify = false,
        bool skipProtected = true,
        bool looksFirst = false,
        Func<int>? coming = null,
        IClock? clock = null,
        DirectJournal? journal = null)
    {
        _skipProtected = skipProtected;
        _looksFirst = looksFirst;
        _connection = connection;
        _directory = new UserDirectory(connection);
        _index = new AccountIndex(_directory, coming ?? (() => 0), clock ?? SystemClock.Instance);
        _targets = new TargetReader(_directory, _index, looksFirst);
        _managers = new ManagerDirectory(_directory, _index);
        _changes = new ConfirmedChanges(connection, _index, _managers, verify, journal, looksFirst);
    }

    /// <summary>
    /// The managers to be set when all records are done: a manager must be a Zoom user, and may be created by a later record.
    /// </summary>
    public IReadOnlyList<PendingManager> PendingManagers => _changes.PendingManagers.Values.OrderBy(p => p.UserName, StringComparer.OrdinalIgnoreCase).ToList();

    /// <summary>What to tell at the end of the command about seats that ran out.</summary>
    public IReadOnlyList<string> SeatReport() => _changes.Seats.Report();

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
                _changes.PendingManagers[user.Id!] = new PendingManager(user, user.UserName ?? desired.Label, manager, desired.Source);
            }
        }
    }

    /// <summary>Ends what was read ahead and is needed no more.</summary>
    public void Dispose() => _index.Dispose();

    /// <summary>Sets a manager in the second pass. Done already by the record's own consent, so nobody is asked again.</summary>
    /// <returns>A result where it could not be set; null where it was.</returns>
    public async Task<ChangeResult?> SetManagerAsync(PendingManager pending, IOperationHost host, ScimCall call)
    {
        var manager = new AttributeChange(ZoomAttributes.Manager, null, pending.Manager, oldIsKnown: false);
        var change = new PlannedChange(PlanAction.Update, pending.UserName, "its manager is there by now") { Changes = [manager], Current = pending.User };
        var (unset, notApplied) = await _managers.SetAsync(_changes.Executor, change, pending.User, call).ConfigureAwait(false);
        _changes.PendingManagers.TryRemove(pending.UserId, out _);
        if (unset is not null)
        {
            host.Warn($"{pending.UserName}: {unset}");
            return null;
        }

        host.Tell($"{pending.UserName}: {manager}");
        foreach (var missed in notApplied)
        {
            host.Warn($"{pending.UserName}: {ReplyCheck.Describe(missed)}");
        }

        return null;
    }

    /// <summary>
    /// Creates a user, or does with an existing one what <paramref name="ifExists"/> says. Whether there is one is asked first only
    /// where that decides about more than Zoom's own refusal would.
    /// </summary>
    /// <returns>What became of it; null when leave to do it was not given.</returns>
    /// <exception cref="ScimException">It could not be done.</exception>
    public Task<ChangeResult?> CreateAsync(DesiredUser desired, IfExists ifExists, IOperationHost host, ScimCall call) =>
        SkipProtectedAsync(desired, host, () => CreateOrHandleAsync(desired, ifExists, host, call));

    /// <summary>Changes a user.</summary>
    /// <returns>What became of it; null when leave to do it was not given.</returns>
    /// <exception cref="ScimException">It could not be done.</exception>
    public Task<ChangeResult?> UpdateAsync(DesiredUser desired, IOperationHost host, ScimCall call) => SkipProtectedAsync(desired, host, async () =>
    {
        PlannedChange plan(ScimUser current) => UserPlanner.Plan(desired, current, _connection, sendUntold: true);
        var planned = await _targets.PlanAsync(desired, plan, call).ConfigureAwait(false);
        WarnOfSource(desired, host);
        try
        {
            return await _changes.CarryOutAsync(
                planned,
                async () => plan(await _targets.ReadAsync(desired, call).ConfigureAwait(false)),
                host,
                call).ConfigureAwait(false);
        }
        catch (ScimConflictException exception)
            when (exception.ErrorId == "Zoom.User.AlreadyExists" && (desired.Values.UserName ?? desired.Values.Email) is { } address)
        {
            throw await AddressInUse.ExplainAsync(exception, planned.UserName, address, _directory, call).ConfigureAwait(false);
        }
    });

    /// <summary>Deactivates or deletes a user.</summary>
    /// <param name="target">Whom.</param>
    /// <param name="action">Which of the two.</param>
    /// <param name="transferee">The colleague who gets the user's data, by mail; null for nobody.</param>
    /// <param name="host">Who is asked and told.</param>
    /// <param name="call">How the calls are stopped and watched.</param>
    /// <returns>What became of it; null when leave to do it was not given.</returns>
    /// <exception cref="ScimException">It could not be done.</exception>
    public Task<ChangeResult?> RemoveAsync(DesiredUser target, RemoveAction action, string? transferee, IOperationHost host, ScimCall call) =>
        SkipProtectedAsync(target, host, async () =>
    {
        PlannedChange plan(ScimUser current) => UserPlanner.PlanRemoval(current, action, _connection, target.Source);
        async Task<PlannedChange> WithTransfereeAsync(PlannedChange removal) => transferee is null ? removal
            : await Transferee.AddAsync(removal, transferee, _managers, call).ConfigureAwait(false);

        var planned = await WithTransfereeAsync(await _targets.PlanAsync(target, plan, call).ConfigureAwait(false)).ConfigureAwait(false);
        return await _changes.CarryOutAsync(
            planned,
            async () => await WithTransfereeAsync(plan(await _targets.ReadAsync(target, call).ConfigureAwait(false))).ConfigureAwait(false),
            host,
            call).ConfigureAwait(false);
    });

    /// <summary>Reads a user, by Zoom id where it is known, else by sign-in name.</summary>
    /// <exception cref="ScimNotFoundException">There is no such user.</exception>
    /// <exception cref="ScimRecordException">The record names nobody.</exception>
    public Task<ScimUser> FindTargetAsync(DesiredUser target, ScimCall call) => _targets.ReadAsync(target, call);

    private async Task<ChangeResult?> CreateOrHandleAsync(DesiredUser desired, IfExists ifExists, IOperationHost host, ScimCall call)
    {
        var userName = desired.Values.UserName ?? throw new ScimRecordException("Zoom.Record.NoUserName",
            $"{desired.Label}: there is no user name or mail address, and Zoom creates nobody without one.")
        {
            Category = "InvalidData",
            RecommendedAction = "Give -UserName, or a record with one of the columns UserName, Email, EmailAddress, Mail or UserPrincipalName, "
                + "or say with -Mapping where it is.",
        };

        PlannedChange plan(ScimUser? current) => UserPlanner.Plan(desired, current, _connection, sendUntold: true);
        var create = plan(null);
        // Zoom refuses to create whom it has, and that is the cheapest way to find out. But whoever is not active in the source
        // is not created at all, and a question or -WhatIf should say what will really be done.
        var looksFirst = _looksFirst || ifExists != IfExists.Fail || create.Action == PlanAction.NoOp;
        WarnOfSource(desired, host);
        if (looksFirst && await _targets.FindExistingAsync(userName, ifExists == IfExists.Update ? plan : null, call).ConfigureAwait(false) is { } existing)
        {
            return await HandleExistingAsync(desired, existing, ifExists, plan, host, call).ConfigureAwait(false);
        }

        try
        {
            return await _changes.CarryOutAsync(create, null, host, call, isUnseen: !looksFirst).ConfigureAwait(false);
        }
        catch (ScimConflictException exception) when (exception.ErrorId == "Zoom.User.AlreadyExists")
        {
            // Zoom knows the address: look it up, which also tells a pending invitation or another account's user apart.
            var found = ifExists == IfExists.Update
                ? await _directory.FindByNameAsync(userName, call).ConfigureAwait(false)
                : await _directory.LookUpAsync(userName, call).ConfigureAwait(false);
            if (found is null)
            {
                throw;
            }

            return await HandleExistingAsync(desired, found, ifExists, plan, host, call).ConfigureAwait(false);
        }
    }

    private async Task<ChangeResult?> HandleExistingAsync(
        DesiredUser desired, ScimUser existing, IfExists ifExists, Func<ScimUser?, PlannedChange> plan, IOperationHost host, ScimCall call)
    {
        var state = existing.Active == false ? "deactivated" : "active";
        switch (ifExists)
        {
            case IfExists.Update:
                return await _changes.CarryOutAsync(
                    plan(existing),
                    async () => plan(await _directory.FindByNameAsync(desired.Values.UserName!, call).ConfigureAwait(false)),
                    host,
                    call).ConfigureAwait(false);
            case IfExists.Skip:
                return new ChangeResult(existing.ToString(), PlanAction.NoOp, ChangeOutcome.Skipped, $"exists already ({state}); left as it is")
                {
                    User = existing,
                    Source = desired.Source,
                    Warnings = desired.Warnings,
                };
            default:
                throw new ScimConflictException(
                    "Zoom.User.AlreadyExists",
                    $"The user '{existing}' exists already in this Zoom account ({state}, id {existing.Id}). Nothing was changed.")
                {
                    Category = "ResourceExists",
                    RecommendedAction = "Use -IfExists Update to adopt the user and bring it to what the source says, -IfExists Skip to leave it "
                        + "alone, or Set-ZoomScimUser.",
                };
        }
    }

    /// <summary>
    /// Whom Zoom protects or cannot reach is a skip that is reported, not a failure: no run should end red because of the owner
    /// or an invitation nobody has accepted yet.
    /// </summary>
    private async Task<ChangeResult?> SkipProtectedAsync(DesiredUser desired, IOperationHost host, Func<Task<ChangeResult?>> work)
    {
        _index.Begin();
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

    private static void WarnOfSource(DesiredUser desired, IOperationHost host)
    {
        foreach (var warning in desired.Warnings)
        {
            host.Warn(warning);
        }
    }
}
