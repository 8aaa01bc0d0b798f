using System;
using System.Collections.Concurrent;

namespace ZoomProvisioning.Simulator.Endpoints;

/// <summary>New users that reading does not find yet, each for so many reads (fact sheet 10.44).</summary>
internal sealed class ConsistencyDelay
{
    private readonly ConcurrentDictionary<string, int> _reads = new(StringComparer.Ordinal);

    public void Begin(string id, int reads)
    {
        if (reads > 0)
        {
            _reads[id] = reads;
        }
    }

    public void Clear() => _reads.Clear();

    /// <summary>Whether this read comes too early; each one brings the user nearer.</summary>
    public bool HidesFromRead(string id)
    {
        while (_reads.TryGetValue(id, out var left))
        {
            if (left == 1 ? _reads.TryRemove(id, out _) : _reads.TryUpdate(id, left - 1, left))
            {
                return true;
            }
        }

        return false;
    }
}
