using System;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Pipeline;

/// <summary>
/// What the work on one record sees of the lane. All it says comes out on the pipeline thread, when the record's turn has come.
/// </summary>
public sealed class LaneScope : IOperationHost, IWireObserver
{
    private readonly BulkLane _lane;
    private readonly LaneItem _item;

    internal LaneScope(BulkLane lane, LaneItem item)
    {
        _lane = lane;
        _item = item;
        Call = new ScimCall(lane.StopToken, lane.AbortToken, this) { Aside = lane.WaitAsideAsync };
    }

    /// <summary>To be handed to every call to Zoom.</summary>
    public ScimCall Call { get; }

    /// <inheritdoc/>
    public Task<bool> ShouldProcessAsync(string target, string action)
    {
        if (_lane.AsksNobody)
        {
            // Nobody could say no, so nothing waits for the pipeline thread, which may be in a source that is silent for minutes.
            Say(output => output.ShouldProcess(target, action));
            return Task.FromResult(true);
        }

        return _lane.AskAsync(output => output.ShouldProcess(target, action));
    }

    /// <inheritdoc/>
    public Task<bool> ConfirmRemovalAsync(string target, string action)
    {
        if (_lane.AsksNobodyAboutRemovals)
        {
            Say(output => output.ShouldProcess(target, action));
            return Task.FromResult(true);
        }

        return _lane.AskAsync(output => output.ConfirmRemoval(target, action));
    }

    /// <inheritdoc/>
    public void Warn(string message) => Say(output =>
    {
        if (_lane.AsksNobody)
        {
            _lane.Warnings.Add(_item.Label, message);
        }
        else
        {
            output.WriteWarning(message);
        }
    });

    /// <inheritdoc/>
    public void Tell(string message) => Say(output => output.WriteVerbose(message));

    /// <summary>Writes an object.</summary>
    public void Write(object value) => Say(output => output.WriteObject(value));

    /// <summary>Says something on the pipeline thread and waits until it was said; keeps a long list from piling up in memory.</summary>
    public Task SayAndWaitAsync(Action<IPipelineOutput> say)
    {
        var said = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _item.Waiting = said;
        Say(output =>
        {
            say(output);
            said.TrySetResult(true);
        });
        if (_lane.Closed)
        {
            // Interrupt may have looked for waiters already.
            said.TrySetCanceled();
        }

        return said.Task;
    }

    /// <summary>Shows how far the work is, where its steps are not records of the lane.</summary>
    internal void Show(ProgressReport progress) => Say(output => output.ShowProgress(progress));

    /// <inheritdoc/>
    public bool WantsDetail => _lane.WantsDetail;

    /// <inheritdoc/>
    public void OnWire(WireEvent wireEvent)
    {
        Say(output =>
        {
            output.WriteVerbose(wireEvent.Message);
            if (wireEvent.Detail is { } detail)
            {
                output.WriteDebug(detail);
            }
        });
        _lane.Meter.Observe(wireEvent);
    }

    private void Say(Action<IPipelineOutput> say)
    {
        _item.Said.Enqueue(say);
        _lane.Wake();
    }
}
