using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Connections;

/// <summary>The names and ids a connection has seen in the last minutes. Completion offers these and never asks Zoom.</summary>
internal sealed class RecentNames(IClock clock)
{
    // Nobody types at a list of more, and a big account must not fill the memory of a runbook.
    private const int Most = 10_000;
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<string, Entry> _byId = new(StringComparer.Ordinal);
    private TimeSpan _prunedAt = clock.Elapsed;

    /// <summary>The names known, in order.</summary>
    public IReadOnlyList<string> Known => Entries.Select(e => e.Name).ToList();

    /// <summary>The ids and names known, in the order of the names.</summary>
    public IReadOnlyList<(string Id, string Name)> Entries => _byId
        .Where(e => clock.Elapsed - e.Value.SeenAt <= Recent)
        .Select(e => (e.Key, e.Value.Name))
        .OrderBy(e => e.Name, StringComparer.CurrentCultureIgnoreCase)
        .ToList();

    /// <summary>Notes what Zoom has shown.</summary>
    public void Remember(string? id, string? name)
    {
        if (id is null || name is null)
        {
            return;
        }

        if (_byId.ContainsKey(id) || _byId.Count < Most || MadeRoom())
        {
            _byId[id] = new Entry(name, clock.Elapsed);
        }
    }

    /// <summary>Forgets what was deleted.</summary>
    public void Forget(string id) => _byId.TryRemove(id, out _);

    /// <summary>Forgets what is old, once a while: a long list must not be searched through for each of its entries.</summary>
    private bool MadeRoom()
    {
        var now = clock.Elapsed;
        if (now - _prunedAt < Recent)
        {
            return false;
        }

        _prunedAt = now;
        foreach (var old in _byId.Where(e => now - e.Value.SeenAt > Recent).Select(e => e.Key).ToList())
        {
            Forget(old);
        }

        return _byId.Count < Most;
    }

    private readonly struct Entry(string name, TimeSpan seenAt)
    {
        public string Name { get; } = name;

        public TimeSpan SeenAt { get; } = seenAt;
    }
}
