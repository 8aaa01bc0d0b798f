using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace ZoomProvisioning.Programs;

/// <summary>Starts the programs that a rule names. Implemented by the engine assembly.</summary>
public interface IProgramRunner
{
    /// <summary>Runs a program to its end, or to its time limit. No shell is between.</summary>
    /// <param name="request">What to start.</param>
    /// <param name="stop">Ends it, and what it has started.</param>
    /// <exception cref="ScimStateException">It is not there, it cannot be started, or others may change it.</exception>
    Task<ProgramResult> RunAsync(ProgramRequest request, CancellationToken stop);
}

/// <summary>A program to start.</summary>
/// <param name="Program">Its name, looked up in PATH alone, or its path.</param>
/// <param name="Arguments">Its arguments, each as it is to arrive.</param>
public sealed record ProgramRequest(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>How long a program may work that nobody has set a limit for.</summary>
    public static TimeSpan UsualTimeLimit { get; } = TimeSpan.FromMinutes(15);

    /// <summary>The folder it works in, and that its path is relative to; null for the present one.</summary>
    public string? Folder { get; init; }

    /// <summary>What it reads from its standard input; nothing where it is empty.</summary>
    public string Input { get; init; } = string.Empty;

    /// <summary>How long it may work.</summary>
    public TimeSpan TimeLimit { get; init; } = UsualTimeLimit;

    /// <summary>The file that names the program; whoever may change it may run anything, so it is looked at first.</summary>
    public string? NamedIn { get; init; }
}

/// <summary>What came of a program.</summary>
/// <param name="Output">What it wrote to its standard output.</param>
/// <param name="Errors">The beginning of what it wrote to its standard error.</param>
/// <param name="ExitCode">What it ended with; null when it was ended at its time limit.</param>
public sealed record ProgramResult(MemoryStream Output, string Errors, int? ExitCode)
{
    /// <summary>Whether there was more than anybody can use, so that it was ended.</summary>
    public bool IsTooMuch { get; init; }
}
