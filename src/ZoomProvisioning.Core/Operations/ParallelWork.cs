using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace ZoomProvisioning.Operations;

/// <summary>Runs work on many items at once, never more than so many. The engine's governor sets the pace.</summary>
internal static class ParallelWork
{
    /// <summary>Does the work of every item. The first exception is thrown when all that was begun has ended; nothing more is begun after it.</summary>
    public static async Task ForEachAsync<T>(IEnumerable<T> items, int concurrency, Func<T, Task> work)
    {
        using var slots = new SemaphoreSlim(concurrency);
        var tasks = new List<Task>();
        var failed = 0;
        foreach (var item in items)
        {
            // Not ended by a stop: each item left must still be told that it was not sent, which the engine does at once.
            await slots.WaitAsync(CancellationToken.None).ConfigureAwait(false);
            if (Volatile.Read(ref failed) != 0)
            {
                slots.Release();
                break;
            }

            tasks.Add(RunAsync(item));
        }

        await Task.WhenAll(tasks).ConfigureAwait(false);

        async Task RunAsync(T item)
        {
            await Task.Yield();
            try
            {
                await work(item).ConfigureAwait(false);
            }
            catch
            {
                Interlocked.Exchange(ref failed, 1);
                throw;
            }
            finally
            {
                slots.Release();
            }
        }
    }
}
