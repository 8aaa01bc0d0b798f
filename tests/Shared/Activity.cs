using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

namespace ZoomProvisioning.Tests;

/// <summary>
/// Who is at work for one test. The flow of execution that begins with <see cref="Begin"/> carries this object along, over
/// awaits, the thread pool and new threads; so each thread is counted when it takes up a part of the test's work, and again when it
/// lays it down. Nothing here looks at a clock: a machine that is slow is at work for longer.
/// </summary>
internal sealed class Activity
{
    private static readonly AsyncLocal<Activity?> Flow = new(OnChanged);

    private readonly ConcurrentDictionary<Watch, bool> _watches = new();
    private int _atWork;
    private int _begun;

    private Activity()
    {
    }

    /// <summary>Counts everything that is done in the caller's flow from here on.</summary>
    public static Activity Begin() => Flow.Value = new Activity();

    /// <summary>Says that the caller waits for something to become so, and will be at work as soon as it is.</summary>
    public static IDisposable? Expect(Func<bool> condition) => Flow.Value is { } activity ? new Watch(activity, condition) : null;

    /// <summary>Does something that is not counted.</summary>
    public static Task AsideAsync(Func<Task> action)
    {
        using (ExecutionContext.SuppressFlow())
        {
            return Task.Run(action);
        }
    }

    /// <summary>Ends when a task is done, or when nobody is at work: all of them wait, for time to pass or for the test.</summary>
    /// <param name="task">What may be done before.</param>
    /// <param name="ahead">How far the next wait goes.</param>
    public async Task RestAsync(Task? task, TimeSpan ahead)
    {
        for (var turn = 0; turn < Turns(ahead) && task?.IsCompleted != true;)
        {
            var begun = Volatile.Read(ref _begun);
            await Turn();
            if (IsBusy() || begun != Volatile.Read(ref _begun))
            {
                turn = 0;
                await Task.Delay(1);
            }
            else
            {
                turn++;
            }
        }
    }

    private static void OnChanged(AsyncLocalValueChangedArgs<Activity?> change)
    {
        if (change.PreviousValue is { } previous)
        {
            Interlocked.Decrement(ref previous._atWork);
        }

        if (change.CurrentValue is { } current)
        {
            Interlocked.Increment(ref current._begun);
            Interlocked.Increment(ref current._atWork);
        }
    }

    private bool IsBusy()
    {
        if (Volatile.Read(ref _atWork) > 0)
        {
            return true;
        }

        foreach (var watch in _watches.Keys)
        {
            if (watch.Condition())
            {
                return true;
            }
        }

        return IsAnythingQueued();
    }

#if NET
    private static bool IsAnythingQueued() => ThreadPool.PendingWorkItemCount > 0;

    // Whoever lays work down may just have queued more. The pool begins in turn what it was given, and tells what is left.
    private static int Turns(TimeSpan ahead) => 4;

    private static async Task Turn() => await Task.Yield();
#else
    private static bool IsAnythingQueued() => false;

    // .NET Framework does not tell what it has queued, so that is given the time to begin; and more of it before a long wait,
    // which is most often the time limit of something that is at work.
    private static int Turns(TimeSpan ahead) => ahead > TimeSpan.FromSeconds(30) ? 300 : 10;

    private static async Task Turn()
    {
        await Task.Yield();
        await Task.Delay(1);
    }
#endif

    private sealed class Watch : IDisposable
    {
        private readonly Activity _activity;

        public Watch(Activity activity, Func<bool> condition)
        {
            (_activity, Condition) = (activity, condition);
            activity._watches[this] = true;
        }

        public Func<bool> Condition { get; }

        public void Dispose() => _activity._watches.TryRemove(this, out _);
    }
}
