using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Reconcile;

/// <summary>What is to be done with one group to take a run back.</summary>
/// <param name="Request">Create, change or delete it.</param>
/// <param name="Group">The group as it is; null for one to be made.</param>
/// <param name="Name">The name it is to have; null to leave it.</param>
/// <param name="EmailAlias">The mail address it is to have; null to leave it.</param>
/// <param name="Sentence">The same in words.</param>
internal sealed record GroupUndo(WriteKind Request, ScimGroup? Group, string? Name, string? EmailAlias, string Sentence);

/// <summary>The groups that a run made, changed or deleted, the other way round: only what still is as the run left it.</summary>
internal static class UndoGroups
{
    /// <summary>What is to be done, and what is to be said of what is not.</summary>
    public static (IReadOnlyList<GroupUndo> Undo, IReadOnlyList<string> Notes) Plan(UndoInput input)
    {
        var byId = input.Groups.Where(g => g.Id is not null).ToDictionary(g => g.Id!, StringComparer.Ordinal);
        var (undo, notes) = (new List<GroupUndo>(), new List<string>());
        var made = new HashSet<string>(StringComparer.Ordinal);
        var first = new Dictionary<string, (ScimObject Before, ScimObject Given)>(StringComparer.Ordinal);
        foreach (var write in input.Trace.Groups.Where(w => w.MayHaveHappened))
        {
            var id = write.Intent.GroupId ?? write.Outcome?.GroupId;
            switch (write.Intent.Request)
            {
                case WriteKind.CreateGroup when id is not null:
                    made.Add(id);
                    break;
                case WriteKind.UpdateGroup when id is not null && write.Intent is { Before: { } before, Body: { } body }:
                    first[id] = first.TryGetValue(id, out var earlier) ? (earlier.Before, Over(earlier.Given, body)) : (before, body);
                    break;
                case WriteKind.DeleteGroup when id is not null && !made.Remove(id):
                    first.Remove(id);
                    Recreate(write.Intent, input, undo, notes);
                    break;
                default:
                    break;
            }
        }

        foreach (var id in made.Where(byId.ContainsKey))
        {
            if (input.DeletesCreated)
            {
                undo.Add(new GroupUndo(WriteKind.DeleteGroup, byId[id], null, null, $"The group '{byId[id]}', which the run made, is deleted."));
            }
            else
            {
                notes.Add($"The group '{byId[id]}', which the run made, stays; -DeleteCreated deletes it.");
            }
        }

        foreach (var change in first.Where(c => byId.ContainsKey(c.Key) && !made.Contains(c.Key)))
        {
            Change(byId[change.Key], change.Value.Before, change.Value.Given, undo, notes);
        }

        return (undo, notes);
    }

    private static void Recreate(JournalEntry deleted, UndoInput input, List<GroupUndo> undo, List<string> notes)
    {
        var name = deleted.Before?.Text("displayName") ?? deleted.GroupName;
        if (name is null || input.Groups.Any(g => string.Equals(g.DisplayName, name, StringComparison.OrdinalIgnoreCase)))
        {
            notes.Add($"The group '{name}', which the run deleted, is not made anew: there is one of this name.");
            return;
        }

        undo.Add(new GroupUndo(
            WriteKind.CreateGroup,
            null,
            name,
            deleted.Before?.Text("emailAlias"),
            $"The group '{name}', which the run deleted, is made anew, without its settings; who was in it, nobody had read."));
    }

    private static void Change(ScimGroup group, ScimObject before, ScimObject given, List<GroupUndo> undo, List<string> notes)
    {
        var name = Back("displayName", group.DisplayName);
        var alias = Back("emailAlias", group.EmailAlias);
        if (name is not null || alias is not null)
        {
            undo.Add(new GroupUndo(
                WriteKind.UpdateGroup,
                group,
                name,
                alias,
                $"The group '{group}' is called '{name ?? group.DisplayName}'{(alias is null ? string.Empty : $" with the e-mail '{alias}'")} again."));
        }

        string? Back(string what, string? now)
        {
            var (was, gave) = (before.Text(what), given.Text(what));
            if (gave is null || was is null || string.Equals(was, gave, StringComparison.Ordinal) || string.Equals(now, was, StringComparison.Ordinal))
            {
                return null;
            }

            if (!string.Equals(now, gave, StringComparison.OrdinalIgnoreCase))
            {
                notes.Add($"The group '{group}' was changed since the run and stays as it is.");
                return null;
            }

            return was;
        }
    }

    private static ScimObject Over(ScimObject first, ScimObject second)
    {
        var both = first.DeepCopy();
        foreach (var name in second.Names)
        {
            both[name] = second[name];
        }

        return both;
    }
}
