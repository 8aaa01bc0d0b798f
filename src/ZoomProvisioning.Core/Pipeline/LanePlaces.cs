using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace ZoomProvisioning.Pipeline;

/// <summary>
/// How many records may be worked on at once. Who only waits for what another record's request brings gives the place away
/// meanwhile, and comes before all new records when the wait is over. Safe on any thread.
/// </summary>
internal sealed class LanePlaces
{
    private readonly Func<int> _limit;
    private readonly object _gate = new();
    private readonly Queue<TaskCompletionSource<bool>> _returning = new();
    private int _begun;
    private int _taken;
    private bool _isOpen;

    /// <summary>Makes places that nobody has.</summary>
    /// <param name="limit">How many there are, asked again each time; one at least.</param>
    public LanePlaces(Func<int> limit) => _limit = limit;

    /// <summary>Whether nobody works any more, nor waits aside.</summary>
    public bool AreEmpty => Volatile.Read(ref _begun) == 0;

    /// <summary>Takes a place for a new record, where there is one.</summary>
    public bool TryTake()
    {
        lock (_gate)
        {
            LetReturn();
            if (!HasRoom)
            {
                return false;
            }

            _begun++;
            _taken++;
            return true;
        }
    }

    /// <summary>Gives a place back: the record is done.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            _begun--;
            _taken--;
            LetReturn();
        }
    }

    /// <summary>Lets those come back for whom there is room: the limit may have changed.</summary>
    public void Refill()
    {
        lock (_gate)
        {
            LetReturn();
        }
    }

    /// <summary>Waits for something without a place, and then for a place.</summary>
    /// <param name="arrival">What is waited for.</param>
    /// <param name="onFree">Told that there is room for somebody else.</param>
    public async Task WaitAsideAsync(Task arrival, Action onFree)
    {
        lock (_gate)
        {
            _taken--;
            LetReturn();
        }

        onFree();
        try
        {
            await arrival.ConfigureAwait(false);
        }
        finally
        {
            await ReturnAsync().ConfigureAwait(false);
        }
    }

    /// <summary>From now on nobody waits for a place: after a stop what was begun comes to its end at once.</summary>
    public void Open()
    {
        lock (_gate)
        {
            _isOpen = true;
            LetReturn();
        }
    }

    private bool HasRoom => _taken < Math.Max(1, _limit());

    private Task ReturnAsync()
    {
        lock (_gate)
        {
            if (_returning.Count == 0 && (_isOpen || HasRoom))
            {
                _taken++;
                return Task.CompletedTask;
            }

            var place = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            _returning.Enqueue(place);
            LetReturn();
            return place.Task;
        }
    }

    private void LetReturn()
    {
        while (_returning.Count > 0 && (_isOpen || HasRoom))
        {
            _taken++;
            _returning.Dequeue().TrySetResult(true);
        }
    }
}
