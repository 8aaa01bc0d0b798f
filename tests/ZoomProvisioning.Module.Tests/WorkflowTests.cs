using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;
using YamlDotNet.Serialization;
using ZoomProvisioning.Module.Tests.Support;

namespace ZoomProvisioning.Module.Tests;

/// <summary>The GitHub workflow, as far as it can be judged without GitHub: that it can be read and that what it names is there.</summary>
public class WorkflowTests
{
    private static readonly string Workflow = Path.Combine(StagedModule.Repository, ".github", "workflows", "ci.yml");
    private static readonly Dictionary<object, object> Jobs = (Dictionary<object, object>)new DeserializerBuilder().Build()
        .Deserialize<Dictionary<string, object>>(File.ReadAllText(Workflow))["jobs"];

    [Fact]
    public void It_builds_once_and_tests_the_package_that_was_built()
    {
        var uploaded = Step("build", "actions/upload-artifact");
        Assert.Equal("out/packages", With(uploaded, "path"));
        Assert.Equal("error", With(uploaded, "if-no-files-found"));
        Assert.Equal(With(uploaded, "name"), With(Step("pester", "actions/download-artifact"), "name"));
        Assert.Equal("build", Job("pester")["needs"]);
        Assert.DoesNotContain(Commands("pester"), c => Regex.IsMatch(c, "dotnet (build|pack|test)"));
        Assert.Contains(Commands("pester"), c => c.Contains("Install-Package.ps1", StringComparison.Ordinal));
        Assert.Contains(Commands("pester"), c => c.Contains("Invoke-Suite.ps1 -Installed", StringComparison.Ordinal));
    }

    [Fact]
    public void It_runs_where_the_module_is_said_to_run()
    {
        var matrix = (Dictionary<object, object>)((Dictionary<object, object>)Job("pester")["strategy"])["matrix"];
        Assert.Equal(["macos-latest", "ubuntu-latest", "windows-latest"], ((List<object>)matrix["os"]).Cast<string>().Order(StringComparer.Ordinal));
        var shells = ((List<object>)matrix["include"]).Cast<Dictionary<object, object>>().ToList();
        Assert.Contains(shells, s => (string)s["shell"] == "powershell" && (string)s["os"] == "windows-latest");
        Assert.Contains(shells, s => (string)s["shell"] == "pwsh" && ((string)s["version"]).StartsWith("7.4.", StringComparison.Ordinal));
        Assert.Contains(shells, s => (string)s["shell"] == "pwsh" && (string)s["version"] == "*");
        Assert.All((List<object>)matrix["name"], n => Assert.Contains(shells, s => s["name"].Equals(n)));
    }

    [Fact]
    public void Every_script_and_project_it_calls_is_there()
    {
        var called = Jobs.Keys.SelectMany(j => Commands((string)j))
            .SelectMany(c => Regex.Matches(c, @"(?<=^|[\s""])(?:\./)?((?:\.ci|src|tests)/[\w./-]+)").Select(m => m.Groups[1].Value))
            .ToList();
        Assert.NotEmpty(called);
        Assert.All(called, c => Assert.True(Path.Exists(Path.Combine(StagedModule.Repository, c)), c));
    }

    [Fact]
    public void It_may_only_read_the_repository() =>
        Assert.Matches(@"(?m)^permissions:\n  contents: read$", File.ReadAllText(Workflow).ReplaceLineEndings("\n"));

    [Fact]
    public void Every_action_is_pinned_by_its_commit()
    {
        var used = Regex.Matches(File.ReadAllText(Workflow), @"(?m)uses:\s*(.+?)\s*$").Select(m => m.Groups[1].Value).ToList();
        Assert.True(used.Count > 4);
        Assert.All(used, u => Assert.Matches(@"^actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", u));
    }

    [Fact]
    public void Nothing_of_a_change_runs_as_root_or_with_the_repositorys_key()
    {
        var asRoot = Jobs.Keys.SelectMany(j => Commands((string)j))
            .SelectMany(c => c.Split('\n'))
            .Where(l => l.Contains("sudo", StringComparison.Ordinal))
            .ToList();
        Assert.All(asRoot, l => Assert.Matches("sudo apt-get (update|install) [^;&|]*$", l));
        var checkouts = Jobs.Keys.SelectMany(j => Steps((string)j))
            .Where(s => s.TryGetValue("uses", out var u) && ((string)u).StartsWith("actions/checkout@", StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(checkouts);
        Assert.All(checkouts, c => Assert.Equal("false", With(c, "persist-credentials")));
    }

    private static Dictionary<object, object> Job(string name) => (Dictionary<object, object>)Jobs[name];

    private static IEnumerable<Dictionary<object, object>> Steps(string job) => ((List<object>)Job(job)["steps"]).Cast<Dictionary<object, object>>();

    private static Dictionary<object, object> Step(string job, string action) =>
        Steps(job).First(s => s.TryGetValue("uses", out var uses) && ((string)uses).StartsWith(action + "@", StringComparison.Ordinal));

    private static object With(Dictionary<object, object> step, string input) => ((Dictionary<object, object>)step["with"])[input];

    private static IEnumerable<string> Commands(string job) => Steps(job).Where(s => s.ContainsKey("run")).Select(s => (string)s["run"]);
}
