#if NET
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
    private const int Turns = 4;

    // How often to look again at workers of the pool that nobody here knows: of a test without a clock, or blocked for good.
    private const int Patience = 200;

    private static int _fewestWorkers = int.MaxValue;
    private static int _knownWorkers;

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
    public async Task RestAsync(Task? task = null)
    {
        // Whoever lays work down may just have queued more. The pool begins in turn what it was given, and tells what is left.
        var patience = 0;
        for (var turn = 0; turn < Turns && task?.IsCompleted != true;)
        {
            var begun = Volatile.Read(ref _begun);
            await Task.Yield();
            var isBusy = IsBusy() || begun != Volatile.Read(ref _begun);
            patience = isBusy ? 0 : patience + 1;
            if (isBusy || (IsPoolBusy() && patience < Patience))
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
            CountWorker(-1);
            Interlocked.Decrement(ref previous._atWork);
        }

        if (change.CurrentValue is { } current)
        {
            Interlocked.Increment(ref current._begun);
            Interlocked.Increment(ref current._atWork);
            CountWorker(1);
        }
    }

    private static void CountWorker(int change)
    {
        if (Thread.CurrentThread.IsThreadPoolThread)
        {
            Interlocked.Add(ref _knownWorkers, change);
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

        return ThreadPool.PendingWorkItemCount > 0;
    }

    // A worker that has taken something up and is not counted yet, for it compiles what it is about to run. Those at work for another
    // test are none; whoever begins or ends meanwhile is taken for one.
    private static bool IsPoolBusy()
    {
        var known = Volatile.Read(ref _knownWorkers);
        ThreadPool.GetMaxThreads(out var most, out _);
        ThreadPool.GetAvailableThreads(out var free, out _);
        var others = Math.Max(0, most - free - 1 - Math.Min(known, Volatile.Read(ref _knownWorkers)));
        _fewestWorkers = Math.Min(_fewestWorkers, others);
        return others > _fewestWorkers;
    }

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
#else
using System;
using System.IO;
using System.Threading.Tasks;

namespace ZoomProvisioning.Tests;

/// <summary>
/// .NET Framework does not tell what its pool has queued, so there whoever may be at work is given time, more of it before a long wait,
/// which is most often the time limit of something that is at work. And the system is asked: on Linux, where these tests run under
/// Mono, a thread that works, or would if the machine let it, is not asleep.
/// </summary>
internal sealed class Activity
{
    private const string Threads = "/proc/self/task";

    public static Activity Begin() => new();

    public static IDisposable? Expect(Func<bool> condition) => null;

    public static Task AsideAsync(Func<Task> action) => action();

    public Task RestAsync() => Task.Delay(50);

    /// <summary>Whether a thread other than the caller's is at work, as far as the system tells.</summary>
    public static bool IsAnotherThreadAtWork()
    {
        if (!Directory.Exists(Threads))
        {
            return false;
        }

        var atWork = 0;
        foreach (var thread in Directory.GetDirectories(Threads))
        {
            try
            {
                // The name is in parentheses and may hold anything; the state follows it.
                var stat = File.ReadAllText(Path.Combine(thread, "stat"));
                atWork += stat[stat.LastIndexOf(')') + 2] is 'R' or 'D' ? 1 : 0;
            }
            catch (IOException)
            {
                // It has ended meanwhile.
            }
        }

        return atWork > 1;
    }
}
#endif
