using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using System.Xml.Linq;
using Xunit;
using Xunit.Abstractions;
using ZoomProvisioning.Module.Tests.Support;

namespace ZoomProvisioning.Module.Tests;

/// <summary>The tests that need a real PowerShell, as one test of <c>dotnet test</c>.</summary>
public sealed class PesterSuite(ITestOutputHelper log) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("zoom-pester-");

    public void Dispose() => _folder.Delete(recursive: true);

    [PesterFact]
    public async Task The_Pester_suite_passes_against_the_staged_module()
    {
        var result = Path.Combine(_folder.FullName, "pester.xml");
        var script = Path.Combine(StagedModule.Repository, "tests", "Pester", "Invoke-Suite.ps1");
        var run = await ChildProcess.RunAsync(
            PesterFactAttribute.PowerShell!,
            ["-NoProfile", "-NonInteractive", "-File", script, "-ModulePath", StagedModule.ManifestPath, "-ResultPath", result],
            TimeSpan.FromMinutes(20));
        var counts = Regex.Match(run.Output, "Pester: [0-9]+ passed, [0-9]+ failed, [0-9]+ skipped");
        log.WriteLine(counts.Success ? counts.Value : "The suite gave no counts.");

        var failures = File.Exists(result) ? Failures(XDocument.Load(result)) : string.Empty;
        Assert.True(failures.Length == 0, failures);
        Assert.True(run.ExitCode == 0 && counts.Success && File.Exists(result), $"The suite ended with {run.ExitCode}.\n{run.Output}\n{run.Errors}");
        Assert.DoesNotMatch("Pester: 0 passed", counts.Value);
    }

    [Fact]
    public void A_failed_test_is_told_by_name_and_message()
    {
        var result = XDocument.Parse("""
            <test-results><test-suite><results>
              <test-case name="users.lists" result="Success" success="True" />
              <test-case name="users.creates" result="Failure" success="False"><failure><message>Expected 1, but got 2.</message></failure></test-case>
              <test-case name="users.skips" executed="False" result="Ignored" success="False" />
            </results></test-suite></test-results>
            """);
        Assert.Equal("users.creates: Expected 1, but got 2.", Failures(result).Trim());
    }

    // NUnit 2.5 (Pester's default) says success="False", of tests that were skipped as well, NUnit 3 result="Failed".
    private static string Failures(XDocument result)
    {
        var text = new StringBuilder();
        foreach (var test in result.Descendants("test-case").Where(t => (string?)t.Attribute("executed") != "False")
            .Where(t => (string?)t.Attribute("success") == "False" || (string?)t.Attribute("result") is "Failed" or "Failure" or "Error"))
        {
            text.Append((string?)test.Attribute("fullname") ?? (string?)test.Attribute("name")).Append(": ").AppendLine(test.Descendants("message").FirstOrDefault()?.Value.Trim());
        }

        return text.ToString();
    }
}

/// <summary>A test that needs PowerShell 7 and Pester 5.</summary>
internal sealed class PesterFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Missing = new(FindMissing);

    public PesterFactAttribute()
    {
        if (Missing.Value is { } missing)
        {
            Skip = missing;
        }
    }

    public static string? PowerShell => PowerShellFactAttribute.PowerShell;

    private static string? FindMissing()
    {
        if (PowerShell is null)
        {
            return "The Pester suite was not run: there is no pwsh (PowerShell 7) on the path.";
        }

        var answer = ChildProcess.RunAsync(
            PowerShell,
            ["-NoProfile", "-NonInteractive", "-Command", "[string](Get-Module Pester -ListAvailable | Sort-Object Version | Select-Object -Last 1).Version"],
            TimeSpan.FromMinutes(1)).GetAwaiter().GetResult();
        return !Version.TryParse(answer.Output.Trim(), out var version) ? "The Pester suite was not run: pwsh has no Pester (Install-Module Pester)."
            : version.Major < 5 ? $"The Pester suite was not run: it needs Pester 5, and there is {version} (Install-Module Pester)."
            : null;
    }
}
