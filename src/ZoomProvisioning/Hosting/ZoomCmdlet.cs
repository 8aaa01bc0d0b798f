using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Runtime.ExceptionServices;
using System.Threading.Tasks;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Pipeline;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Hosting;

/// <summary>
/// The base of all cmdlets: owns the lane on which their work runs, stops it on Ctrl+C, and reports what was under way when
/// the pipeline ended early.
/// </summary>
public abstract class ZoomCmdlet : PSCmdlet, IDisposable
{
    // How often advice for one kind of error is given.
    private const int AdviceRepeated = 3;

    // So many are on the lane, begun or written, before the next is taken: whoever waits for a page of the account's list, and those
    // of whom a page tells already, are worked on in the order in which Zoom can be asked.
    private const int Window = 1024;

    private readonly Dictionary<string, int> _told = new(StringComparer.Ordinal);

    private BulkLane? _lane;
    private bool _interrupted;
    private bool _ended;
    private volatile bool _isAtWork;

    /// <summary>How many records may be worked on at once.</summary>
    private protected virtual int Limit => 1;

    /// <summary>The pace of the account; null when there is no connection.</summary>
    private protected virtual RateSnapshot? Rate => null;

    /// <summary>Whether records that were under way must be reported when the pipeline ends early: reads need not be.</summary>
    private protected virtual bool ChangesZoom => false;

    private protected BulkLane Lane => _lane ??= new BulkLane(
        new CmdletOutput(this), () => Limit, Math.Max(4 * Limit, Window), SystemClock.Instance, () => Rate);

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Guard(OnRecord);

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Guard(() =>
    {
        OnEnd();
        _lane?.Finish();
        AfterDrain();
        _ended = true;
    });

    /// <inheritdoc/>
    protected override void StopProcessing() => _lane?.Stop();

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Dispose(true);
        }
        finally
        {
            RunningCommands.Leave(this);
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Stops the command because the process is about to end. Safe on any thread.</summary>
    internal void StopForGood() => _lane?.Stop();

    /// <summary>Whether the pipeline is in this command, and not in its source, in a question or in whom it writes to.</summary>
    internal bool IsAtWork => _isAtWork;

    /// <summary>Does something from which the pipeline may not come back for long.</summary>
    internal T Elsewhere<T>(Func<T> action)
    {
        var before = _isAtWork;
        _isAtWork = false;
        try
        {
            return action();
        }
        finally
        {
            _isAtWork = before;
        }
    }

    /// <summary>Closes the books of a command that was stopped and has not come to its end, when nobody works any more. Safe on any thread.</summary>
    internal void CloseBooks(TimeSpan patience)
    {
        _lane?.WaitForWorkers(patience);
        OnBooksClosing();
    }

    private protected virtual void OnBooksClosing()
    {
    }

    /// <summary>
    /// Lets go of the lane. When the source throws, or is what Ctrl+C stops, PowerShell calls nothing else: what is under way is
    /// told here.
    /// </summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
        {
            return;
        }

        try
        {
            if (_lane is not null && !_ended && !_interrupted)
            {
                EndEarly();
            }
        }
        finally
        {
            _lane?.Dispose();
        }
    }

    /// <summary>What a result looks like on the output stream; nothing, when it is not to be written.</summary>
    internal virtual IEnumerable<object> Shape(object value) => [value];

    /// <summary>Whether PowerShell asks about what is of high impact, and about nothing else the command does.</summary>
    internal virtual bool AsksAboutRemovalsOnly => false;

    private protected virtual void OnRecord()
    {
    }

    private protected virtual void OnEnd()
    {
    }

    private protected virtual void AfterDrain()
    {
    }

    /// <summary>What is not on the lane and yet to be done, when the pipeline ends early.</summary>
    private protected virtual IEnumerable<ChangeResult> StillPending() => [];

    /// <summary>Whether only what would be done is to be said: by -WhatIf or by the preference.</summary>
    private protected bool IsWhatIf => Switch("WhatIf") ?? (GetVariableValue("WhatIfPreference") is { } whatIf && LanguagePrimitives.IsTrue(whatIf));

    /// <summary>What a switch was set to; null when it was not given.</summary>
    private protected bool? Switch(string name) =>
        MyInvocation.BoundParameters.TryGetValue(name, out var value) ? LanguagePrimitives.IsTrue(value) : null;

    /// <summary>Says something to whoever sits before the host; it is no output, and harmless like a warning.</summary>
    private protected void Tell(string line) => WriteInformation(new HostInformationMessage { Message = ViewText.Line(line) }, ["PSHOST"]);

    /// <summary>Warns; what files and Zoom have put into the words does nothing to a terminal.</summary>
    internal new void WriteWarning(string text) => base.WriteWarning(ViewText.Line(text));

    /// <summary>Says something for who wants to know; harmless like a warning.</summary>
    internal new void WriteVerbose(string text) => base.WriteVerbose(ViewText.Line(text));

    /// <summary>Says something for who looks for a mistake; harmless like a warning, and bodies keep their lines.</summary>
    internal new void WriteDebug(string text) => base.WriteDebug(ViewText.Of(text));

    /// <summary>Warns in several lines, each of which is harmless already.</summary>
    private protected void WriteBlock(string lines) => base.WriteWarning(lines);

    /// <summary>Writes what went wrong with one record of many. What to do about errors of one kind is not said 700 times.</summary>
    internal void WriteRecordError(ScimException error, string label, object? target)
    {
        var record = ErrorRecordFactory.From(error, label, target);
        var kind = $"{error.ErrorId} {MessagePattern.Of(error.Message, label)} {MessagePattern.Of(error.RecommendedAction ?? string.Empty, label)}";
        _told.TryGetValue(kind, out var told);
        _told[kind] = told + 1;
        if (told >= AdviceRepeated)
        {
            // The exception has it all the same.
            record.ErrorDetails.RecommendedAction = told == AdviceRepeated ? "As above, for this record and for all that follow with the same error." : null;
        }

        WriteError(record);
    }

    /// <summary>Ends the command with an error.</summary>
    private protected void Terminate(ScimException error, object? target = null)
    {
        BeforeEnding(error);
        ThrowTerminatingError(ErrorRecordFactory.From(error, null, target));
    }

    /// <summary>What is to be done before an error ends the command.</summary>
    private protected virtual void BeforeEnding(ScimException error)
    {
    }

    /// <summary>The file or folder meant by a path, as PowerShell understands it: relative to the session's place, drives, ~.</summary>
    private protected string FilePath(string path)
    {
        var resolved = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
        if (provider.Name != "FileSystem")
        {
            Terminate(new ScimStateException("Zoom.File.NotAFile", $"'{path}' is not in the file system but in {provider.Name}.")
            {
                Category = nameof(ErrorCategory.InvalidArgument),
                RecommendedAction = "Give the path of a file, or of a folder where one is asked for.",
            }, path);
        }

        return resolved;
    }

    /// <summary>As ShouldProcess; where nobody can be asked, the error says what to do instead.</summary>
    private protected bool MayProceed(string target, string action) => new CmdletOutput(this).ShouldProcess(target, action);

    /// <summary>Ends the command when a script has kept a connection that was closed since.</summary>
    private protected void RefuseClosed(ZoomScimConnection connection)
    {
        if (connection.IsClosed)
        {
            Terminate(new ScimNotConnectedException(
                "Zoom.Connection.Closed",
                $"The connection '{connection.Name}' was closed by Disconnect-ZoomScim or replaced by another of its name. Nothing was sent.")
            {
                Category = nameof(ErrorCategory.ConnectionError),
                RecommendedAction = "Connect again with Connect-ZoomScim, or leave -Connection out to use the runspace's own.",
            }, connection);
        }
    }

    /// <summary>Runs one piece of work and gives its result back, telling its story meanwhile and minding Ctrl+C.</summary>
    /// <param name="work">The work.</param>
    /// <param name="onEnded">What became of the people the work was about, asked when
    /// it has ended because the pipeline did; null where nobody was changed.</param>
    private protected T Await<T>(Func<LaneScope, Task<T>> work, Func<IReadOnlyList<ChangeResult>>? onEnded = null)
    {
        using var lane = new BulkLane(new CmdletOutput(this), () => 1, 1, SystemClock.Instance);
        var previous = _lane;
        _lane = lane;
        ExceptionDispatchInfo? failure = null;
        var result = default(T);
        try
        {
            lane.Add(MyInvocation.MyCommand.Name, null, async scope =>
            {
                try
                {
                    result = await work(scope).ConfigureAwait(false);
                }
                // Whatever it is ends the command: there is no result to go on with.
                catch (Exception exception)
                {
                    failure = ExceptionDispatchInfo.Capture(exception as ScimException ?? Unexpected(exception));
                }

                return null;
            });
        }
        catch when (onEnded is not null)
        {
            // The work is let come to its own end: it keeps books that must be closed.
            _interrupted = true;
            lane.Interrupt();
            if (onEnded() is { Count: > 0 } outcomes)
            {
                ReportInterrupted(outcomes);
            }

            ThrowIfEnding();
            throw;
        }
        finally
        {
            _lane = previous;
        }

        failure?.Throw();
        return result!;
    }

    private static ScimException Unexpected(Exception exception) => new("Zoom.Call.Unexpected", exception.Message, exception)
    {
        Category = nameof(ErrorCategory.NotSpecified),
        RecommendedAction = "This is a defect of the module. Run the command again with -Verbose -Debug and report what it shows.",
    };

    private void Guard(Action step)
    {
        try
        {
            _isAtWork = true;
            step();
        }
        catch when (_lane is not null && !_interrupted)
        {
            // Ctrl+C, Select-Object -First, -ErrorAction Stop, or somebody downstream threw. What was sent is reported,
            // and the exception goes on its way: PowerShell needs it to end the pipeline.
            EndEarly();
            ThrowIfEnding();
            throw;
        }
        finally
        {
            _isAtWork = false;
        }
    }

    /// <summary>PowerShell does not know that the process is about to end, and would go on with the next command of a script.</summary>
    private static void ThrowIfEnding()
    {
        if (RunningCommands.AreEnding)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>Starts nothing more, waits for what is on the wire, and says what became of the records nobody was told about.</summary>
    private void EndEarly()
    {
        _interrupted = true;
        // Null by now where the work was awaited: that lane is gone, and was nobody's record.
        var interrupted = _lane?.Interrupt() ?? [];
        var outcomes = interrupted.Concat(StillPending().Where(p => interrupted.All(i => i.UserName != p.UserName))).ToList();
        _lane?.WriteWarnings(WriteLate);
        if (ChangesZoom && outcomes.Count > 0)
        {
            ReportInterrupted(outcomes);
        }
    }

    /// <summary>Warns, also after Ctrl+C, when PowerShell takes only information marked for the host.</summary>
    private void WriteLate(string message)
    {
        try
        {
            WriteWarning(message);
        }
        catch (PipelineStoppedException)
        {
            WriteInformation(new HostInformationMessage { Message = "WARNING: " + ViewText.Line(message) }, ["PSHOST"]);
        }
    }

    /// <summary>Says what became of the records whose results nobody will see.</summary>
    private void ReportInterrupted(IReadOnlyList<ChangeResult> outcomes)
    {
        var message = InterruptionReport.Text(MyInvocation.MyCommand.Name, outcomes);
        WriteLate(message);
        var error = new ScimException("Zoom.Call.Interrupted", message)
        {
            Category = nameof(ErrorCategory.OperationStopped),
            RecommendedAction = "The records are in TargetObject of this error: $Error[0].TargetObject | Format-Table UserName, Outcome, Reason. "
                + "Those not sent can be repeated as they are; look up the unknown ones first.",
        };
        var record = ErrorRecordFactory.From(error, null, outcomes.ToArray());
        if (SessionState.PSVariable.GetValue("Error") is System.Collections.ArrayList errors)
        {
            errors.Insert(0, record);
        }
    }
}
