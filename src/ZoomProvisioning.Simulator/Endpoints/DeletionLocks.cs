using System;
using System.Collections.Generic;
using System.Linq;

namespace ZoomProvisioning.Simulator.Endpoints;

/// <summary>Users whose DELETE is under way: another one for the same user is refused meanwhile (fact sheet 1.4).</summary>
internal sealed class DeletionLocks
{
    private readonly object _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _ends = new(StringComparer.Ordinal);

    public void Begin(string id, DateTimeOffset now, TimeSpan time)
    {
        lock (_gate)
        {
            foreach (var ended in _ends.Where(pair => pair.Value <= now).Select(pair => pair.Key).ToArray())
            {
                _ends.Remove(ended);
            }

            if (time > TimeSpan.Zero)
            {
                _ends[id] = now + time;
            }
        }
    }

    public bool IsUnderWay(string id, DateTimeOffset now)
    {
        lock (_gate)
        {
            return _ends.TryGetValue(id, out var end) && end > now;
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _ends.Clear();
        }
    }
}
