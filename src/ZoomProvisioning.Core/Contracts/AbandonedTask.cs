using System.Threading;
using System.Threading.Tasks;

namespace ZoomProvisioning.Contracts;

/// <summary>Work that nobody waits for any more.</summary>
internal static class AbandonedTask
{
    /// <summary>Lets it end as it will. The runtime wants an exception to be seen by somebody all the same.</summary>
    public static void Abandon(this Task task) =>
        task.ContinueWith(t => t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
}
