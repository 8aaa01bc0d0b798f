#if NET
using System;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Engine.Programs;
using ZoomProvisioning.Programs;
using ZoomProvisioning.Tests;

namespace ZoomProvisioning.Engine.Tests.Programs;

/// <summary>Real programs: the shell of the machine, started as any other.</summary>
public sealed class ProgramRunnerTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("zoomprov-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    private ProgramRequest Shell(string script, params string[] arguments) => new("sh", ["-c", script, "sh", .. arguments]) { Folder = _folder.FullName };

    private static Task<ProgramResult> RunAsync(ProgramRequest request, CancellationToken stop = default) =>
        new ProgramRunner(SystemClock.Instance).RunAsync(request, stop);

    private static string Text(ProgramResult result) => Encoding.UTF8.GetString(result.Output.ToArray());

    [NotOnWindowsFact]
    public async Task Arguments_arrive_as_they_are_and_streams_are_kept_apart()
    {
        var result = await RunAsync(Shell("printf '%s|' \"$@\"; echo no >&2; exit 7", "a b", "$(id)", "it's \"x\"", string.Empty, "*"));

        Assert.Equal("a b|$(id)|it's \"x\"||*|", Text(result));
        Assert.Equal(("no\n", 7, false), (result.Errors, result.ExitCode, result.IsTooMuch));
    }

    [NotOnWindowsFact]
    public async Task It_works_in_its_folder_reads_what_it_is_given_and_then_the_end()
    {
        var result = await RunAsync(Shell("pwd; cat; cat") with { Input = "gr\u00FC\u00DFe" });

        Assert.EndsWith($"{_folder.Name}\ngr\u00FC\u00DFe", Text(result));
    }

    [NotOnWindowsFact]
    public async Task Whoever_does_not_read_does_no_harm() =>
        Assert.Equal(0, (await RunAsync(Shell("exit 0") with { Input = new string('x', 1 << 20) })).ExitCode);

    [NotOnWindowsFact]
    public async Task The_secret_of_the_account_is_not_handed_on()
    {
        // A variable of this very process; other tests do not read it.
        const string Name = "ZOOM_ACCESS_TOKEN";
        var before = Environment.GetEnvironmentVariable(Name);
        Environment.SetEnvironmentVariable(Name, "not-for-programs");
        try
        {
            Assert.Equal("none", Text(await RunAsync(Shell($"printf %s \"${{{Name}:-none}}\""))));
        }
        finally
        {
            Environment.SetEnvironmentVariable(Name, before);
        }
    }

    [NotOnWindowsFact]
    public async Task At_its_time_limit_it_is_ended()
    {
        var clock = new FakeClock();
        var result = await clock.RunAsync(new ProgramRunner(clock).RunAsync(Shell("sleep 600") with { TimeLimit = TimeSpan.FromMinutes(5) }, default));

        Assert.Null(result.ExitCode);
    }

    [NotOnWindowsFact]
    public async Task Whoever_stops_the_run_ends_it()
    {
        using var stop = new CancellationTokenSource();
        var running = RunAsync(Shell("sleep 600"), stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [NotOnWindowsFact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task A_program_that_everybody_may_change_is_not_started()
    {
        var (script, rule) = (Path.Combine(_folder.FullName, "export"), Path.Combine(_folder.FullName, "rule.json"));
        await File.WriteAllTextAsync(script, "#!/bin/sh\necho ran\n");
        await File.WriteAllTextAsync(rule, "{}");
        const UnixFileMode Safe = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        File.SetUnixFileMode(rule, Safe);
        File.SetUnixFileMode(script, Safe);
        var request = new ProgramRequest("./export", []) { Folder = _folder.FullName, NamedIn = rule };
        Assert.Equal("ran\n", Text(await RunAsync(request)));

        foreach (var file in new[] { script, rule })
        {
            File.SetUnixFileMode(file, Safe | UnixFileMode.OtherWrite);
            var error = await Assert.ThrowsAsync<ScimStateException>(() => RunAsync(request));
            Assert.Equal("Zoom.Program.Unsafe", error.ErrorId);
            Assert.Contains(file, error.Message);
            File.SetUnixFileMode(file, Safe);
        }
    }

    [NotOnWindowsFact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task A_program_that_is_not_there_or_is_none_is_told()
    {
        Assert.Equal(
            "Zoom.Program.NotFound",
            (await Assert.ThrowsAsync<ScimStateException>(() => RunAsync(new ProgramRequest("no-such-program-here", [])))).ErrorId);
        var plain = Path.Combine(_folder.FullName, "plain.txt");
        await File.WriteAllTextAsync(plain, "no program");
        File.SetUnixFileMode(plain, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        Assert.Equal("Zoom.Program.NotStarted", (await Assert.ThrowsAsync<ScimStateException>(() => RunAsync(new ProgramRequest(plain, [])))).ErrorId);
    }
}

/// <summary>A test that needs a shell of Unix.</summary>
public sealed class NotOnWindowsFactAttribute : FactAttribute
{
    /// <summary>Leaves it out on Windows.</summary>
    public NotOnWindowsFactAttribute() => Skip = OperatingSystem.IsWindows() ? "It needs a shell of Unix." : null;
}
#endif
