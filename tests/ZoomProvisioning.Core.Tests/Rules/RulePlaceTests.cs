using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;
using ZoomProvisioning.Rules;
using static ZoomProvisioning.Tests.Rules.RuleTrees;

namespace ZoomProvisioning.Tests.Rules;

/// <summary>Rules as they stand in a file: each mistake is told where it stands. And the comments that are written into such a file.</summary>
public class RulePlaceTests
{
    /// <summary>A text of a file. Its name stands in the same line, at the column named.</summary>
    private static RuleNode Text(string text, int line, int column, int nameColumn = 0) =>
        new(RuleNodeKind.Text, line, column) { Text = text, NamePlace = nameColumn == 0 ? (0, 0) : (line, nameColumn) };

    private static RuleNode Table(int line, params (string Name, RuleNode Node)[] entries) =>
        new(RuleNodeKind.Table, line, 1) { Entries = [.. entries.Select(e => new KeyValuePair<string, RuleNode>(e.Name, e.Node))] };

    private static string[] Mistakes(params (string, RuleNode)[] settings) =>
        [.. RuleReader.TryRead(Table(1, [("name", Text("r", 2, 11)), .. settings]), "r.json", null, out _)
            .Select(p => $"{p.Line},{p.Column} {p.Path}: {p.Message}")];

    [Fact]
    public void A_character_of_a_text_is_right_of_the_quote_unless_the_file_says_where()
    {
        Assert.Equal((3, 11), Text("x", 3, 10).At(0));
        Assert.Equal((3, 15), Text("x pr x", 3, 10).At(4));
        Assert.Equal((4, 2), new RuleNode(RuleNodeKind.Text, 3, 10) { Text = "x", Locate = i => (4, i) }.At(2));
        Assert.Equal((0, 0), RuleNode.Of("x").At(4));
        Assert.Equal((0, 0), new RuleNode(RuleNodeKind.Text, 0, 0) { Text = "x", Locate = i => (4, i) }.At(2));
    }

    [Theory]
    [InlineData("(x pr", "3,20 scope: this '(' has no ')' (character 1 of the filter)")]
    [InlineData("a pr b", "3,25 scope: 'b' stands where only 'and' or 'or' can follow (character 6 of the filter)")]
    public void A_mistake_in_a_filter_is_told_at_its_character(string filter, string mistake) =>
        Assert.Equal(mistake, Assert.Single(Mistakes(("scope", Text(filter, 3, 19)))));

    [Fact]
    public void A_name_nobody_knows_is_told_where_the_name_stands() => Assert.Equal(
        ["5,4 scop", "6,20 bas", "7,20 guard.a"],
        Mistakes(("scop", Text("x", 5, 20, 4)), ("bas", Text("x", 6, 20)), ("guard", Table(7, ("a", Text("x", 7, 20)))))
            .Select(m => m.Substring(0, m.IndexOf(':'))));

    [Fact]
    public void Mistakes_are_told_in_the_order_of_the_file() => Assert.Equal(
        ["3,4", "3,40", "8,9", "9,1"],
        Mistakes(
            ("z", Text("x", 9, 50, 1)), ("preset", Text("x", 3, 40)), ("groups", Text("x", 8, 9)), ("y", Text("x", 3, 50, 4)))
            .Select(m => m.Substring(0, m.IndexOf(' '))));

    [Theory]
    [InlineData(3, "the setting stands twice, first in line 3")]
    [InlineData(0, "the setting stands twice")]
    public void A_setting_that_stands_twice_is_told_with_the_first(int line, string mistake)
    {
        Assert.EndsWith($"anchor: {mistake}", Assert.Single(Mistakes(("anchor", Text("a", line, 4)), ("anchor", Text("b", 7, 4)))), StringComparison.Ordinal);
        Assert.EndsWith(
            $"attributes.title: {mistake.Replace("setting", "attribute")}",
            Assert.Single(Mistakes(("attributes", Table(2, ("Title", Text("a", line, 4)), ("title", Text("b", 7, 4)))))),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, 9, 4, 9, "4,9 attributes.Email")]
    [InlineData(4, 9, 3, 9, "4,9 attributes.UserName")]
    [InlineData(3, 5, 3, 40, "3,40 attributes.Email")]
    [InlineData(3, 40, 3, 5, "3,40 attributes.UserName")]
    [InlineData(0, 0, 0, 0, "0,0 attributes.Email")]
    public void Two_sources_of_the_one_address_are_the_mistake_of_the_later_one(int line, int column, int mailLine, int mailColumn, string place) =>
        Assert.StartsWith(
            place + ": UserName comes from property 'a' and Email from property 'b'",
            Assert.Single(Mistakes(("attributes", Table(1, ("UserName", Text("a", line, column)), ("Email", Text("b", mailLine, mailColumn)))))),
            StringComparison.Ordinal);

    private static IReadOnlyList<string> Commented(params string[] sentences) => Node("x").Under(sentences).Comment;

    [Fact]
    public void A_comment_is_as_wide_as_110_letters_and_each_sentence_begins_a_line()
    {
        var (half, rest) = (new string('a', 54), new string('b', 55));
        Assert.Equal([$"{half} {rest}"], Commented($"{half} {rest}"));
        Assert.Equal([half, rest + "b"], Commented($"{half} {rest}b"));
        Assert.Equal(["one two", "three"], Commented("one two", "three"));
        Assert.Equal(["one two"], Commented("  one   two "));
        Assert.Equal([half + " c", rest + " d", half], Commented($"{half} c {rest} d {half}"));
        var word = new string('w', 120);
        Assert.Equal([word, word, "c"], Commented($"{word} {word} c"));
        Assert.Empty(Commented("", "  "));
    }

    [Theory]
    [InlineData('\n')]
    [InlineData('\r')]
    [InlineData('\0')]
    [InlineData('\u0085')]
    [InlineData('\u2028')]
    [InlineData('\u2029')]
    public void Nothing_in_a_comment_ends_its_line(char end) => Assert.Equal(["a b"], Commented($"a{end}b"));

    [Fact]
    public void An_edit_of_the_first_table_keeps_what_is_in_it()
    {
        var edit = new RuleEdit(Node(T(("guard", T(("maxDisable", 1))), ("name", "r"))));
        edit.Set(Node(5), "guard", "maxDelete");
        Assert.Equal("{guard: {maxDisable: 1, maxDelete: 5}, name: 'r'}", Line(edit.Result));
    }

    [Fact]
    public void A_rule_with_mistakes_is_none_and_the_error_names_the_file_or_that_there_is_none()
    {
        var wrong = Rule(("anchor", ""));
        Assert.Single(RuleReader.TryRead(wrong, "r.json", null, out var rule));
        Assert.Null(rule);
        string Told(string? file) => Assert.Throws<RuleFileException>(() => RuleReader.Read(wrong, file)).Message;
        Assert.Equal("The rule 'r.json' has a mistake: anchor: the text is empty. Nothing was sent.", Told("r.json"));
        Assert.Equal("The rule '(without a file)' has a mistake: anchor: the text is empty. Nothing was sent.", Told(null));
    }
}
