using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;
using ZoomProvisioning.Engine.State;
using ZoomProvisioning.Input;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Engine.Tests.Rules;

public class RuleJsonTests
{
    private static string[] MistakesIn(string json) =>
        Assert.Throws<RuleFileException>(() => RuleReader.Read(RuleJson.Parse(json), "staff.json")).Problems
            .Select(p => $"{p.Line},{p.Column} {p.Path}: {p.Message}")
            .ToArray();

    [Fact]
    public void A_rule_with_everything_in_it_is_read()
    {
        var rule = RuleReader.Read(RuleJson.Parse("""
            {
              // Comments and trailing commas are allowed.
              "$schema": "rule.schema.json",
              "name": "Staff", "description": "Everybody who works here",
              "anchor": "ObjectGUID",
              "scope": "Department eq \"Sales\" and not (Title sw 'Intern')",
              "match": ["EmployeeNumber"],
              "preset": "auto",
              "attributes": {
                "UserName": "Mail",
                "Title": { "apply": "onCreate" },
                "department": { "property": "Dept", "apply": "OnUpdate", "writeOnly": true },
                "Roles": null,
                "zoomWhiteboard": true,
                "Extension.custom": { "constant": "x" },
                "DisplayName": { "template": "{GivenName} {{{Surname}}}" },
                "License": { "constant": ["Licensed", "Whiteboard"], "apply": "onCreate" },
              },
              "groups": ["Staff", { "name": "Sales", "when": "Department eq \"Sales\"" }],
              "createGroups": true,
              "capabilities": { "create": false, "adopt": false, "update": false, "disable": false, "deprovision": false },
              "removeAction": "Delete",
              "deprovisionOnRuleRemoval": true,
              "protected": { "users": ["ceo@example.com", "*@board.example.com"], "roles": ["IT"] },
              "guard": { "maxDisable": 5, "maxDisablePercent": 2.5, "maxDelete": 0, "maxDeletePercent": 0, "maxSourceShrinkPercent": 100 },
            }
            """), "staff.json");

        Assert.Equal("Staff", rule.Name);
        Assert.Equal("staff.json", rule.Path);
        Assert.Equal("ObjectGUID", rule.Anchor);
        Assert.Equal([ZoomAttributes.UserName, ZoomAttributes.EmployeeNumber], rule.Match);
        Assert.Equal(AttributeSource.Preset, rule.Attributes["Title"].Source);
        Assert.False(rule.AppliesOnUpdate(ZoomAttributes.Title));
        Assert.False(rule.AppliesOnUpdate(ZoomAttributes.UserType));
        Assert.False(rule.AppliesOnCreate(ZoomAttributes.Department));
        Assert.True(rule.IsWriteOnly(ZoomAttributes.Department));
        Assert.Equal("constant true", rule.Attributes["zoomWhiteboard"].Source.Text);
        Assert.Equal(["Staff", "Sales"], rule.Groups.Select(g => g.Name));
        Assert.True(rule is
        {
            CreateGroups: true, AllowCreate: false, AllowAdopt: false, AllowUpdate: false, AllowDisable: false,
            AllowDeprovision: false, RemoveAction: RemoveAction.Delete, DeprovisionOnRuleRemoval: true
        });
        Assert.Equal(
            (5, 2.5, 0, 0d, 100d),
            (rule.Guard.MaxDisable, rule.Guard.MaxDisablePercent, rule.Guard.MaxDelete, rule.Guard.MaxDeletePercent, rule.Guard.MaxSourceShrinkPercent));
        Assert.Matches("^[0-9a-f]{16}$", rule.Fingerprint);
    }

    [Fact]
    public void Every_mistake_is_found_at_once_with_line_and_column()
    {
        var mistakes = MistakesIn("""
            {
              "nmae": "Staff",
              "scope": "Department eq \"Sales\" und Title pr",
              "attributes": {
                "Tittle": "x",
                "Phone": { "property": "a", "constant": "b" },
                "Department": { "property": "Dept", "apply": "sometimes" }
              },
              "guard": { "maxDisable": -1, "maxDisablePercent": 101 }
            }
            """);

        Assert.Collection(mistakes,
            m => Assert.StartsWith("1,1 name: the rule has no name", m),
            m => Assert.StartsWith("2,3 nmae: there is no such setting (did you mean 'name'?)", m),
            m => Assert.StartsWith("3,37 scope: 'und' stands where only 'and' or 'or' can follow", m),
            m => Assert.StartsWith("5,5 attributes.Tittle: there is no such attribute (did you mean 'Title'?)", m),
            m => Assert.StartsWith("6,45 attributes.Phone: property and constant exclude each other", m),
            m => Assert.StartsWith("7,50 attributes.Department.apply: 'sometimes' is not possible here", m),
            m => Assert.StartsWith("9,28 guard.maxDisable: -1 is not possible here; a whole number from 0 to 1000000 is expected", m),
            m => Assert.StartsWith("9,53 guard.maxDisablePercent: 101 is not possible here", m));
    }

    [Theory]
    [InlineData("", 1, 1)]
    [InlineData("{\n  \"é\": tru\n}", 2, 11)]
    [InlineData("{ \"name\": \"a\" } x", 1, 17)]
    [InlineData("{\n \"a\": [1,,2]}", 2, 10)]
    [InlineData("{ \"a\": \"\\ud800\" }", 1, 8)]
    public void Text_that_is_no_JSON_is_refused_with_its_place(string json, int line, int column)
    {
        var problem = Assert.Throws<RuleFileException>(() => RuleJson.Parse(json)).Problems.Single();

        Assert.Equal((line, column), (problem.Line, problem.Column));
        Assert.DoesNotContain("BytePositionInLine", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_stands_twice_is_a_mistake_whatever_its_case() =>
        Assert.Equal("3,3 Name: the setting stands twice, first in line 2", MistakesIn("{\n  \"name\": \"a\",\n  \"Name\": \"b\"\n}").Single());

    [Theory]
    [InlineData("\"{\\\"a\\\": 1}\"", 3, 1, 6)]
    [InlineData("\"é\\u0041b\"", 2, 1, 9)]
    public void Characters_of_a_text_are_found_behind_its_escapes(string json, int index, int line, int column) =>
        Assert.Equal((line, column), RuleJson.Parse(json).At(index));

    [Fact]
    public void What_was_written_reads_the_same()
    {
        const string Json = """
            {
              "name": "Bücher",
              "attributes": {
                "Title": null,
                "Roles": {
                  "constant": [
                    "a",
                    "b"
                  ]
                }
              },
              "guard": {
                "maxDeletePercent": 0.5
              }
            }

            """;

        Assert.Equal(Json.Replace("\r\n", "\n"), RuleJson.Write(RuleJson.Parse(Json)));
    }

    [Fact]
    public void A_rule_that_is_written_and_read_again_is_the_same_rule()
    {
        var first = RuleReader.Read(RuleJson.Parse("""
            { "name": "a", "preset": "none", "attributes": { "userName": { "template": "{a}@b.c" }, "License": { "constant": "Basic", "apply": "onCreate" } },
              "groups": { "property": "Groups" }, "guard": { "maxDeletePercent": 0.1 }, "match": "DisplayName", "protected": { "roles": ["IT"] },
              "description": "one" }
            """));

        var again = RuleReader.Read(RuleJson.Parse(RuleJson.Write(RuleWriter.Write(first))));

        Assert.Equal(first.Fingerprint, again.Fingerprint);
        Assert.Equal("one", again.Description);
        Assert.Equal("property 'Groups'", again.GroupSource!.Text);
    }

    [Fact]
    public void A_scriptblock_is_neither_read_from_nor_written_to_JSON()
    {
        Assert.Contains("needs a rule in a .psd1 file", MistakesIn("""{ "name": "a", "attributes": { "Title": { "script": "$_.Title" } } }""").Single());
        Assert.Contains(
            "JSON cannot hold a scriptblock",
            Assert.Throws<RuleFileException>(() => RuleJson.Write(new RuleNode(RuleNodeKind.Script, 0, 0) { Text = "1" })).Message);
    }

    [Fact]
    public void Comments_are_written_above_what_they_are_about_and_read_past()
    {
        var rule = RuleNode.Of(
        [
            new KeyValuePair<string, RuleNode>("name", RuleNode.Of("a \\ $1 \"b\"").Under("First.", "Even $1, { and \"null\": null, stay.")),
            new KeyValuePair<string, RuleNode>("description", RuleNode.Of("x").Under("Second.")),
            new KeyValuePair<string, RuleNode>(
                "leavers", RuleNode.Of([new KeyValuePair<string, RuleNode>("missingRuns", RuleNode.Of(2).Under("Third."))])),
        ]);

        var json = RuleJson.Write(rule);

        Assert.Equal(
            """
            {
              // First.
              // Even $1, { and "null": null, stay.
              "name": "a \\ $1 \"b\"",

              // Second.
              "description": "x",
              "leavers": {
                // Third.
                "missingRuns": 2
              }
            }

            """.Replace("\r\n", "\n"),
            json);
        Assert.Equal("a \\ $1 \"b\"", RuleJson.Parse(json).Entries[0].Value.Text);
    }
}
