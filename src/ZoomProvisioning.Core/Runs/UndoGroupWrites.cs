using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Operations;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Runs;

/// <summary>Makes, changes and deletes groups for an undo, one after the other; one that fails does not stop the others.</summary>
internal sealed class UndoGroupWrites(ZoomScimConnection connection, IJournalPen journal)
{
    private readonly JournaledGroupClient _groups = new(connection.Service.Groups, journal);

    /// <summary>The ids of the groups that were made, by name.</summary>
    public Dictionary<string, string?> Made { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The plan with the ids of the groups that were made since.</summary>
    public SyncPlan Into(SyncPlan plan) => Made.Count == 0 ? plan : plan with
    {
        Changes = plan.Changes.Select(c => c.GroupChanges.Any(g => g.GroupId is null)
            ? c with
            {
                GroupChanges = c.GroupChanges
                .Select(g => g.GroupId is null && Made.TryGetValue(g.GroupName, out var id) ? g with { GroupId = id } : g)
                .ToList()
            }
            : c).ToList(),
    };

    /// <summary>Does them.</summary>
    /// <returns>What could not be done, in sentences.</returns>
    public async Task<IReadOnlyList<string>> WriteAsync(IEnumerable<GroupUndo> groups, ScimCall call)
    {
        var failures = new List<string>();
        foreach (var group in groups)
        {
            try
            {
                await WriteAsync(group, call).ConfigureAwait(false);
            }
            catch (ScimException exception)
            {
                failures.Add($"The group '{group.Name ?? group.Group?.ToString()}' could not be put back: {exception.Message}");
            }
        }

        return failures;
    }

    /// <summary>Takes people who were deactivated out of the groups the run had put them into; a run does that to nobody who leaves.</summary>
    /// <returns>What could not be done, in sentences.</returns>
    public async Task<IReadOnlyList<string>> LeaveAsync(IEnumerable<ChangeResult> results, ScimCall call)
    {
        var failures = new List<string>();
        var left = results.Where(r => r is { Action: PlanAction.Disable, Outcome: ChangeOutcome.Done, Planned: not null })
            .SelectMany(r => r.Planned!.GroupChanges.Where(g => !g.Adds).Select(g => (Group: g, Id: r.Planned.ZoomId!)))
            .GroupBy(m => m.Group.GroupId!, StringComparer.Ordinal);
        foreach (var group in left)
        {
            await MemberHalves.SendManyAsync(
                group.Select(m => m.Id).ToList(),
                some => _groups.ChangeMembersAsync(group.First().Group, some, call),
                (some, error) => failures.Add($"{Counted.People(some.Count)} could not be taken out of the group '{group.First().Group.GroupName}': "
                    + $"{error.Message}")).ConfigureAwait(false);
        }

        return failures;
    }

    private async Task WriteAsync(GroupUndo undo, ScimCall call)
    {
        switch (undo.Request)
        {
            case WriteKind.CreateGroup:
                Made[undo.Name!] = (await _groups.CreateAsync(undo.Name!, undo.EmailAlias, call).ConfigureAwait(false)).Id;
                break;
            case WriteKind.DeleteGroup:
                await _groups.DeleteAsync(undo.Group!, call).ConfigureAwait(false);
                break;
            default:
                if (undo.Name is { } name)
                {
                    await _groups.RenameAsync(undo.Group!, name, call).ConfigureAwait(false);
                }

                if (undo.EmailAlias is { } alias)
                {
                    await _groups.SetEmailAliasAsync(undo.Group!, alias, call).ConfigureAwait(false);
                }

                break;
        }
    }
}
