using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Operations;

/// <summary>The names of the groups a connection has seen in the last minutes. Completion offers these and never asks Zoom.</summary>
internal sealed class GroupNames(IClock clock)
{
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<string, Entry> _byId = new(StringComparer.Ordinal);

    /// <summary>The names known, in order.</summary>
    public IReadOnlyList<string> Known => _byId.Values
        .Where(e => clock.Elapsed - e.SeenAt <= Recent)
        .Select(e => e.Name)
        .OrderBy(name => name, StringComparer.CurrentCultureIgnoreCase)
        .ToList();

    /// <summary>Notes a group that Zoom has shown.</summary>
    public void Remember(ScimGroup group)
    {
        if (group is { Id: { } id, DisplayName: { } name })
        {
            _byId[id] = new Entry(name, clock.Elapsed);
        }
    }

    /// <summary>Forgets a group that was deleted.</summary>
    public void Forget(string id) => _byId.TryRemove(id, out _);

    private readonly struct Entry(string name, TimeSpan seenAt)
    {
        public string Name { get; } = name;

        public TimeSpan SeenAt { get; } = seenAt;
    }
}
