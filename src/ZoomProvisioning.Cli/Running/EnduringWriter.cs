using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;

namespace ZoomProvisioning.Cli.Running;

/// <summary>
/// A stream of the console that ends nothing: where a full disk takes no more of it, or a stop finds a pipe that nobody reads, the rest
/// is left out, and the work goes on. What was done is more than what was said of it.
/// </summary>
/// <param name="inner">The stream.</param>
/// <param name="descriptor">Its number on Unix, where it can be asked whether somebody takes what is written; -1 where not.</param>
internal sealed class EnduringWriter(TextWriter inner, int descriptor = -1) : TextWriter
{
    // A pipe that can be written to takes 512 bytes at least (POSIX); Linux and macOS have more.
    private const int MostAtOnce = 128;
    private const short CanBeWritten = 4;
    private const int PollMilliseconds = 100;

    // Somebody who reads slowly, or after us, reads within this time after the stop.
    private static readonly TimeSpan AfterStop = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private long _stoppedAt;

    /// <summary>Why the rest could not be written; null when all of it was.</summary>
    public string? Failure { get; private set; }

    public override Encoding Encoding => inner.Encoding;

    /// <summary>Those of this process; none where its commands are called by somebody else.</summary>
    public static IReadOnlyList<EnduringWriter> OfConsole { get; set; } = [];

    /// <summary>From now on nobody is waited for who does not read.</summary>
    public void Stop() => Interlocked.CompareExchange(ref _stoppedAt, Stopwatch.GetTimestamp(), 0);

    public override void Write(char value) => Write(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(string? value) => Try(() => WriteAsTaken(value ?? string.Empty));

    public override void WriteLine(string? value) => Write(value + NewLine);

    public override void Flush() => Try(inner.Flush);

    private void WriteAsTaken(string text)
    {
        if (descriptor < 0)
        {
            inner.Write(text);
            return;
        }

        for (var (start, length) = (0, 0); start < text.Length; start += length)
        {
            if (!IsTaken())
            {
                Failure = "it was stopped, and nobody read it.";
                return;
            }

            length = Math.Min(MostAtOnce, text.Length - start);
            inner.Write(text.AsSpan(start, length));
        }
    }

    private void Try(Action write)
    {
        lock (_gate)
        {
            if (Failure is not null)
            {
                return;
            }

            try
            {
                write();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                Failure = exception.Message;
            }
        }
    }

    /// <summary>Waits until somebody takes more, or a stop has found nobody who does.</summary>
    private bool IsTaken()
    {
        var stream = new Polled { Descriptor = descriptor, Events = CanBeWritten };

        // Whatever else there is to say of the stream, the write says.
        while (Poll(ref stream, 1, PollMilliseconds) == 0)
        {
            if (Interlocked.Read(ref _stoppedAt) is not 0 and var at && Stopwatch.GetElapsedTime(at) > AfterStop)
            {
                return false;
            }
        }

        return true;
    }

    [DllImport("libc", EntryPoint = "poll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Poll(ref Polled streams, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct Polled
    {
        public int Descriptor;
        public short Events;
        public short Happened;
    }
}
