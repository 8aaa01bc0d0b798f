using System;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Engine.Ldap;

/// <summary>Waits for calls that cannot be stopped themselves: whoever stops goes on at once, and the call ends by its own time limit.</summary>
internal static class Waiting
{
    /// <summary>Does it on a thread of its own.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="TimeoutException">It took too long.</exception>
    public static T For<T>(Func<T> call, TimeSpan limit, CancellationToken stop)
    {
        var task = Task.Factory.StartNew(call, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            // Nobody is left to hear of what happens to it later.
            task.Abandon();
            if (!task.Wait((int)Math.Min(int.MaxValue, Math.Max(1, limit.TotalMilliseconds)), stop))
            {
                throw new TimeoutException();
            }
        }
        catch (AggregateException)
        {
            // Thrown below as it is.
        }

        return task.GetAwaiter().GetResult();
    }
}
