using System;
using System.Collections.Generic;
using System.Threading;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Pipeline;

/// <summary>
/// Counts what a run has done, and tells from that and from the pace Zoom allows how fast it goes and how long it will take.
/// </summary>
/// <remarks>
/// Counting is safe on any thread. <see cref="Read"/> belongs to one thread and wants to be called a few times a second,
/// because the recent pace is what happened between its calls.
/// </remarks>
public sealed class ProgressMeter
{
    // Long enough to even out single slow replies, short enough to follow the governor when it climbs or halves.
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(10);

    // Before that, how many requests a record takes is a guess: most of those sent are for records that are not done yet.
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(2);

    private readonly IClock _clock;
    private readonly Func<RateSnapshot?> _rate;
    private readonly TimeSpan _startedAt;
    private readonly int _throttledBefore;
    private readonly Queue<Sample> _samples = new();
    private readonly object _gate = new();
    private int _known;
    private int _done;
    private int _failed;
    private int _requests;
    private volatile bool _allKnown;
    private TimeSpan _waitUntil;
    private string? _waitReason;
    private TimeSpan _readAt;
    private TimeSpan _worked;
    private TimeSpan _pause;

    /// <summary>Starts a run's meter.</summary>
    /// <param name="clock">The time.</param>
    /// <param name="rate">The pace of the account, asked again each time; null where there is none.</param>
    public ProgressMeter(IClock clock, Func<RateSnapshot?>? rate = null)
    {
        _clock = clock;
        _rate = rate ?? (() => null);
        _startedAt = _readAt = clock.Elapsed;
        _throttledBefore = _rate()?.Throttled ?? 0;
        _samples.Enqueue(default);
    }

    /// <summary>How many records are known of so far.</summary>
    public int Known => Volatile.Read(ref _known);

    /// <summary>Takes note of more records to work on.</summary>
    public void Add(int records = 1) => Interlocked.Add(ref _known, records);

    /// <summary>Takes note that no more records will come, so that a total can be told.</summary>
    public void AllKnown() => _allKnown = true;

    /// <summary>Takes note that a record is finished.</summary>
    /// <param name="failed">Whether it failed.</param>
    public void Finish(bool failed = false)
    {
        if (failed)
        {
            Interlocked.Increment(ref _failed);
        }

        Interlocked.Increment(ref _done);
    }

    /// <summary>Counts requests, and takes note of waits that are not the governor's.</summary>
    public void Observe(WireEvent wireEvent)
    {
        if (wireEvent.Kind == WireEventKind.Sending)
        {
            Interlocked.Increment(ref _requests);
        }
        else if (wireEvent is { Kind: WireEventKind.Waiting, Reason: { } reason, Duration: { } wait })
        {
            var until = _clock.Elapsed + wait;
            lock (_gate)
            {
                if (until > _waitUntil)
                {
                    (_waitUntil, _waitReason) = (until, reason);
                }
            }
        }
    }

    /// <summary>How far it is now.</summary>
    /// <param name="finished">Whether the run has ended.</param>
    public ProgressReport Read(bool finished = false)
    {
        var now = _clock.Elapsed;
        var rate = _rate();
        var pause = rate?.PausedFor ?? TimeSpan.Zero;
        var sample = Take(now, pause);
        var elapsed = now - _startedAt;
        var total = _allKnown || finished ? Known : (int?)null;
        var pace = finished ? PerSecond(sample.Done, elapsed) : PerSecond(sample.Done - _samples.Peek().Done, sample.Worked - _samples.Peek().Worked);
        var (waiting, reason) = finished ? (TimeSpan.Zero, null) : Wait(now, rate, pause);
        return new ProgressReport
        {
            Done = sample.Done,
            Failed = Volatile.Read(ref _failed),
            Total = total,
            PerSecond = pace,
            Left = total is { } all ? Left(all - sample.Done, pace, sample, rate, pause) : null,
            Elapsed = elapsed,
            Waiting = waiting,
            WaitingFor = reason,
            Throttled = Math.Max(0, (rate?.Throttled ?? 0) - _throttledBefore),
            Finished = finished,
        };
    }

    private static double PerSecond(int count, TimeSpan time) => time > TimeSpan.Zero ? count / time.TotalSeconds : 0;

    private Sample Take(TimeSpan now, TimeSpan pause)
    {
        // A pause that Zoom asked for says nothing about the pace after it, so its time does not count.
        var passed = now - _readAt;
        _worked += passed > _pause ? passed - _pause : TimeSpan.Zero;
        (_readAt, _pause) = (now, pause);
        var sample = new Sample(_worked, Volatile.Read(ref _done), Volatile.Read(ref _requests));
        _samples.Enqueue(sample);
        while (_samples.Count > 2 && sample.Worked - _samples.Peek().Worked > Recent)
        {
            _samples.Dequeue();
        }

        return sample;
    }

    private TimeSpan? Left(int records, double pace, Sample now, RateSnapshot? rate, TimeSpan pause)
    {
        if (records <= 0)
        {
            return TimeSpan.Zero;
        }

        // The governor may have slowed down since: what it allows now is the most that can be hoped for.
        var since = _samples.Peek();
        if (rate is { RequestsPerSecond: > 0 } && now.Worked - since.Worked >= Warm && now.Done > since.Done && now.Requests > since.Requests)
        {
            var requestsEach = (double)(now.Requests - since.Requests) / (now.Done - since.Done);
            pace = Math.Min(pace, rate.RequestsPerSecond / requestsEach);
        }

        return pace > 0 ? pause + TimeSpan.FromSeconds(Math.Min(records / pace, TimeSpan.FromDays(365).TotalSeconds)) : null;
    }

    private (TimeSpan Time, string? Reason) Wait(TimeSpan now, RateSnapshot? rate, TimeSpan pause)
    {
        if (pause > TimeSpan.Zero)
        {
            return (pause, rate?.PausedBy ?? "Zoom's rate limit");
        }

        lock (_gate)
        {
            return _waitUntil > now ? (_waitUntil - now, _waitReason) : (TimeSpan.Zero, null);
        }
    }

    /// <summary>The counts at one moment, in time spent working.</summary>
    private readonly record struct Sample(TimeSpan Worked, int Done, int Requests);
}
