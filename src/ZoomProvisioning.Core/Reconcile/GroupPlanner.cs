using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Reconcile;

/// <summary>
/// Decides who comes into a group and who goes. Zoom does not show members, so the ledger says who is one by the rule's doing;
/// nobody else is ever taken out.
/// </summary>
internal sealed class GroupPlanner
{
    private readonly ProvisioningRule _rule;
    private readonly Dictionary<string, ScimGroup> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    public GroupPlanner(ProvisioningRule rule, AccountSnapshot account)
    {
        _rule = rule;
        foreach (var group in (account.Groups ?? []).Where(g => g.Id is not null && g.DisplayName is not null).OrderBy(g => g.Id, StringComparer.Ordinal))
        {
            _ids.Add(group.Id!);
            if (!_byName.ContainsKey(group.DisplayName!))
            {
                _byName.Add(group.DisplayName!, group);
            }
        }
    }

    /// <summary>The changes of one person's memberships, ordered by name.</summary>
    public IReadOnlyList<GroupChange> For(DesiredUser desired, LedgerEntry? entry, List<string> remarks)
    {
        if (desired.Groups.Count == 0 && entry is not { HasGroups: true })
        {
            return [];
        }

        var changes = new List<GroupChange>();
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in desired.Groups.Distinct(StringComparer.OrdinalIgnoreCase).OrderBy(n => n, StringComparer.OrdinalIgnoreCase))
        {
            if (_byName.TryGetValue(name, out var group))
            {
                wanted.Add(group.Id!);
                if (entry is null || !entry.Groups.TryGetValue(group.Id!, out var known) || !known.IsCertain)
                {
                    changes.Add(new GroupChange(group.Id, group.DisplayName!, Adds: true));
                }
            }
            else if (_rule.CreateGroups)
            {
                changes.Add(new GroupChange(null, name, Adds: true));
            }
            else
            {
                remarks.Add($"There is no Zoom group '{name}', so nobody is put into it; create it, or let the rule do so (createGroups).");
            }
        }

        if (entry is not null)
        {
            // A group that was deleted in Zoom has no members any more.
            changes.AddRange(entry.Groups
                .Where(g => !wanted.Contains(g.Key) && _ids.Contains(g.Key))
                .OrderBy(g => g.Value.Name, StringComparer.OrdinalIgnoreCase).ThenBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => new GroupChange(g.Key, g.Value.Name, Adds: false)));
        }

        return changes;
    }
}
