using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Tests;

/// <summary>
/// Virtual time. Nothing moves until <see cref="Advance"/> is called, or <see cref="RunAsync"/> drives a task to its end by
/// jumping to the next due wait whenever nobody is at work. What is driven must be begun by the test that made the clock.
/// </summary>
internal sealed class FakeClock : IClock
{
    private readonly object _gate = new();
    private readonly List<Waiter> _waiters = [];
    private readonly DateTimeOffset _start;
    private readonly Activity _activity = Activity.Begin();
    private TimeSpan _elapsed;
    private TimeSpan _turned;

    public FakeClock(DateTimeOffset? start = null) => _start = start ?? new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    public DateTimeOffset UtcNow
    {
        get
        {
            lock (_gate)
            {
                return _start + _elapsed + _turned;
            }
        }
    }

    public TimeSpan Elapsed
    {
        get
        {
            lock (_gate)
            {
                return _elapsed;
            }
        }
    }

    /// <summary>How many waits are pending.</summary>
    public int Pending
    {
        get
        {
            lock (_gate)
            {
                return _waiters.Count;
            }
        }
    }

    public Task Delay(TimeSpan delay, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellationToken);
        }

        if (delay <= TimeSpan.Zero)
        {
            return Task.CompletedTask;
        }

        var waiter = new Waiter();
        lock (_gate)
        {
            waiter.Due = _elapsed + delay;
            _waiters.Add(waiter);
        }

        if (cancellationToken.CanBeCanceled)
        {
            var registration = cancellationToken.Register(() =>
            {
                lock (_gate)
                {
                    _waiters.Remove(waiter);
                }

                waiter.Completion.TrySetCanceled(cancellationToken);
            });
            waiter.Completion.Task.ContinueWith(_ => registration.Dispose(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        return waiter.Completion.Task;
    }

    /// <summary>Sets the clock, forward or back, as somebody does who sets it right or wrong; no time passes by it.</summary>
    public void Turn(TimeSpan by)
    {
        lock (_gate)
        {
            _turned += by;
        }
    }

    public void Advance(TimeSpan by)
    {
        List<Waiter> due;
        lock (_gate)
        {
            _elapsed += by;
            due = _waiters.Where(w => w.Due <= _elapsed).OrderBy(w => w.Due).ToList();
            _waiters.RemoveAll(w => w.Due <= _elapsed);
        }

        foreach (var waiter in due)
        {
            waiter.Completion.TrySetResult(true);
        }
    }

    /// <summary>Ends when nobody is at work any more, and moves nothing.</summary>
    public Task RestAsync() => Activity.AsideAsync(() => _activity.RestAsync());

    /// <summary>Lets a task run to its end, jumping over every wait.</summary>
    public async Task<T> RunAsync<T>(Task<T> task)
    {
        await RunAsync((Task)task);
        return await task;
    }

    /// <inheritdoc cref="RunAsync{T}(Task{T})"/>
    public async Task RunAsync(Task task)
    {
        await Activity.AsideAsync(() => DriveAsync(task));
        await task;
    }

    private async Task DriveAsync(Task task)
    {
        while (!task.IsCompleted)
        {
            await RestAsync(task);
            if (task.IsCompleted)
            {
                return;
            }

            if (Pending > 0)
            {
                Advance(NextDue());
            }
            else
            {
                // The test itself has something in hand that it waits for.
                await Task.Delay(1);
            }
        }
    }

#if NET
    private Task RestAsync(Task task) => _activity.RestAsync(task);
#else
    private const int Quiet = 3;
    private const int QuietBeforeLong = 100;
    private const int Patience = 200;
    private const int PatienceBeforeLong = 2000;

    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    private async Task RestAsync(Task task)
    {
        var lastPending = -1;
        for (int quiet = 0, looked = 0; !task.IsCompleted; looked++)
        {
            await Task.Delay(1);
            var pending = Pending;
            quiet = pending == lastPending ? quiet + 1 : 0;
            lastPending = pending;
            var (enough, patience) = NextDue() > Long ? (QuietBeforeLong, PatienceBeforeLong) : (Quiet, Patience);
            if (quiet < enough)
            {
                continue;
            }

            if (looked > patience || !Activity.IsAnotherThreadAtWork())
            {
                return;
            }

            quiet = 0;
        }
    }
#endif

    private TimeSpan NextDue()
    {
        lock (_gate)
        {
            return _waiters.Count == 0 ? TimeSpan.Zero : _waiters.Min(w => w.Due) - _elapsed;
        }
    }

    private sealed class Waiter
    {
        public TimeSpan Due { get; set; }

        public TaskCompletionSource<bool> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
