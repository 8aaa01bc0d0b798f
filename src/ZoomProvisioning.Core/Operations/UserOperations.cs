using System.Threading.Tasks;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Reconcile;

namespace ZoomProvisioning.Operations;

/// <summary>Creates, changes and removes one user: find, decide, ask, do. What the cmdlets call for each record.</summary>
public sealed class UserOperations
{
    private readonly ZoomScimConnection _connection;
    private readonly UserDirectory _directory;
    private readonly PlanExecutor _executor;

    /// <summary>Makes the operations of a connection.</summary>
    public UserOperations(ZoomScimConnection connection)
    {
        _connection = connection;
        _directory = new UserDirectory(connection);
        _executor = new PlanExecutor(connection);
    }

    /// <summary>Creates a user, or does with an existing one what <paramref name="ifExists"/> says.</summary>
    /// <returns>What became of it; null when leave to do it was not given.</returns>
    /// <exception cref="ScimException">It could not be done.</exception>
    public async Task<ChangeResult?> CreateAsync(DesiredUser desired, IfExists ifExists, IOperationHost host, ScimCall call)
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

    /// <summary>Changes a user.</summary>
    /// <returns>What became of it; null when leave to do it was not given.</returns>
    /// <exception cref="ScimException">It could not be done.</exception>
    public async Task<ChangeResult?> UpdateAsync(DesiredUser desired, IOperationHost host, ScimCall call)
    {
        var current = await FindTargetAsync(desired, call).ConfigureAwait(false);
        return await CarryOutAsync(UserPlanner.Plan(desired, current, _connection, sendUntold: true), host, call).ConfigureAwait(false);
    }

    /// <summary>Deactivates or deletes a user.</summary>
    /// <returns>What became of it; null when leave to do it was not given.</returns>
    /// <exception cref="ScimException">It could not be done.</exception>
    public async Task<ChangeResult?> RemoveAsync(DesiredUser target, RemoveAction action, IOperationHost host, ScimCall call)
    {
        var current = await FindTargetAsync(target, call).ConfigureAwait(false);
        return await CarryOutAsync(UserPlanner.PlanRemoval(current, action, _connection, target.Source), host, call).ConfigureAwait(false);
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

    private async Task<ChangeResult?> HandleExistingAsync(DesiredUser desired, ScimUser existing, IfExists ifExists, IOperationHost host, ScimCall call)
    {
        var state = existing.Active == false ? "deactivated" : "active";
        switch (ifExists)
        {
            case IfExists.Update:
                return await CarryOutAsync(UserPlanner.Plan(desired, existing, _connection, sendUntold: true), host, call).ConfigureAwait(false);
            case IfExists.Skip:
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

    private async Task<ChangeResult?> CarryOutAsync(PlannedChange plan, IOperationHost host, ScimCall call)
    {
        foreach (var warning in plan.Desired?.Warnings ?? [])
        {
            host.Warn(warning);
        }

        if (plan.Action is PlanAction.NoOp or PlanAction.Blocked)
        {
            var nothing = await _executor.ApplyAsync(plan, call).ConfigureAwait(false);
            if (plan.Action == PlanAction.Blocked)
            {
                host.Warn($"{plan.UserName}: skipped, {plan.Reason}.");
            }

            return nothing;
        }

        foreach (var change in plan.Changes)
        {
            host.Tell($"{plan.UserName}: {change}");
        }

        if (!await host.ShouldProcessAsync(plan.FriendlyName, Describe(plan)).ConfigureAwait(false))
        {
            return null;
        }

        var result = await _executor.ApplyAsync(plan, call).ConfigureAwait(false);
        for (var i = plan.Desired?.Warnings.Count ?? 0; i < result.Warnings.Count; i++)
        {
            host.Warn($"{plan.UserName}: {result.Warnings[i]}");
        }

        return result;
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
