using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;

namespace ZoomProvisioning.Cli.Tests;

/// <summary>A byte is changed, or a line is gone, in what a rule keeps: every command refuses to work on it, and says which file it is.</summary>
public sealed class DamagedStateTests : IDisposable
{
    private const string Saved = "saved.json";
    private readonly RuleScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Theory]
    [InlineData("journal.jsonl")]
    [InlineData("ledger.json")]
    public async Task No_command_works_on_a_damaged_line_without_a_word(string name)
    {
        await BuildAsync();
        var path = Path.Combine(_scene.RuleFolder, name);
        var whole = await File.ReadAllLinesAsync(path);
        // The first, one of the first run, one in the middle, and the last one.
        foreach (var line in new[] { 0, 2, whole.Length / 2, whole.Length - 1 })
        {
            foreach (var gone in new[] { false, true })
            {
                var damaged = whole.ToList();
                if (gone)
                {
                    damaged.RemoveAt(line);
                }
                else
                {
                    damaged[line] = Flip(damaged[line]);
                }

                foreach (var command in new[] { "sync", "plan", "apply" })
                {
                    await File.WriteAllTextAsync(path, string.Join("\n", damaged) + "\n");
                    string[] more = command == "apply" ? ["--plan", _scene.File_(Saved)] : [];
                    var (exit, output, error) = await _scene.SimulateAsync(command, more);
                    var what = $"{command}, line {line + 1} of {name} {(gone ? "gone" : "changed")}: {exit} {output} {error}";
                    Assert.True(exit == 1 && Regex.IsMatch(error, "The (journal|ledger) '.*' (is not as it was written|cannot be read):"), what);
                    await File.WriteAllTextAsync(path, string.Join("\n", whole) + "\n");
                }
            }
        }

        Assert.Equal(0, (await _scene.SimulateAsync("sync")).Exit);
    }

    [Fact]
    public async Task The_built_in_rule_refuses_a_damaged_line_too()
    {
        var state = _scene.File_("own");
        string[] sync = ["sync", "--source", _scene.Source, "--state-path", state, "--simulate", "--simulator-state", _scene.File_("tenant.json")];
        _scene.People((1, "ada", "Research"), (2, "ben", "Sales"));
        Assert.Equal(0, (await RuleScene.RunAsync(sync)).Exit);
        Assert.Equal(0, (await RuleScene.RunAsync(sync)).Exit);
        var path = Directory.GetFiles(state, "journal.jsonl", SearchOption.AllDirectories).Single();
        var lines = await File.ReadAllLinesAsync(path);
        lines[2] = Flip(lines[2]);
        await File.WriteAllTextAsync(path, string.Join("\n", lines) + "\n");

        var (exit, _, error) = await RuleScene.RunAsync(sync);

        Assert.Equal(1, exit);
        Assert.Contains("line 3: It was changed after it was written", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_remembered_of_a_held_plan_lets_nobody_go_when_it_is_damaged()
    {
        await BuildAsync();
        _scene.People((1, "ada", "Research"));
        var held = await _scene.SimulateAsync("sync");
        Assert.Equal(4, held.Exit);
        var id = RuleScene.PlanIdIn(held.Output + held.Error);
        var path = Directory.GetFiles(Path.Combine(_scene.RuleFolder, "held"), $"{id}*").Single();
        var whole = await File.ReadAllLinesAsync(path);
        for (var line = 0; line < whole.Length; line++)
        {
            var damaged = whole.ToArray();
            damaged[line] = Flip(damaged[line]);
            await File.WriteAllLinesAsync(path, damaged);
            var (exit, output, error) = await _scene.SimulateAsync("sync", "--approve", id);
            Assert.True(exit is 1 or 4, $"line {line + 1}: {exit} {output} {error}");
            Assert.Contains("held", output + error, StringComparison.Ordinal);
            await File.WriteAllLinesAsync(path, whole);
        }
    }

    [Fact]
    public async Task A_saved_plan_with_a_changed_letter_is_refused()
    {
        await BuildAsync();
        var path = _scene.File_(Saved);
        var whole = await File.ReadAllLinesAsync(path);
        for (var line = 1; line < whole.Length - 1; line++)
        {
            if (whole[line].Length < 8)
            {
                continue;
            }

            var damaged = whole.ToArray();
            damaged[line] = Flip(damaged[line]);
            await File.WriteAllLinesAsync(path, damaged);
            var (exit, output, error) = await _scene.SimulateAsync("apply", "--plan", path);
            Assert.True(exit == 1, $"line {line + 1} '{damaged[line]}': {exit} {output} {error}");
        }
    }

    /// <summary>Some runs, a plan that is saved, and nothing left to do.</summary>
    private async Task BuildAsync()
    {
        _scene.People((1, "ada", "Research"), (2, "ben", "Sales"), (3, "cleo", "Sales"), (4, "dan", "Sales"));
        Assert.Equal(0, (await _scene.SimulateAsync("sync")).Exit);
        _scene.People((1, "ada", "Sales"), (2, "ben", "Sales"), (3, "cleo", "Sales"), (4, "dan", "Sales"));
        Assert.Equal(2, (await _scene.SimulateAsync("plan", "--out", _scene.File_(Saved))).Exit);
        Assert.Equal(0, (await _scene.SimulateAsync("sync")).Exit);
        Assert.Equal(0, (await _scene.SimulateAsync("sync")).Exit);
    }

    private static string Flip(string line)
    {
        var letters = line.ToCharArray();
        letters[letters.Length / 2] ^= (char)1;
        return new string(letters);
    }
}
