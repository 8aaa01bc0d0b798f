using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Operations;

/// <summary>Creates, changes and deletes one group: find, decide, ask, do.</summary>
public sealed class GroupOperations
{
    private readonly ZoomScimConnection _connection;
    private readonly IScimGroupClient _groups;
    private readonly JournaledGroupClient _writes;
    private readonly DirectJournal? _journal;
    private readonly GroupDirectory _directory;

    /// <summary>Makes the operations of a connection.</summary>
    /// <param name="connection">The account.</param>
    /// <param name="journal">Where each write is noted before it is sent; null for nowhere.</param>
    public GroupOperations(ZoomScimConnection connection, DirectJournal? journal = null)
    {
        _journal = journal;
        _writes = new JournaledGroupClient(connection.Service.Groups, journal);
        _connection = connection;
        _groups = connection.Service.Groups;
        _directory = new GroupDirectory(connection);
    }

    /// <summary>Reads the group that is meant.</summary>
    /// <exception cref="ScimNotFoundException">There is no such group.</exception>
    public async Task<ScimGroup> FindTargetAsync(GroupTarget target, ScimCall call) =>
        await (target.Id is { } id ? _directory.FindByIdAsync(id, call) : _directory.FindAsync(target.Identity, call)).ConfigureAwait(false)
            ?? throw new ScimNotFoundException("Zoom.Group.NotFound", $"There is no group '{target.Identity}' in this Zoom account.")
            {
                Category = "ObjectNotFound",
                RecommendedAction = "Look at the groups there are with Get-ZoomScimGroup, or make it with New-ZoomScimGroup.",
            };

    /// <summary>Creates a group, or does with an existing one what <paramref name="ifExists"/> says (Fail or Skip).</summary>
    /// <returns>What became of it; null when leave to do it was not given.</returns>
    /// <exception cref="ScimException">It could not be done.</exception>
    public async Task<ChangeResult?> CreateAsync(string name, string? emailAlias, IfExists ifExists, IOperationHost host, ScimCall call)
    {
        if (await _directory.FindByNameAsync(name, call).ConfigureAwait(false) is { } existing)
        {
            return Existing(existing, ifExists);
        }

        if (_connection.RefusalOf(Capability.Create, "groups") is { } refusal)
        {
            return Blocked(name, null, refusal, host);
        }

        var mail = emailAlias is null ? string.Empty : $" (e-mail {emailAlias})";
        if (!await host.ShouldProcessAsync(name, $"Create Zoom group{VisibleText.OneLine(mail)}").ConfigureAwait(false))
        {
            return null;
        }

        ScimGroup created;
        try
        {
            created = await _writes.CreateAsync(name, emailAlias, call).ConfigureAwait(false);
        }
        catch (ScimConflictException) when (ifExists == IfExists.Skip)
        {
            // Somebody else was quicker, or Zoom's filter did not find what Zoom has.
            if (await _directory.FindByNameAsync(name, call).ConfigureAwait(false) is { } found)
            {
                return Existing(found, ifExists);
            }

            throw;
        }

        _connection.GroupNames.Remember(created.Id, created.DisplayName);
        var warnings = Missed(created, created.DisplayName is null ? null : name, emailAlias);
        return Conclude(created, PlanAction.Create, "created", warnings, host);
    }

    /// <summary>Renames a group, or sets its mail address, or both; sends what differs.</summary>
    /// <returns>What became of it; null when leave to do it was not given.</returns>
    /// <exception cref="ScimException">It could not be done.</exception>
    public async Task<ChangeResult?> UpdateAsync(GroupTarget target, string? name, string? emailAlias, IOperationHost host, ScimCall call)
    {
        var group = await FindTargetAsync(target, call).ConfigureAwait(false);
        var changes = new List<string>();
        if (name is not null && name != group.DisplayName)
        {
            changes.Add($"Name: '{group.DisplayName}' -> '{name}'");
        }
        else
        {
            name = null;
        }

        if (emailAlias is not null && !string.Equals(emailAlias, group.EmailAlias, StringComparison.OrdinalIgnoreCase))
        {
            changes.Add($"EmailAlias: '{group.EmailAlias}' -> '{emailAlias}'");
        }
        else
        {
            emailAlias = null;
        }

        if (changes.Count == 0)
        {
            return new ChangeResult(group.ToString(), PlanAction.NoOp, ChangeOutcome.NoChange, "Zoom has it so already") { Group = group };
        }

        if (_connection.RefusalOf(Capability.Update, "groups") is { } refusal)
        {
            return Blocked(group.ToString(), group, refusal, host);
        }

        var words = string.Join("; ", changes);
        if (!await host.ShouldProcessAsync(group.ToString(), $"Change Zoom group ({VisibleText.OneLine(words)})").ConfigureAwait(false))
        {
            return null;
        }

        var id = group.Id!;
        if (name is not null)
        {
            await _writes.RenameAsync(group, name, call).ConfigureAwait(false);
        }

        if (emailAlias is not null)
        {
            // Zoom documents one kind of change in each request, so a group may end up with the first one only.
            await AfterAsync(name is null ? null : "renamed", group, () => _writes.SetEmailAliasAsync(group, emailAlias, call)).ConfigureAwait(false);
        }

        // Zoom answers a change of a group with nothing, so what it made of it is read.
        var read = await AfterAsync("changed", group, () => _groups.GetAsync(id, call)).ConfigureAwait(false);
        _connection.GroupNames.Remember(read.Id, read.DisplayName);
        return Conclude(read, PlanAction.Update, words, Missed(read, name, emailAlias), host);
    }

    /// <summary>Deletes a group. Zoom refuses to delete the account's default group.</summary>
    /// <returns>What became of it; null when leave to do it was not given.</returns>
    /// <exception cref="ScimException">It could not be done.</exception>
    public async Task<ChangeResult?> RemoveAsync(GroupTarget target, IOperationHost host, ScimCall call)
    {
        var group = await FindTargetAsync(target, call).ConfigureAwait(false);
        if (_connection.RefusalOf(Capability.Deprovision, "groups") is { } refusal)
        {
            return Blocked(group.ToString(), group, refusal, host);
        }

        if (!await host.ShouldProcessAsync(group.ToString(), "DELETE Zoom group for good: its members stay users, its settings are lost").ConfigureAwait(false))
        {
            return null;
        }

        await _writes.DeleteAsync(group, call).ConfigureAwait(false);
        _connection.GroupNames.Forget(group.Id!);
        var deleted = new ChangeResult(group.ToString(), PlanAction.Delete, ChangeOutcome.Done, "deleted") { Group = group };
        _journal?.Tell(deleted, host.Warn);
        return deleted;
    }

    private static ChangeResult Existing(ScimGroup existing, IfExists ifExists) => ifExists == IfExists.Skip
        ? new ChangeResult(existing.ToString(), PlanAction.NoOp, ChangeOutcome.Skipped, "exists already; left as it is") { Group = existing }
        : throw new ScimConflictException(
            "Zoom.Group.AlreadyExists",
            $"The group '{existing}' exists already in this Zoom account (id {existing.Id}). Nothing was changed.")
        {
            Category = "ResourceExists",
            RecommendedAction = "Use -IfExists Skip to leave it alone, Set-ZoomScimGroup to change it, or another name.",
        };

    private static ChangeResult Blocked(string name, ScimGroup? group, string reason, IOperationHost host)
    {
        host.Warn($"{name}: skipped, {reason}.");
        return new ChangeResult(name, PlanAction.Blocked, ChangeOutcome.Skipped, reason) { Group = group };
    }

    private ChangeResult Conclude(ScimGroup group, PlanAction action, string reason, List<string> warnings, IOperationHost host)
    {
        foreach (var warning in warnings)
        {
            host.Warn($"{group}: {warning}");
        }

        var result = new ChangeResult(group.ToString(), action, ChangeOutcome.Done, reason) { Group = group, Warnings = warnings };
        _journal?.Tell(result, host.Warn);
        return result;
    }

    private static List<string> Missed(ScimGroup shown, string? name, string? emailAlias)
    {
        var missed = new List<string>();
        if (name is not null && shown.DisplayName != name)
        {
            missed.Add($"Zoom accepted the name '{name}' but shows '{shown.DisplayName}'.");
        }

        if (emailAlias is not null && !string.Equals(shown.EmailAlias, emailAlias, StringComparison.OrdinalIgnoreCase))
        {
            missed.Add($"Zoom accepted the e-mail '{emailAlias}' but shows '{shown.EmailAlias}'.");
        }

        return missed;
    }

    private static Task<T> AfterAsync<T>(string? done, ScimGroup group, Func<Task<T>> next) => PartlyDone.ThenAsync(done, group.ToString(), "group", next);

    private static Task AfterAsync(string? done, ScimGroup group, Func<Task> next) => PartlyDone.ThenAsync(done, group.ToString(), "group", next);
}
