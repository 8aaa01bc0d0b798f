using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Pipeline;

/// <summary>
/// Works on many records at once and writes what they have to say in the order they came in, all on the pipeline thread,
/// because PowerShell allows no other.
/// </summary>
/// <remarks>
/// <see cref="Add"/>, <see cref="Drain"/>, <see cref="Finish"/> and <see cref="Interrupt"/> belong to the pipeline thread; <see cref="Stop"/> may
/// come from any. A record leaves the lane only when all it said was written, so that nothing is lost when the pipeline ends early.
/// </remarks>
public sealed class BulkLane : IDisposable
{
    /// <summary>How long requests on the wire may still be answered after Ctrl+C.</summary>
    public static readonly TimeSpan AbortGrace = TimeSpan.FromMilliseconds(800);

    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(250);

    private readonly IPipelineOutput _output;
    private readonly Func<int> _limit;
    private readonly LanePlaces _places;
    private readonly int _window;
    private readonly IClock _clock;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly Queue<LaneItem> _order = new();
    private readonly Queue<LaneItem> _notStarted = new();
    private readonly object _startGate = new();
    private readonly LaneQuestions _questions = new();
    private TimeSpan _nextProgress;
    private volatile bool _closed;

    /// <summary>Makes a lane.</summary>
    /// <param name="output">The cmdlet's streams.</param>
    /// <param name="limit">How many records may be worked on at once, asked again each time.</param>
    /// <param name="window">
    /// How many records may be on the lane, started or finished but not yet written. Larger than the limit, so that one slow
    /// record at the head does not hold up the others.
    /// </param>
    /// <param name="clock">The clock for progress and the grace after a stop.</param>
    /// <param name="rate">The pace of the account, for progress; null where there is none.</param>
    public BulkLane(IPipelineOutput output, Func<int> limit, int window, IClock clock, Func<RateSnapshot?>? rate = null)
    {
        _output = output;
        _limit = limit;
        _places = new LanePlaces(limit);
        _window = window;
        _clock = clock;
        _nextProgress = clock.Elapsed + ProgressInterval;
        WantsDetail = output.WantsDebug;
        Meter = new ProgressMeter(clock, rate);
    }

    /// <summary>Whether <see cref="Stop"/> was called.</summary>
    public bool Stopping => _stop.IsCancellationRequested;

    internal CancellationToken StopToken => _stop.Token;

    internal CancellationToken AbortToken => _abort.Token;

    /// <summary>Whether PowerShell would ask nobody and refuse nothing, by -WhatIf, -Confirm or the preferences: then changes go out at once.</summary>
    public bool AsksNobody { get; set; }

    /// <summary>Whether nobody would be asked about removals either, which are of high impact.</summary>
    public bool AsksNobodyAboutRemovals { get; set; }

    /// <summary>The records' warnings, which come at the end and grouped where nobody is asked about single records.</summary>
    internal WarningDigest Warnings { get; } = new();

    /// <summary>Whether nothing will be written any more.</summary>
    internal bool Closed => _closed;

    /// <summary>Whether the cmdlet shows its debug stream; asked once, on the pipeline thread.</summary>
    internal bool WantsDetail { get; }

    internal ProgressMeter Meter { get; }

    /// <summary>
    /// Puts a record on the lane and writes what is ready. Returns when there is room for the next; with a limit of one,
    /// when the record is done, so that a pipeline sees one record at a time.
    /// </summary>
    /// <param name="label">What to call the record in messages.</param>
    /// <param name="source">The record.</param>
    /// <param name="work">What to do; its result is written as an object.</param>
    public void Add(string label, object? source, Func<LaneScope, Task<ChangeResult?>> work)
    {
        var item = new LaneItem(label, source, work);
        _order.Enqueue(item);
        lock (_startGate)
        {
            _notStarted.Enqueue(item);
        }

        Meter.Add();
        Pump(() => _limit() <= 1 ? _order.Count == 0 : _order.Count < _window);
    }

    /// <summary>Writes everything; returns when the last record is done. More may follow, that come of these.</summary>
    public void Drain()
    {
        Meter.AllKnown();
        Pump(() => _order.Count == 0);
    }

    /// <summary>Writes everything and ends the progress display: nothing follows.</summary>
    public void Finish()
    {
        Drain();
        WriteWarnings(_output.WriteWarning);
        if (Meter.Known > 1)
        {
            _output.ShowProgress(Meter.Read(finished: true));
        }
    }

    /// <summary>Writes what the records have warned of, and was not written yet.</summary>
    /// <param name="write">Where to.</param>
    public void WriteWarnings(Action<string> write)
    {
        foreach (var warning in Warnings.Take())
        {
            write(warning);
        }
    }

    /// <summary>Starts nothing more at once, and breaks what is on the wire after <see cref="AbortGrace"/>. Safe on any thread.</summary>
    public void Stop()
    {
        try
        {
            _stop.Cancel();
            _places.Open();
            _ = AbortLaterAsync();
            Wake();
        }
        catch (ObjectDisposedException)
        {
            // Ctrl+C that comes when the command has just ended has nothing left to stop.
        }
    }

    /// <summary>
    /// Ends the lane early, after a write threw or the command was stopped: starts nothing more, waits for what is on the
    /// wire, and tells what became of every record whose result was not written.
    /// </summary>
    public IReadOnlyList<ChangeResult> Interrupt()
    {
        lock (_startGate)
        {
            // From here on no worker starts another.
            _closed = true;
        }

        _stop.Cancel();
        _places.Open();
        _questions.Refuse();
        foreach (var item in _order)
        {
            item.Waiting?.TrySetCanceled();
        }

        Task.WaitAll(_order.Select(i => i.Running).OfType<Task>().ToArray());
        _questions.Refuse();
        return _order.Where(i => !i.Delivered && (!i.Ended || i.Result is not null)).Select(i => i.Result ?? NotSent(i)).ToList();
    }

    /// <summary>Waits until nobody works any more, after <see cref="Stop"/>. Safe on any thread.</summary>
    internal void WaitForWorkers(TimeSpan patience) =>
        SpinWait.SpinUntil(() => _places.AreEmpty, patience > TimeSpan.Zero ? patience : TimeSpan.Zero);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_startGate)
        {
            _closed = true;
        }

        _stop.Cancel();
        _places.Open();
        _abort.Cancel();
        // The workers hold the tokens and the event until they end; they are left to the garbage collector if one still runs.
        if (_places.AreEmpty)
        {
            _stop.Dispose();
            _abort.Dispose();
            _wake.Dispose();
        }
    }

    internal void Wake()
    {
        try
        {
            _wake.Set();
        }
        catch (ObjectDisposedException)
        {
            // The pipeline has ended; nobody waits any more.
        }
    }

    internal Task<bool> AskAsync(Func<IPipelineOutput, bool> ask)
    {
        var answer = _questions.AskAsync(ask);
        if (_closed || Stopping)
        {
            _questions.Refuse();
        }

        Wake();
        return answer;
    }

    /// <summary>Waits for what another record's request brings, without holding up those behind.</summary>
    internal Task WaitAsideAsync(Task arrival) => _places.WaitAsideAsync(arrival, StartMore);

    private static ChangeResult NotSent(LaneItem item) =>
        new(item.Label, PlanAction.NoOp, ChangeOutcome.NotSent, "stopped before anything was sent") { Source = item.Source };

    private void Pump(Func<bool> enough)
    {
        while (true)
        {
            if (Stopping)
            {
                // PowerShell takes no more output; what was not written yet is reported by Interrupt.
                throw new OperationCanceledException(_stop.Token);
            }

            StartMore();
            WriteHead();
            if (Stopping)
            {
                _questions.Refuse();
            }

            _questions.Answer(_output, WriteHead);
            WriteHead();
            ShowProgress();
            if (enough())
            {
                return;
            }

            _wake.WaitOne(ProgressInterval);
        }
    }

    /// <summary>Starts what there is room for: with each new record, and where one has ended, because the source may be silent for long.</summary>
    private void StartMore()
    {
        lock (_startGate)
        {
            _places.Refill();
            while (_notStarted.Count > 0 && !_closed && !Stopping && _places.TryTake())
            {
                var item = _notStarted.Dequeue();
                item.Running = Task.Run(() => RunAsync(item));
            }
        }
    }

    private async Task RunAsync(LaneItem item)
    {
        var scope = new LaneScope(this, item);
        try
        {
            item.Result = await item.Work(scope).ConfigureAwait(false);
            if (item.Result is { } result)
            {
                item.Said.Enqueue(output =>
                {
                    item.Delivered = true;
                    output.WriteObject(result);
                });
            }
        }
        catch (Exception exception) when (Stopping && exception is ScimNotSentException or OperationCanceledException)
        {
            item.Result = NotSent(item);
        }
        // Whatever a record runs into is that record's error: the other records go on.
        catch (Exception exception)
        {
            var error = OutcomeOf.AsScim(exception, item.Label);
            item.Result = new ChangeResult(item.Label, PlanAction.NoOp, OutcomeOf.Error(exception), error.Message) { Source = item.Source, Error = error };
            Fail(item, error);
        }
        finally
        {
            Meter.Finish(item.Failed);
            item.Ended = true;
            _places.Leave();
            StartMore();
            Wake();
        }
    }

    private static void Fail(LaneItem item, ScimException exception)
    {
        item.Failed = true;
        item.Said.Enqueue(output =>
        {
            item.Delivered = true;
            output.WriteError(exception, item.Label, item.Source ?? item.Label);
        });
    }

    private void WriteHead()
    {
        while (_order.Count > 0)
        {
            var head = _order.Peek();
            // Read before the queue: what is said last is said before the work ends.
            var ended = head.Ended;
            while (head.Said.TryPeek(out var say))
            {
                try
                {
                    say(_output);
                }
                catch
                {
                    // Select-Object -First ends the pipeline by throwing from the write that it took. A stop throws the same
                    // exception to refuse the write, and may do so before this lane has heard of it.
                    head.Delivered = head.Delivered && !Stopping && !_output.IsStopping;
                    throw;
                }

                head.Said.TryDequeue(out _);
            }

            // What a stop kept from being sent has said nothing: it stays, for Interrupt to tell.
            if (!ended || (Stopping && !head.Delivered && head.Result is { Outcome: ChangeOutcome.NotSent }))
            {
                return;
            }

            _order.Dequeue();
        }
    }

    private void ShowProgress()
    {
        var began = _clock.Elapsed;
        if (began < _nextProgress)
        {
            return;
        }

        var report = Meter.Read();
        if (Meter.Known > 1)
        {
            _output.ShowProgress(report);
        }

        // A terminal at the end of a slow line must not hold up the work: a tenth of the time at most goes into drawing.
        var ended = _clock.Elapsed;
        var rest = TimeSpan.FromTicks((ended - began).Ticks * 9);
        _nextProgress = ended + (rest > ProgressInterval ? rest : ProgressInterval);
    }

    private async Task AbortLaterAsync()
    {
        await _clock.Delay(AbortGrace, CancellationToken.None).ConfigureAwait(false);
        try
        {
            _abort.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // Everything was answered within the grace, and the lane is gone.
        }
    }
}
