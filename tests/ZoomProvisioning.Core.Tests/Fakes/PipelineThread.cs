using System;
using System.Threading;
using System.Threading.Tasks;

namespace ZoomProvisioning.Tests;

/// <summary>A thread like PowerShell's pipeline thread, and a guard against tests that hang.</summary>
internal static class PipelineThread
{
    // Far beyond anything a passing test takes; reached by a test that hangs, and by nothing else.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Runs something on a thread of its own.</summary>
    public static Task RunAsync(Action act)
    {
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                act();
                done.SetResult(true);
            }
            catch (Exception exception)
            {
                done.SetException(exception);
            }
        })
        { IsBackground = true }.Start();
        return InTimeAsync(done.Task);
    }

    /// <summary>Waits for something that must happen.</summary>
    public static async Task InTimeAsync(Task task)
    {
        if (await Task.WhenAny(task, Task.Delay(Patience)) != task)
        {
            throw new TimeoutException("It hangs.");
        }

        await task;
    }

    /// <summary>Waits on a thread for something that must happen.</summary>
    public static void Await(Task task)
    {
        if (!task.Wait(Patience))
        {
            throw new TimeoutException("It hangs.");
        }
    }

    /// <summary>Ends when the token is cancelled.</summary>
    public static Task CancelledAsync(CancellationToken token)
    {
        var cancelled = Signal();
        token.Register(() => cancelled.TrySetResult(true));
        return cancelled.Task;
    }

    /// <summary>Something to wait for.</summary>
    public static TaskCompletionSource<bool> Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
