using System;
using System.IO;
using System.Linq;
using Xunit;
using ZoomProvisioning.Files;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Tests.Rules;

/// <summary>Rules are found by their names in a folder, and read from their files.</summary>
[Collection("StateRoot")]
public sealed class RuleFolderTests : IDisposable
{
    private readonly string _root = Path.Combine(Path.GetTempPath(), "zp-" + Guid.NewGuid().ToString("N"));
    private readonly string? _before = Environment.GetEnvironmentVariable(StateRoot.Variable);

    public RuleFolderTests() => Environment.SetEnvironmentVariable(StateRoot.Variable, _root);

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(StateRoot.Variable, _before);
        if (Directory.Exists(_root))
        {
            Directory.Delete(_root, recursive: true);
        }
    }

    private string At(string file) => Path.Combine(_root, "rules", file);

    private void Make(params string[] files)
    {
        Directory.CreateDirectory(RuleFolder.Path);
        Array.ForEach(files, f => File.WriteAllText(At(f), "{}"));
    }

    [Fact]
    public void The_rules_of_the_folder_are_its_psd1_and_json_files_by_name()
    {
        Make("staff.json", "Guests.PSD1", "notes.txt", "apprentices.psd1");
        Assert.Equal([At("apprentices.psd1"), At("Guests.PSD1"), At("staff.json")], RuleFolder.Files);
        Assert.Equal(At("Guests.PSD1"), RuleFolder.Find("guests"));
        Assert.Equal(At("staff.json"), RuleFolder.Find("Staff"));
    }

    [Fact]
    public void A_folder_that_is_not_there_has_no_rules()
    {
        Assert.Empty(RuleFolder.Files);
        var error = Assert.Throws<ScimStateException>(() => RuleFolder.Find("staff"));
        Assert.Equal(
            ("Zoom.Rule.NotFound", "ObjectNotFound", $"There is no rule 'staff' in {RuleFolder.Path}."), (error.ErrorId, error.Category, error.Message));
        Assert.Contains("Give the name of a rule in that folder", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_no_file_has_is_told_with_the_names_there_are()
    {
        Make("staff.json", "guests.psd1");
        Assert.Equal(
            $"There is no rule 'Stuff' in {RuleFolder.Path}. There are: guests, staff.",
            Assert.Throws<ScimStateException>(() => RuleFolder.Find("Stuff")).Message);
    }

    [Fact]
    public void A_rule_with_two_files_is_neither()
    {
        Make("staff.json", "staff.psd1");
        var error = Assert.Throws<ScimStateException>(() => RuleFolder.Find("staff"));
        Assert.Equal(
            ("Zoom.Rule.TwoFiles", "InvalidArgument", $"The rule 'staff' has two files: {At("staff.json")} and {At("staff.psd1")}."),
            (error.ErrorId, error.Category, error.Message));
        Assert.Contains("Remove one of them", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_nobody_lets_this_read_is_told_with_why()
    {
        Make("held.json");
        Directory.CreateDirectory(At("folder.json"));
        using var held = new FileStream(At("held.json"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        string? Category(string file) => Assert.Throws<ScimStateException>(() => RuleFile.ReadText(At(file))).Category;
        Assert.Equal("OpenError", Category("held.json"));
        Assert.Equal("PermissionDenied", Category("folder.json"));
        Assert.Equal("ObjectNotFound", Category("none.json"));
        Assert.Equal("ObjectNotFound", Category(Path.Combine("none", "staff.json")));
    }

    private sealed class Texts(Func<string, RuleNode> parse) : IRuleTexts
    {
        public RuleNode ParseRule(string json) => parse(json);

        public string WriteRule(RuleNode rule) => throw new NotSupportedException();
    }

    [Fact]
    public void A_rule_of_a_file_knows_its_file_and_so_does_every_mistake()
    {
        Make("staff.json");
        var rule = RuleFile.ReadJson(At("staff.json"), new Texts(json => RuleTrees.Rule(("description", json))));
        Assert.Equal(("r", "{}", At("staff.json")), (rule.Name, rule.Description, rule.Path));

        var error = Assert.Throws<RuleFileException>(() => RuleFile.ReadJson(
            At("staff.json"),
            new Texts(_ => throw new RuleFileException("json", [new RuleProblem(1, 2, string.Empty, "no JSON"), new RuleProblem(3, 4, "x", "worse")]))));
        Assert.Equal(
            [(1, 2, "no JSON", At("staff.json")), (3, 4, "worse", At("staff.json"))],
            error.Problems.Select(p => (p.Line, p.Column, p.Message, p.File!)));
        Assert.StartsWith($"The rule '{At("staff.json")}' has 2 mistakes.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_rule_of_a_run_that_names_none_holds_nothing_back_for_a_small_source()
    {
        var rule = BuiltInRule.Create();
        Assert.Equal((100.0, true, "built-in"), (rule.Guard.MaxSourceShrinkPercent, rule.KeepsAbsent, rule.Name));
        Assert.Equal(new GuardLimits().MaxDisable, rule.Guard.MaxDisable);
        var guard = new GuardLimits { MaxDisable = 1 };
        Assert.Same(guard, BuiltInRule.Create(guard).Guard);
    }
}
