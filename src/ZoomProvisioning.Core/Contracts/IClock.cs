using System;
using System.Threading;
using System.Threading.Tasks;

namespace ZoomProvisioning.Contracts;

/// <summary>The time, as a thing that tests can turn by hand.</summary>
public interface IClock
{
    /// <summary>The wall clock, in UTC.</summary>
    DateTimeOffset UtcNow { get; }

    /// <summary>Time since some fixed moment; never goes back.</summary>
    TimeSpan Elapsed { get; }

    /// <summary>Waits.</summary>
    /// <param name="delay">How long; zero or less returns at once.</param>
    /// <param name="cancellationToken">Ends the wait early with an <see cref="OperationCanceledException"/>.</param>
    Task Delay(TimeSpan delay, CancellationToken cancellationToken);
}
