using System;
#if !NETFRAMEWORK
using System.Collections.Generic;
using System.Runtime.InteropServices;
#endif

namespace ZoomProvisioning.Engine;

/// <summary>
/// The system tells the process to end: SIGTERM, and on Windows a window that is closed or a shutdown. The process ends when those
/// who wanted to know have done what they must. .NET Framework knows no such signal.
/// </summary>
internal sealed class TerminationSignal : IDisposable
{
#if NETFRAMEWORK
    public TerminationSignal(Action onTermination) => _ = onTermination;

    public void Dispose()
    {
    }
#else
    private readonly List<PosixSignalRegistration> _registrations = [];

    public TerminationSignal(Action onTermination)
    {
        // Only heard, not cancelled: the process ends as it would have ended.
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => onTermination()));
        if (OperatingSystem.IsWindows())
        {
            // On Unix a terminal that is gone ends a process at once, unless it was started so that it does not; nobody may change that.
            _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, _ => onTermination()));
        }
    }

    public void Dispose() => _registrations.ForEach(r => r.Dispose());
#endif
}
