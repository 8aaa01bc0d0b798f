using System.Collections.Generic;
using System.Threading.Tasks;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Operations;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Runs;

/// <summary>Makes, changes and deletes groups for an undo, one after the other; one that fails does not stop the others.</summary>
internal sealed class UndoGroupWrites(ZoomScimConnection connection, IJournalPen journal)
{
    private readonly JournaledGroupClient _groups = new(connection.Service.Groups, journal);

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

    private async Task WriteAsync(GroupUndo undo, ScimCall call)
    {
        switch (undo.Request)
        {
            case WriteKind.CreateGroup:
                await _groups.CreateAsync(undo.Name!, undo.EmailAlias, call).ConfigureAwait(false);
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
