using System;
using System.Collections.Concurrent;
using System.Threading.Tasks;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Pipeline;

/// <summary>One record on the lane.</summary>
internal sealed class LaneItem
{
    public LaneItem(string label, object? source, Func<LaneScope, Task<ChangeResult?>> work)
    {
        Label = label;
        Source = source;
        Work = work;
    }

    public string Label { get; }

    public object? Source { get; }

    public Func<LaneScope, Task<ChangeResult?>> Work { get; }

    /// <summary>What the record has to say and was not written yet, oldest first.</summary>
    public ConcurrentQueue<Action<IPipelineOutput>> Said { get; } = new();

    /// <summary>The running work; null before it was started.</summary>
    public Task? Running { get; set; }

    /// <summary>Set when the work has ended, whichever way.</summary>
    public volatile bool Ended;

    /// <summary>Whether it ended in an error.</summary>
    public bool Failed { get; set; }

    /// <summary>What became of the record; null for reads, and for a change that was declined.</summary>
    public volatile ChangeResult? Result;

    /// <summary>Whether the record's last word (its result or its error) reached the pipeline.</summary>
    public bool Delivered { get; set; }

    /// <summary>Somebody waiting for a write of this record.</summary>
    public volatile TaskCompletionSource<bool>? Waiting;
}
