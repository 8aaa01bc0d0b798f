using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using System.Xml.Linq;
using Xunit;
using Xunit.Abstractions;

namespace ZoomProvisioning.Module.Tests.Support;

/// <summary>One run of tests/Pester/Invoke-Suite.ps1.</summary>
internal static partial class PesterRun
{
    // A file takes a minute at most where the machine has nothing else to do.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    /// <summary>Runs a part of the suite, says how many tests it had, and fails with the names and words of those that failed.</summary>
    public static async Task AssertPassesAsync(TestShell shell, string name, string[] part, ITestOutputHelper log)
    {
        var folder = Directory.CreateTempSubdirectory("zoom-pester-");
        try
        {
            await AssertPassesAsync(shell, name, part, Path.Combine(folder.FullName, "pester.xml"), log);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task AssertPassesAsync(TestShell shell, string name, string[] part, string result, ITestOutputHelper log)
    {
        var script = Path.Combine(StagedModule.Repository, "tests", "Pester", "Invoke-Suite.ps1");
        var run = await shell.RunAsync(["-File", script, "-ModulePath", StagedModule.ManifestPath, "-ResultPath", result, .. part], Patience);
        var ended = $"The suite ended with {run.ExitCode}.\n{run.Output}\n{run.Errors}";
        var counts = ClosingLine().Match(run.Output);
        Assert.True(counts.Success && File.Exists(result), ended);
        var passed = int.Parse(counts.Groups[1].Value, CultureInfo.InvariantCulture);
        var failed = int.Parse(counts.Groups[2].Value, CultureInfo.InvariantCulture);
        Assert.True(passed + failed > 0 && run.ExitCode == Math.Min(failed, 100), ended);

        // .ci/run adds these lines up, and takes one test away for each: this one.
        log.WriteLine($"{name} in Pester: {passed} passed, {failed} failed, {counts.Groups[3].Value} skipped");
        Assert.True(failed == 0, Failures(XDocument.Load(result)) is { Length: > 0 } failures ? failures : ended);
    }

    // NUnit 2.5 (Pester's default) says success="False", of tests that were skipped as well, NUnit 3 result="Failed".
    internal static string Failures(XDocument result)
    {
        var text = new StringBuilder();
        foreach (var test in result.Descendants("test-case").Where(t => (string?)t.Attribute("executed") != "False")
            .Where(t => (string?)t.Attribute("success") == "False" || (string?)t.Attribute("result") is "Failed" or "Failure" or "Error"))
        {
            text.Append((string?)test.Attribute("fullname") ?? (string?)test.Attribute("name"))
                .Append(": ")
                .AppendLine(test.Descendants("message").FirstOrDefault()?.Value.Trim());
        }

        return text.ToString();
    }

    [GeneratedRegex(@"^Pester: ([0-9]+) passed, ([0-9]+) failed, ([0-9]+) skipped\s*\z", RegexOptions.Multiline)]
    private static partial Regex ClosingLine();
}
