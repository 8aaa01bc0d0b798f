using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Operations;

/// <summary>
/// Reads that are under way at once, and whose results are taken one after the other in the order in which they were begun.
/// For reads only: what is still under way at an early end is broken off, because nobody wants to know what became of it.
/// </summary>
internal sealed class OrderedWindow<T>
{
    private readonly Func<int> _limit;
    private readonly Func<T, Task> _take;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationTokenSource _abort;
    private readonly Queue<Task<T>> _underWay = new();

    /// <param name="limit">How many may be under way at once, asked again each time.</param>
    /// <param name="take">Takes a result; the next one is given when it returns.</param>
    /// <param name="call">How the reads are stopped and watched.</param>
    public OrderedWindow(Func<int> limit, Func<T, Task> take, ScimCall call)
    {
        _limit = limit;
        _take = take;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(call.Stop);
        _abort = CancellationTokenSource.CreateLinkedTokenSource(call.Abort);
        Call = new ScimCall(_stop.Token, _abort.Token, call.Observer);
    }

    /// <summary>To be handed to every read.</summary>
    public ScimCall Call { get; }

    /// <summary>Takes results until there is room for one more read.</summary>
    public async Task MakeRoomAsync()
    {
        while (_underWay.Count >= Math.Max(1, _limit()))
        {
            await TakeOneAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Begins a read.</summary>
    public void Add(Func<ScimCall, Task<T>> read) => _underWay.Enqueue(read(Call));

    /// <summary>Takes what is there and next in order, and waits for nothing.</summary>
    public async Task TakeReadyAsync()
    {
        while (_underWay.Count > 0 && _underWay.Peek().IsCompleted)
        {
            await TakeOneAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Takes everything that was begun.</summary>
    public async Task DrainAsync()
    {
        while (_underWay.Count > 0)
        {
            await TakeOneAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Breaks off what is still under way and returns when nothing is. To be called last, whatever happened.</summary>
    public async Task EndAsync()
    {
        if (_underWay.Count > 0)
        {
            _stop.Cancel();
            _abort.Cancel();
            try
            {
                await Task.WhenAll(_underWay).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is ScimException or OperationCanceledException)
            {
                // What ended the whole is on its way already.
            }
        }

        _stop.Dispose();
        _abort.Dispose();
    }

    private async Task TakeOneAsync() => await _take(await _underWay.Dequeue().ConfigureAwait(false)).ConfigureAwait(false);
}
