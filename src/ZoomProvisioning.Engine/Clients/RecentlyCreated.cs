using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Engine.Clients;

/// <summary>
/// The users this connection created a moment ago. Zoom was seen to answer 404 for a user it had just confirmed (sheet 4.1),
/// so for these a 404 is asked again and for others believed.
/// </summary>
internal sealed class RecentlyCreated(IClock clock)
{
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<string, TimeSpan> _ids = new(StringComparer.Ordinal);

    // By age, so that each is looked at once to be forgotten, however many are made.
    private readonly ConcurrentQueue<(string Id, TimeSpan At)> _byAge = new();

    public void Add(string id)
    {
        var now = clock.Elapsed;
        _ids[id] = now;
        _byAge.Enqueue((id, now));
        while (_byAge.TryPeek(out var oldest) && now - oldest.At > Recent && _byAge.TryDequeue(out oldest))
        {
            // Whoever comes between the two took one that is as old.
            ((ICollection<KeyValuePair<string, TimeSpan>>)_ids).Remove(new(oldest.Id, oldest.At));
        }
    }

    /// <summary>A deleted user is gone at once.</summary>
    public void Remove(string id) => _ids.TryRemove(id, out _);

    public bool Contains(string id) => _ids.TryGetValue(id, out var at) && clock.Elapsed - at <= Recent;
}
