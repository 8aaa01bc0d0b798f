using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Reconcile;

/// <summary>
/// The memberships that a run made or ended, the other way round. Zoom does not show
/// who is in a group, so the journals say who was moved since.
/// </summary>
internal sealed class UndoMemberships
{
    private readonly RunTrace _trace;
    private readonly UndoInput _input;
    private readonly Dictionary<string, Dictionary<string, GroupChange>> _byPerson = new(StringComparer.Ordinal);

    public UndoMemberships(UndoInput input)
    {
        _trace = input.Trace;
        _input = input;
        foreach (var write in _trace.Groups.Where(w => w.MayHaveHappened && w.Intent is { GroupId: not null, Members: not null }))
        {
            foreach (var member in write.Intent.Members!)
            {
                if (!_byPerson.TryGetValue(member, out var groups))
                {
                    _byPerson[member] = groups = new Dictionary<string, GroupChange>(StringComparer.Ordinal);
                }

                // Of several moves in one run the first one says how it was.
                if (!groups.ContainsKey(write.Intent.GroupId!))
                {
                    groups[write.Intent.GroupId!] = new GroupChange(
                        write.Intent.GroupId,
                        write.Intent.GroupName ?? write.Intent.GroupId!,
                        Adds: write.Intent.Request == WriteKind.RemoveFromGroup);
                }
            }
        }
    }

    /// <summary>Who was moved, by Zoom id.</summary>
    public IEnumerable<string> People => _byPerson.Keys;

    /// <summary>The way into a group that there was: it is there, or another of its name, or it is made anew; null where none of these is so.</summary>
    public static GroupChange? Into(UndoInput input, string id, string name) =>
        (input.Groups.FirstOrDefault(g => g.Id == id)
            ?? input.Groups.FirstOrDefault(g => string.Equals(g.DisplayName, name, StringComparison.OrdinalIgnoreCase))) is { } group
            ? new GroupChange(group.Id, group.ToString(), Adds: true)
            : input.User is null && input.Trace.Groups.Any(w => w.MayHaveHappened && w.Intent.Request == WriteKind.DeleteGroup && w.Intent.GroupId == id)
                ? new GroupChange(null, name, Adds: true)
                : null;

    /// <summary>The changes of one person's memberships, ordered by name.</summary>
    /// <param name="id">Whom.</param>
    /// <param name="isActive">Whether the person will be active then: only active users are added.</param>
    /// <param name="notes">Takes what stays as it is, and why.</param>
    public IReadOnlyList<GroupChange> For(string id, bool isActive, List<string> notes)
    {
        if (!_byPerson.TryGetValue(id, out var groups))
        {
            return [];
        }

        var changes = new List<GroupChange>();
        foreach (var change in groups.Values.OrderBy(g => g.GroupName, StringComparer.OrdinalIgnoreCase))
        {
            var place = Into(_input, change.GroupId!, change.GroupName);
            if (place is null || (place.GroupId is null && !change.Adds))
            {
                // A group that is gone has no members.
                notes.AddRange(change.Adds ? [$"The group '{change.GroupName}' is not there any more."] : []);
            }
            else if (_trace.WasMovedSince(change.GroupId!, id))
            {
                notes.Add($"The membership in '{change.GroupName}' was changed again since the run and stays as it is.");
            }
            else if (change.Adds && !isActive)
            {
                notes.Add($"Only active users are put into groups, so the membership in '{change.GroupName}' does not come back.");
            }
            else
            {
                changes.Add(place with { Adds = change.Adds });
            }
        }

        return changes;
    }
}
