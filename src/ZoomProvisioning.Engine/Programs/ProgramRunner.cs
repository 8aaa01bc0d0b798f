using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Programs;

namespace ZoomProvisioning.Engine.Programs;

/// <summary>Starts programs, each argument as it is, and takes what they write.</summary>
internal sealed class ProgramRunner : IProgramRunner
{
    private const int MostOutput = 256 << 20;
    private const int MostErrors = 1 << 16;

    private readonly IClock _clock;

    public ProgramRunner(IClock clock) => _clock = clock;

    /// <inheritdoc/>
    public async Task<ProgramResult> RunAsync(ProgramRequest request, CancellationToken stop)
    {
        var folder = Path.GetFullPath(request.Folder ?? Directory.GetCurrentDirectory());
        var program = Find(request, folder);
        foreach (var file in new[] { request.NamedIn, program })
        {
            ProgramRights.RefuseOthers(file);
        }

        using var process = new Process { StartInfo = Start(program, request, folder), EnableRaisingEvents = true };
        var ended = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.Exited += (_, _) => ended.TrySetResult(true);
        try
        {
            process.Start();
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException or IOException)
        {
            throw NotStarted(program, exception.Message, exception);
        }

        var (output, errors) = (new Gathered(MostOutput), new Gathered(MostErrors));
        var whole = Task.WhenAll(
            ended.Task, output.FillAsync(process.StandardOutput.BaseStream), errors.FillAsync(process.StandardError.BaseStream),
            SayAsync(process, request.Input));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var late = _clock.Delay(request.TimeLimit, limit.Token);
        await Task.WhenAny(whole, late, output.Full).ConfigureAwait(false);
        var isWhole = whole.IsCompleted;
        limit.Cancel();
        if (!isWhole)
        {
            Kill(process);
        }

        stop.ThrowIfCancellationRequested();
        return new ProgramResult(output.Taken(), Encoding.UTF8.GetString(errors.Taken().ToArray()), isWhole ? process.ExitCode : null)
        {
            IsTooMuch = output.Full.IsCompleted,
        };
    }

    private static string Find(ProgramRequest request, string folder)
    {
        var isWindows = Environment.OSVersion.Platform == PlatformID.Win32NT;
        var path = Environment.GetEnvironmentVariable("PATH") ?? string.Empty;
        return ProgramPath.MistakeIn(request.Program) is { } mistake ? throw NotStarted(request.Program, mistake, null)
            : ProgramPath.Find(request.Program, folder, path, isWindows ? [".exe", ".com"] : [], File.Exists)
            ?? throw new ScimStateException("Zoom.Program.NotFound", $"There is no program '{request.Program}'. Nothing was started.")
            {
                Category = "ObjectNotFound",
                RecommendedAction = "Give its whole path; a name alone is looked up in PATH, and a path is relative to the rule's file.",
            };
    }

    private static ProcessStartInfo Start(string program, ProgramRequest request, string folder)
    {
        var start = new ProcessStartInfo(program)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
#if NETFRAMEWORK
        start.Arguments = CommandLine.Join(request.Arguments);
#else
        foreach (var argument in request.Arguments)
        {
            start.ArgumentList.Add(argument);
        }
#endif
        foreach (var name in ProgramSecrets.Withheld)
        {
            start.Environment.Remove(name);
        }

        return start;
    }

    /// <summary>Gives a program its input and then the end of it: one that asks is not left waiting for a terminal.</summary>
    private static async Task SayAsync(Process process, string input)
    {
        try
        {
            var bytes = new UTF8Encoding(false).GetBytes(input);
            using var stream = process.StandardInput.BaseStream;
            await stream.WriteAsync(bytes, 0, bytes.Length).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // It does not want to read it.
        }
    }

    private static void Kill(Process process)
    {
        try
        {
#if NETFRAMEWORK
            process.Kill();
#else
            process.Kill(entireProcessTree: true);
#endif
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended meanwhile; or only its children live on, which write to nobody.
        }
    }

    private static ScimStateException NotStarted(string program, string reason, Exception? inner) => new(
        "Zoom.Program.NotStarted", $"The program '{program}' cannot be started: {reason.TrimEnd('.')}.", inner)
    {
        Category = "OpenError",
        RecommendedAction = "Start it by hand, as the account that runs this. A script needs its interpreter as the program: [\"pwsh\", \"-File\", \"x.ps1\"].",
    };

    /// <summary>What a program writes to one of its streams, as far as it is wanted.</summary>
    private sealed class Gathered(int most)
    {
        private readonly MemoryStream _bytes = new();
        private readonly TaskCompletionSource<bool> _full = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private bool _isTaken;

        /// <summary>Ends when there is more than is wanted.</summary>
        public Task Full => _full.Task;

        public async Task FillAsync(Stream stream)
        {
            var buffer = new byte[1 << 16];
            try
            {
                for (int read; (read = await stream.ReadAsync(buffer, 0, buffer.Length).ConfigureAwait(false)) > 0;)
                {
                    lock (_bytes)
                    {
                        if (_isTaken)
                        {
                            return;
                        }

                        _bytes.Write(buffer, 0, (int)Math.Min(read, most - _bytes.Length));
                        if (_bytes.Length == most)
                        {
                            _full.TrySetResult(true);
                        }
                    }
                }
            }
            catch (Exception exception) when (exception is IOException or ObjectDisposedException)
            {
                // The pipe broke when the program was ended.
            }
        }

        public MemoryStream Taken()
        {
            lock (_bytes)
            {
                _isTaken = true;
                return new MemoryStream(_bytes.ToArray());
            }
        }
    }
}
