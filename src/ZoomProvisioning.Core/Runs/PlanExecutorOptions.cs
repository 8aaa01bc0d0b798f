using System;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Runs;

/// <summary>What a run does with the rest when the guard holds removals back.</summary>
public enum OnGuard
{
    /// <summary>Creates and updates go on.</summary>
    HoldRemovals,

    /// <summary>Nothing is done.</summary>
    StopAll,
}

/// <summary>How a plan is carried out.</summary>
internal sealed class PlanExecutorOptions
{
    /// <summary>As a run is told to.</summary>
    /// <param name="options">The run's options.</param>
    /// <param name="confirmEach"><see cref="ConfirmEach"/>.</param>
    public static PlanExecutorOptions Of(RuleSyncOptions options, bool confirmEach = false) => new()
    {
        Concurrency = options.Concurrency,
        OnGuard = options.OnGuard,
        ConfirmEach = confirmEach,
        Verify = options.Verify,
        Clock = options.Clock,
        OnResult = options.OnResult,
        OnProgress = options.OnProgress,
    };

    /// <summary>The most people worked on at once, 1 to 64; the governor sets the pace.</summary>
    public int Concurrency { get; init; } = 16;

    /// <summary>What is done with the rest when the guard holds removals back.</summary>
    public OnGuard OnGuard { get; init; }

    /// <summary>Whether each user is read first and must be as the plan knows it: for plans that were saved.</summary>
    public bool ConfirmEach { get; init; }

    /// <summary>Whether each user is read after writing and compared.</summary>
    public bool Verify { get; init; }

    /// <summary>The time.</summary>
    public IClock Clock { get; init; } = SystemClock.Instance;

    /// <summary>Takes each result as it comes, one at a time.</summary>
    public Action<ChangeResult>? OnResult { get; init; }

    /// <summary>Takes the progress, on any thread.</summary>
    public Action<SyncProgress>? OnProgress { get; init; }
}
