using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace ZoomProvisioning.Cli.Tests;

/// <summary>What a console shows of words that others chose: nothing of a sign-in, nothing that steers a terminal, and not a book.</summary>
public sealed class HostileWordsTests : IDisposable
{
    private readonly RuleScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Theory]
    [InlineData("--prox", "http://svc:S3cr3t%2FPr@xy@proxy.example.com:8080")]
    [InlineData("extra", "http://svc:S3cr3t%2FPr@xy@proxy.example.com:8080\u001b[2J\u202e")]
    public async Task A_misspelt_option_does_not_repeat_the_password_behind_it(params string[] arguments)
    {
        var (exit, output, error) = await CliProcess.RunAsync(new Dictionary<string, string>(), ["plan", "--source", _scene.Source, .. arguments]);
        Assert.Equal(1, exit);
        Assert.Contains("proxy.example.com:8080", error, StringComparison.Ordinal);
        Assert.DoesNotContain("S3cr3t", output + error, StringComparison.Ordinal);
        Assert.DoesNotContain("xy@", output + error, StringComparison.Ordinal);
        Assert.DoesNotContain(output + error, c => (char.IsControl(c) && c is not ('\n' or '\r')) || c is '\u202E');
    }

    [Fact]
    public async Task Headings_without_end_are_a_line_that_ends()
    {
        var columns = Enumerable.Range(0, 60_000).Select(n => $"c{n}").Prepend(new string('H', 3_000_000)).ToList();
        File.WriteAllLines(_scene.Source, ["Mail," + string.Join(',', columns), "jill@example.com," + string.Join(',', columns.Select(_ => "x"))]);
        var (exit, output, error) = await RuleScene.RunAsync("plan", "--source", _scene.Source, "--simulate", "--state-path", _scene.State);
        Assert.True(exit is 0 or 2, error);
        Assert.InRange(output.Length + error.Length, 10, 20_000);
        Assert.Contains("and 59951 more are not read", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_mistake_of_a_rule_has_a_line_and_a_forged_one_has_none()
    {
        using var scene = new RuleScene("\"anc\\nError: forged\": 1, \"scop\": 2,");
        scene.People((1, "jill", "Sales"));
        var (exit, _, error) = await scene.SimulateAsync("plan");
        Assert.Equal(1, exit);
        var lines = error.Split(Environment.NewLine);
        Assert.EndsWith("has 2 mistakes. Nothing was sent.", lines[0], StringComparison.Ordinal);
        Assert.Contains("anc[U+000A]Error: forged", lines[1], StringComparison.Ordinal);
        Assert.Contains(": scop:", lines[2], StringComparison.Ordinal);
    }
}
