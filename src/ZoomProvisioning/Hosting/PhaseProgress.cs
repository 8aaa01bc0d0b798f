using System;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Pipeline;
using ZoomProvisioning.Runs;

namespace ZoomProvisioning.Hosting;

/// <summary>Shows a run's phases one after the other, drawn again a few times a second at most.</summary>
internal sealed class PhaseProgress
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly LaneScope _scope;
    private readonly Func<RateSnapshot?> _rate;
    private readonly object _gate = new();
    private string? _phase;
    private ProgressMeter? _meter;
    private int _done;
    private int _failed;
    private TimeSpan _nextAt;

    public PhaseProgress(LaneScope scope, Func<RateSnapshot?> rate)
    {
        _scope = scope;
        _rate = rate;
    }

    /// <summary>Takes the progress, on any thread.</summary>
    public void Show(SyncProgress progress)
    {
        lock (_gate)
        {
            if (progress.Phase != _phase || _meter is null)
            {
                _scope.Tell($"{progress.Phase}: {progress.Total}");
                _phase = progress.Phase;
                _meter = new ProgressMeter(SystemClock.Instance, _rate);
                _done = 0;
                _nextAt = TimeSpan.Zero;
            }

            if (progress.Total > _meter.Known)
            {
                _meter.Add(progress.Total - _meter.Known);
                _meter.AllKnown();
            }

            for (; _done < progress.Done; _done++)
            {
                _meter.Finish(failed: _failed < progress.Failed);
                _failed = Math.Min(_failed + 1, progress.Failed);
            }

            var now = SystemClock.Instance.Elapsed;
            if (now >= _nextAt || progress.Done >= progress.Total)
            {
                _nextAt = now + Interval;
                _scope.Show(_meter.Read(finished: progress.Done >= progress.Total));
            }
        }
    }
}
