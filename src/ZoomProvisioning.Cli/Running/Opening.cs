using System;
using System.Threading;
using System.Threading.Tasks;

namespace ZoomProvisioning.Cli.Running;

/// <summary>
/// Opens what may never answer: a pipe that nobody has the other end of, a file on a machine that has gone. With the stop the one who
/// waits for it is left behind; before anything is open, nothing was done.
/// </summary>
internal static class Opening
{
    /// <summary>Opens it.</summary>
    /// <param name="open">Opens it.</param>
    /// <param name="what">What it is.</param>
    /// <param name="stop">The stop.</param>
    /// <exception cref="ScimNotSentException">It was stopped.</exception>
    public static async Task<T> RunAsync<T>(Func<T> open, string what, CancellationToken stop)
    {
        try
        {
            return await Task.Run(open, CancellationToken.None).WaitAsync(stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception)
        {
            throw new ScimNotSentException($"It was stopped while {what} was being opened. Nothing was changed in Zoom.", exception);
        }
    }
}
