using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace ZoomProvisioning.Module.Tests.Support;

/// <summary>
/// The PowerShell of these tests: the one that the tool manifest pins, fetched where it is missing, or the one that
/// <c>ZOOM_TEST_PWSH</c> names. It is a program, or a library that <c>dotnet</c> runs.
/// </summary>
internal sealed class TestShell
{
    public const string Variable = "ZOOM_TEST_PWSH";
    public const string None = "none";

    private static readonly Lazy<Task<TestShell>> TheOne = new(
        () => FindAsync(Environment.GetEnvironmentVariable(Variable), new Dictionary<string, string?>()));
    private static readonly Lazy<Task<TestShell>> TheProgram = new(async () => await (await GetAsync()).AsProgramAsync());
    private static readonly string ProgramName = OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly string _program;
    private readonly IReadOnlyList<string> _first;

    private TestShell(string program, params IReadOnlyList<string> first)
    {
        _program = program;
        _first = first;
    }

    /// <summary>Whether this machine's owner does not want the tests that need PowerShell.</summary>
    public static bool IsLeftOut => Environment.GetEnvironmentVariable(Variable) == None;

    /// <summary>The shell, looked for once.</summary>
    public static Task<TestShell> GetAsync() => TheOne.Value;

    /// <summary>A program of the name <c>pwsh</c> made of the tool's parts, which is the other shape PowerShell comes in.</summary>
    public static Task<TestShell> GetProgramAsync() => TheProgram.Value;

    /// <summary>Runs PowerShell to its end. Nothing of the machine's owner is loaded, and nobody is asked.</summary>
    public Task<(int ExitCode, string Output, string Errors)> RunAsync(
        IEnumerable<string> arguments, TimeSpan patience, IReadOnlyDictionary<string, string?>? environment = null) =>
        ChildProcess.RunAsync(_program, [.. _first, "-NoProfile", "-NonInteractive", .. arguments], patience, WithTools(environment));

    /// <summary>Finds the shell; where the choice is left open, it is fetched when it is missing.</summary>
    /// <exception cref="InvalidOperationException">There is none, and what to do.</exception>
    internal static async Task<TestShell> FindAsync(string? choice, IReadOnlyDictionary<string, string?> environment)
    {
        if (!string.IsNullOrEmpty(choice))
        {
            var file = File.Exists(choice) ? Path.GetFullPath(choice) : ChildProcess.Find(choice)
                ?? throw new InvalidOperationException($"{Variable} names a PowerShell that is not there: {choice}. Give the path of pwsh or of pwsh.dll.");
            return file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? new TestShell(ChildProcess.DotNet, file) : new TestShell(file);
        }

        using var turn = await TakeTurnAsync();
        var shell = await AskToolAsync(environment);
        if (shell is null)
        {
            var restore = await ChildProcess.RunAsync(ChildProcess.DotNet, ["tool", "restore"], Patience, environment);
            shell = await AskToolAsync(environment) ?? throw new InvalidOperationException($"""
                There is no PowerShell to run these tests with: 'dotnet tool restore' could not fetch the one that .config/dotnet-tools.json names.
                Connect this machine to a package registry that serves it, or name another PowerShell by {Variable}=<path>;
                {Variable}={None} leaves these tests out.
                {restore.Output}{restore.Errors}
                """);
        }

        return shell;
    }

    // The tool knows where its package lies. It is asked once; afterwards the library is run without the tool around it.
    private static async Task<TestShell?> AskToolAsync(IReadOnlyDictionary<string, string?> environment)
    {
        var answer = await ChildProcess.RunAsync(
            ChildProcess.DotNet,
            ["tool", "run", "pwsh", "-NoProfile", "-NonInteractive", "-Command", "$PSHOME"],
            Patience,
            environment);
        var library = Path.Combine(answer.Output.Trim(), "pwsh.dll");
        return answer.ExitCode == 0 && File.Exists(library) ? new TestShell(ChildProcess.DotNet, library) : null;
    }

    // Fetching is for one at a time, here and in another run of the tests.
    private static async Task<FileStream> TakeTurnAsync()
    {
        var file = Path.Combine(StagedModule.Repository, "out", "fetching-powershell.lock");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        for (var end = DateTime.UtcNow + Patience; ; await Task.Delay(TimeSpan.FromMilliseconds(200)))
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (DateTime.UtcNow < end)
            {
            }
        }
    }

    // The modules that came with the build stand before the machine's own, for this suite alone. A copied program has to be
    // told where .NET is.
    private static Dictionary<string, string?> WithTools(IReadOnlyDictionary<string, string?>? environment)
    {
        var all = new Dictionary<string, string?>(environment ?? new Dictionary<string, string?>());
        all["PSModulePath"] = string.Join(Path.PathSeparator, new[]
        {
            Path.Combine(AppContext.BaseDirectory, "modules"),
            Environment.GetEnvironmentVariable("PSModulePath"),
        }.Where(p => !string.IsNullOrEmpty(p)));
        all["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        all["POWERSHELL_UPDATECHECK"] = "Off";
        if (Path.IsPathRooted(ChildProcess.DotNet))
        {
            all["DOTNET_ROOT"] = Path.GetDirectoryName(ChildProcess.DotNet);
        }

        return all;
    }

    // Made once beside these tests, for each version; it gets its name when it is whole.
    private async Task<TestShell> AsProgramAsync()
    {
        var about = (await RunAsync(["-Command", "$PSHOME; \"$($PSVersionTable.PSVersion)\""], Patience)).Output.Split('\n', StringSplitOptions.TrimEntries);
        var (home, folder) = (about[0], Path.Combine(AppContext.BaseDirectory, "shell", about[1]));
        if (!Directory.Exists(folder))
        {
            var making = Directory.CreateDirectory(folder + Guid.NewGuid().ToString("N"));
            Copy(home, making.FullName);
            making.MoveTo(folder);
        }

        return new TestShell(Path.Combine(folder, ProgramName));
    }

    private static void Copy(string home, string folder)
    {
        foreach (var file in Directory.GetFiles(home, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(home, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.Combine(folder, ProgramName), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
