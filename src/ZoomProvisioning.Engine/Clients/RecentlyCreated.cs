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
    private readonly Queue<(string Id, TimeSpan At)> _byAge = new();

    public void Add(string id)
    {
        lock (_byAge)
        {
            var now = clock.Elapsed;
            _ids[id] = now;
            _byAge.Enqueue((id, now));
            while (now - _byAge.Peek().At > Recent)
            {
                var (old, at) = _byAge.Dequeue();
                if (_ids.TryGetValue(old, out var last) && last == at)
                {
                    _ids.TryRemove(old, out _);
                }
            }
        }
    }

    /// <summary>A deleted user is gone at once.</summary>
    public void Remove(string id) => _ids.TryRemove(id, out _);

    public bool Contains(string id) => _ids.TryGetValue(id, out var at) && clock.Elapsed - at <= Recent;
}
