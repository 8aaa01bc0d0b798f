using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using ZoomProvisioning.Loading;

namespace ZoomProvisioning.Hosting;

/// <summary>
/// The commands that change Zoom and are under way. When the process is told to end (docker stop, systemctl stop, a scheduler's time
/// limit), PowerShell ends without a word to them; so they are stopped as by Ctrl+C, and the process waits until they have closed
/// their books.
/// </summary>
internal static class RunningCommands
{
    // A pipeline that waits for its source, for somebody's answer or for whom it writes to does not come back.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    // One that is at work comes to its end, on a busy machine not at once. Whoever tells a process to end kills it after a while.
    private static readonly TimeSpan MostPatience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private static readonly object Gate = new();
    private static readonly HashSet<ZoomCmdlet> Running = [];
    private static IDisposable? _signal;

    /// <summary>Whether the process is about to end.</summary>
    public static bool AreEnding { get; private set; }

    /// <summary>Notes a command that begins.</summary>
    public static void Enter(ZoomCmdlet command)
    {
        lock (Gate)
        {
            if (AreEnding)
            {
                throw new PipelineStoppedException();
            }

            Running.Add(command);
            _signal ??= EngineLoader.Engine.OnTermination(End);
        }
    }

    /// <summary>Notes that a command has ended, its books closed.</summary>
    public static void Leave(ZoomCmdlet command)
    {
        lock (Gate)
        {
            if (!Running.Remove(command))
            {
                return;
            }

            Monitor.PulseAll(Gate);
            if (Running.Count == 0 && !AreEnding)
            {
                _signal?.Dispose();
                _signal = null;
            }
        }
    }

    /// <summary>Stops the commands, waits for them, and closes the books of those whose pipeline is somewhere else and does not come back.</summary>
    private static void End()
    {
        var waited = Stopwatch.StartNew();
        foreach (var command in WhenEnding())
        {
            command.StopForGood();
        }

        lock (Gate)
        {
            while (Running.Count > 0 && waited.Elapsed < (Running.Any(c => c.IsAtWork) ? MostPatience : Patience))
            {
                Monitor.Wait(Gate, Look);
            }
        }

        foreach (var command in WhenEnding())
        {
            command.CloseBooks(MostPatience - waited.Elapsed);
        }
    }

    private static List<ZoomCmdlet> WhenEnding()
    {
        lock (Gate)
        {
            AreEnding = true;
            return [.. Running];
        }
    }
}
