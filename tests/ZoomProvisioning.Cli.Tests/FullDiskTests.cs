using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Cli.Running;

namespace ZoomProvisioning.Cli.Tests;

/// <summary>Disks that are full where a run says what it does: what was done is done, and said as far as anybody can say it.</summary>
public sealed class FullDiskTests : IDisposable
{
    private const string Full = "/dev/full";

    private readonly RuleScene _scene = new();

    public FullDiskTests() => _scene.People([.. Enumerable.Range(1, 12).Select(n => (n, $"user{n}", "Sales"))]);

    public void Dispose() => _scene.Dispose();

    [FullDiskFact]
    public async Task A_log_and_a_report_that_cannot_be_written_are_a_warning()
    {
        var (exit, output, error) = await _scene.SimulateAsync("sync", "--log", Full, "--report", Full, "--quiet");
        Assert.Equal(0, exit);
        Assert.Contains("12 created", output, StringComparison.Ordinal);
        Assert.DoesNotContain("failed", output, StringComparison.Ordinal);
        Assert.Contains($"warning: The log '{Full}' could not be written any further", error, StringComparison.Ordinal);
        Assert.Contains($"warning: The report '{Full}' could not be written", error, StringComparison.Ordinal);
    }

    [FullDiskFact]
    public async Task A_plan_that_cannot_be_saved_is_an_error_that_names_the_file()
    {
        var (exit, _, error) = await _scene.SimulateAsync("plan", "--out", Full);
        Assert.Equal(1, exit);
        Assert.Contains(Full, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [FullDiskTheory]
    [InlineData("")]
    [InlineData("--json")]
    [InlineData("--details")]
    public async Task A_run_goes_on_when_nobody_can_be_told_of_it(string how)
    {
        await using var zoom = await ServedZoom.StartAsync();
        string[] arguments = ["sync", "--source", _scene.Source, "--rule", _scene.Rule, "--state-path", _scene.State, .. how.Length > 0 ? [how] : (string[])[]];
        var (exit, error) = await IntoFullDiskAsync(RuleScene.EnvironmentOf(zoom), arguments);
        Assert.True(exit == 0, error);
        Assert.Contains("could not be written to its end", error, StringComparison.Ordinal);
        using var tenant = JsonDocument.Parse(zoom.Zoom.ExportState());
        var names = tenant.RootElement.GetProperty("users").EnumerateArray().Select(u => u.GetProperty("userName").GetString()!).ToList();
        Assert.All(Enumerable.Range(1, 12), n => Assert.Single(names, name => name == $"user{n}@example.com"));
        ManyPeople.AssertJournal(_scene.RuleFolder, out _, out var settled);
        Assert.Equal(0, settled);

        // Who was only to show it has done nothing.
        (exit, error) = await IntoFullDiskAsync(RuleScene.EnvironmentOf(zoom), ["plan", .. arguments[1..]]);
        Assert.True(exit == 1, error);
        Assert.Contains("could not be written to its end", error, StringComparison.Ordinal);
    }

    [Fact]
    public void After_the_first_refusal_nothing_more_is_written()
    {
        using var few = new FewWords();
        using var writer = new EnduringWriter(few);
        writer.Write("1234");
        Assert.Null(writer.Failure);
        writer.WriteLine("12345678");
        writer.Write('5');
        writer.Flush();
        Assert.Equal("no room", writer.Failure);
        Assert.Equal("1234", few.ToString());
    }

    private sealed class FewWords : StringWriter
    {
        public override void Write(string? value) => base.Write(value is { Length: > 4 } ? throw new IOException("no room") : value);

        public override void WriteLine(string? value) => Write(value);
    }

    private static async Task<(int Exit, string Error)> IntoFullDiskAsync(Dictionary<string, string> environment, string[] arguments)
    {
        var start = new ProcessStartInfo("sh") { RedirectStandardError = true };
        string[] shell = ["-c", "exec dotnet \"$@\" >/dev/full", "sh", Path.Combine(AppContext.BaseDirectory, "zoomprov.dll")];
        foreach (var argument in shell.Concat(arguments))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, error);
    }

    private sealed class FullDiskFactAttribute : FactAttribute
    {
        public FullDiskFactAttribute() => Skip = File.Exists(Full) ? null : "Only Linux has a disk that is always full.";
    }

    private sealed class FullDiskTheoryAttribute : TheoryAttribute
    {
        public FullDiskTheoryAttribute() => Skip = File.Exists(Full) ? null : "Only Linux has a disk that is always full.";
    }
}
