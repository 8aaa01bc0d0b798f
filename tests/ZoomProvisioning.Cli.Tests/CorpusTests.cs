using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Cli.Source;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;
using ZoomProvisioning.Tests;

namespace ZoomProvisioning.Cli.Tests;

/// <summary>The files of tests/Corpus through <c>zoomprov sync --source</c>, without a rule and with one.</summary>
public class CorpusTests
{
    public static TheoryData<string> Cases => [.. CorpusCase.Files];

    /// <summary>A process for each of them would take minutes; these show that nothing lies between the reading and the end.</summary>
    public static TheoryData<string> Shown => [.. CorpusCase.Files.Where((_, i) => i % 12 == 1)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_person_of_a_file_is_read_right(string name)
    {
        var expected = CorpusCase.Load(name);
        SourceSnapshot snapshot;
        try
        {
            snapshot = SourceReader.Read(new ProvisioningRule("corpus"), CsvSource.Open(new FileInfo(CorpusCase.FileOf(name)), null));
        }
        catch (ScimRecordException fault)
        {
            Assert.Equal(expected.Fault, fault.ErrorId);
            return;
        }

        var people = expected.Duplicates
            ? snapshot.People.Where(p => !p.Label.Equals("bo.lind@example.com", System.StringComparison.OrdinalIgnoreCase)).ToList()
            : snapshot.People;
        Assert.Equal(expected.Active.Order(), people.Where(p => p.Values.Active != false).Select(p => p.Values.UserName).Order());
        Assert.Equal(expected.Inactive.Order(), people.Where(p => p.Values.Active == false).Select(p => p.Values.UserName).Order());
        Assert.Equal(expected.Duplicates ? 0 : expected.Refused.Length, snapshot.Problems.Count);
        Assert.All(
            snapshot.Problems,
            p => Assert.DoesNotContain("-Mapping", $"{p.Error.Message} {p.Error.RecommendedAction}", System.StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Shown))]
    public async Task Each_person_of_a_file_comes_out_right(string name)
    {
        var expected = CorpusCase.Load(name);
        var (exit, lines) = await SyncAsync("--source", CorpusCase.FileOf(name));

        if (expected.Fault is not null)
        {
            Assert.Equal(1, exit);
            Assert.Contains(lines, l => Text(l, "type") == "error" && Text(l, "advice") is { Length: > 0 });
            return;
        }

        Assert.Equal(expected.Active.Order(), Created(lines));
    }

    [Fact]
    public async Task A_rule_and_standard_input_read_the_same_people()
    {
        var file = CorpusCase.FileOf(CorpusCase.Files.First(f => f.EndsWith("-workday", System.StringComparison.Ordinal)));
        var rule = Path.Combine(Directory.CreateTempSubdirectory().FullName, "rule.json");
        await File.WriteAllTextAsync(rule, """{ "name": "Corpus" }""");

        var (_, byRule) = await SyncAsync("--source", file, "--rule", rule, "--state-path", Path.GetDirectoryName(rule)!);
        using var process = CliProcess.Start(new Dictionary<string, string>(), input: true, "sync", "--source", "-", "--simulate", "--json");
        await process.StandardInput.WriteAsync(await File.ReadAllTextAsync(file));
        process.StandardInput.Close();
        var (_, output, _) = await CliProcess.EndAsync(process);

        Assert.Equal(CorpusCase.Load(Path.GetFileName(Path.GetDirectoryName(file)!)).Active.Order(), Created(byRule));
        Assert.Equal(Created(byRule), Created(Lines(output)));
    }

    [Fact]
    public async Task An_encoding_may_be_named()
    {
        var file = CorpusCase.FileOf(CorpusCase.Files.First(f => f.EndsWith("-ansi", System.StringComparison.Ordinal)));

        var (exit, lines) = await SyncAsync("--source", file, "--encoding", "windows-1252");

        Assert.Equal(0, exit);
        Assert.Contains(lines, l => l.ToJsonString().Contains("M\\u00FCller", System.StringComparison.OrdinalIgnoreCase));
    }

    private static async Task<(int Exit, List<JsonNode> Lines)> SyncAsync(params string[] arguments)
    {
        var (exit, output, error) = await CliProcess.RunAsync(new Dictionary<string, string>(), ["sync", "--simulate", "--json", .. arguments]);
        Assert.DoesNotContain("   at ", error, System.StringComparison.Ordinal);
        return (exit, Lines(output));
    }

    private static List<JsonNode> Lines(string output) => output.Split('\n').Where(l => l.StartsWith('{')).Select(l => JsonNode.Parse(l)!).ToList();

    private static IEnumerable<string?> Created(IEnumerable<JsonNode> lines) =>
        lines.Where(l => Text(l, "type") == "result" && Text(l, "action") == "Create" && Text(l, "outcome") == "Done").Select(l => Text(l, "userName")).Order();

    private static string? Text(JsonNode line, string name) =>
        line[name]?.GetValueKind() == System.Text.Json.JsonValueKind.String ? line[name]!.GetValue<string>() : null;
}
