#if NET
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;
using Xunit;
using ZoomProvisioning.Engine.State;
using ZoomProvisioning.Input;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Engine.Tests.Rules;

/// <summary>The published schema says what the reader does.</summary>
public class RuleSchemaTests
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private static readonly string SchemaText = File.ReadAllText(Examples.PathOf("rule.schema.json"));

    private static readonly JsonSchema Schema = JsonSchema.FromText(SchemaText);

    private static readonly JsonNode Root = JsonNode.Parse(SchemaText)!;

    public static TheoryData<string> Files =>
    [
        .. Directory.GetFiles(Examples.Folder, "*.json").Select(f => Path.GetFileName(f)!).Where(f => f != "rule.schema.json"),
    ];

    private static bool Accepts(string json)
    {
        using var document = JsonDocument.Parse(json, Lenient);
        return Schema.Evaluate(document.RootElement).IsValid;
    }

    private static bool IsReadable(string json) => RuleReader.TryRead(RuleJson.Parse(json), null, null, out _).Count == 0;

    [Theory]
    [MemberData(nameof(Files))]
    public void Schema_and_reader_accept_every_example(string file)
    {
        var json = File.ReadAllText(Examples.PathOf(file));

        Assert.Empty(RuleReader.TryRead(RuleJson.Parse(json), file, null, out _));
        Assert.True(Accepts(json));
    }

    /// <summary>The settings, each with the tables it stands in; what an attribute is called is no setting.</summary>
    private static IEnumerable<(string[] Tables, string Name)> Settings(JsonNode? node, string[] tables)
    {
        if (node?["$ref"]?.GetValue<string>() is { } name)
        {
            node = Root["$defs"]![name.Split('/')[^1]];
        }

        foreach (var setting in node?["properties"]?.AsObject() ?? [])
        {
            yield return (tables, setting.Key);
            foreach (var below in setting.Key == "attributes" && tables.Length == 0 ? [] : Settings(setting.Value, [.. tables, setting.Key]))
            {
                yield return below;
            }
        }

        var others = new[] { "oneOf", "anyOf" }.SelectMany(k => node?[k]?.AsArray() ?? []).Append(node?["items"]).Where(n => n is not null);
        foreach (var setting in others.SelectMany(n => Settings(n, tables)))
        {
            yield return setting;
        }
    }

    [Fact]
    public void Every_setting_stands_in_the_about_topic_and_in_an_example()
    {
        var about = File.ReadAllText(Path.Combine(Examples.Folder, "..", "..", "en-US", "about_ZoomProvisioning_Rules.help.txt"));
        var examples = string.Join('\n', Directory.GetFiles(Examples.Folder).Where(f => Path.GetFileName(f) != "rule.schema.json").Select(File.ReadAllText));
        var settings = Settings(Root, []).Concat(Settings(Root["$defs"]!["attribute"], ["attributes"])).Select(s => s.Name).ToHashSet();
        Assert.InRange(settings.Count, 90, 300);
        Assert.All(settings, n => Assert.True(Names(about, n), $"about_ZoomProvisioning_Rules does not name {n}"));
        Assert.All(settings, n => Assert.True(Names(examples, n), $"no example names {n}"));

        static bool Names(string text, string name) => Regex.IsMatch(text, $"(?<![A-Za-z]){Regex.Escape(name)}(?![A-Za-z])");
    }

    [Fact]
    public void Every_setting_that_is_misspelt_is_told_with_its_line_and_its_name()
    {
        var silent = new List<string>();
        foreach (var (tables, name) in Settings(Root, []).Where(s => s.Name.Length > 3 && !s.Name.StartsWith('$')))
        {
            var (open, close) = tables is ["groups"] && name is "name" or "when" ? ("[{", "}]") : ("{", "}");
            var json = $"{{ \"name\": \"x\",\n{string.Concat(tables.Select(t => $"\"{t}\": {open} "))}\n\"{name}e\": 1"
                + $"{string.Concat(tables.Select(_ => close))} }}";
            var mistakes = RuleReader.TryRead(RuleJson.Parse(json), "staff.json", null, out _).Select(m => m.ToString()).ToList();
            if (!mistakes.Exists(m => m.Contains($"'{name}'", StringComparison.Ordinal) && m.Contains('3', StringComparison.Ordinal)))
            {
                silent.Add($"{string.Join('.', [.. tables, name])}: {string.Join(" | ", mistakes)}");
            }
        }

        Assert.Empty(silent);
    }

    [Fact]
    public void Schema_and_reader_know_the_same_settings()
    {
        var properties = Root["properties"]!;
        Assert.Equal(RuleSettings.OfRule, Names(properties));
        Assert.Equal(RuleSettings.OfCapabilities, Names(properties["capabilities"]!["properties"]!));
        Assert.Equal(RuleSettings.OfProtected, Names(properties["protected"]!["properties"]!));
        Assert.Equal(RuleSettings.OfGuard, Names(properties["guard"]!["properties"]!));
        Assert.Equal(RuleSettings.OfLimits, Names(properties["guard"]!["properties"]!["limits"]!["properties"]!));
        Assert.Equal(RuleSettings.OfLimit, Names(Root["$defs"]!["limit"]!["properties"]!));
        Assert.Equal(RuleSettings.OfRequirements, Names(properties["source"]!["properties"]!));
        var notify = properties["notify"]!["properties"]!;
        Assert.Equal(RuleSettings.OfNotify, Names(notify));
        Assert.Equal(RuleSettings.Moments, Words(Root["$defs"]!["moment"]!["enum"]!));
        Assert.Equal(RuleSettings.OfWebhook, Names(notify["webhook"]!["anyOf"]![1]!["properties"]!));
        Assert.Equal(RuleSettings.Formats, Words(notify["webhook"]!["anyOf"]![1]!["properties"]!["format"]!["enum"]!));
        Assert.Equal(RuleSettings.OfMail, Names(notify["mail"]!["anyOf"]![1]!["properties"]!));
        Assert.Equal(RuleSettings.Securities, Words(notify["mail"]!["anyOf"]![1]!["properties"]!["security"]!["enum"]!));
        Assert.Equal(RuleSettings.OfLeavers, Names(properties["leavers"]!["properties"]!));
        Assert.Equal(RuleSettings.OfException, Names(Root["$defs"]!["exception"]!["properties"]!));
        Assert.Equal(RuleSettings.OfSource, Names(properties["groups"]!["oneOf"]![2]!["properties"]!));
        Assert.Equal(RuleSettings.OfGroup, Names(properties["groups"]!["oneOf"]![1]!["items"]!["oneOf"]![1]!["properties"]!));
        Assert.Equal(RuleSettings.OfAttribute, Names(Root["$defs"]!["attribute"]!["oneOf"]![2]!["properties"]!));
        Assert.Equal(RuleSettings.Applies, Words(Root["$defs"]!["attribute"]!["oneOf"]![2]!["properties"]!["apply"]!["enum"]!));
        Assert.Equal(RuleSettings.Presets, Words(properties["preset"]!["enum"]!));
        Assert.Equal(RuleSettings.RemoveActions, Words(properties["removeAction"]!["enum"]!));
        Assert.Equal(MatchKeys.All.Select(a => a.Name), Words(Root["$defs"]!["matchKey"]!["enum"]!));
    }

    [Fact]
    public void Schema_and_module_know_the_same_attributes() => Assert.Equal(
        ZoomAttributes.All.Concat(ZoomExtension.Known)
            .Select(a => a.Name)
            .Concat([MappingPreset.LicenseName, MappingPreset.IdentityName])
            .Order(StringComparer.Ordinal),
        Names(Root["properties"]!["attributes"]!["properties"]!).Order(StringComparer.Ordinal));

    [Fact]
    public void Schema_and_reader_know_the_same_defaults()
    {
        var rule = RuleReader.Read(RuleJson.Parse("""{ "name": "a" }"""));
        var guard = Root["properties"]!["guard"]!["properties"]!;
        Assert.Equal(
            [
                rule.Guard.MaxDisable, rule.Guard.MaxDisablePercent, rule.Guard.MaxDelete, rule.Guard.MaxDeletePercent, rule.Guard.MaxSourceShrinkPercent,
                rule.Guard.QuarantineAfterRuns,
            ],
            RuleSettings.OfGuard.Where(s => s != RuleSettings.Limits).Select(s => guard[s]!["default"]!.GetValue<double>()));
        Assert.All(GuardLimits.Kinds, kind =>
        {
            var limit = guard["limits"]!["properties"]![RuleSettings.OfLimits[(int)kind]]!["default"];
            Assert.Equal((rule.Guard[kind].Max, rule.Guard[kind].MaxPercent), (limit?["max"]!.GetValue<int>(), limit?["maxPercent"]!.GetValue<double>()));
        });
    }

    [Theory]
    [InlineData("""{ }""")]
    [InlineData("""{ "name": "" }""")]
    [InlineData("""{ "name": "a/b" }""")]
    [InlineData("""{ "name": ".a" }""")]
    [InlineData("""{ "name": "a", "nmae": "b" }""")]
    [InlineData("""{ "name": "a", "scope": 1 }""")]
    [InlineData("""{ "name": "a", "match": "FamilyName" }""")]
    [InlineData("""{ "name": "a", "preset": "x" }""")]
    [InlineData("""{ "name": "a", "attributes": { "Tittle": "x" } }""")]
    [InlineData("""{ "name": "a", "attributes": { "Title": 5 } }""")]
    [InlineData("""{ "name": "a", "attributes": { "Title": {} } }""")]
    [InlineData("""{ "name": "a", "attributes": { "Title": "{x}" } }""")]
    [InlineData("""{ "name": "a", "attributes": { "Title": { "property": "x", "constant": "y" } } }""")]
    [InlineData("""{ "name": "a", "attributes": { "Title": { "script": "x" } } }""")]
    [InlineData("""{ "name": "a", "attributes": { "Title": { "template": "x" } } }""")]
    [InlineData("""{ "name": "a", "attributes": { "Title": { "constant": null } } }""")]
    [InlineData("""{ "name": "a", "attributes": { "Title": { "property": "x", "apply": "never" } } }""")]
    [InlineData("""{ "name": "a", "groups": "Staff" }""")]
    [InlineData("""{ "name": "a", "groups": {} }""")]
    [InlineData("""{ "name": "a", "groups": [{ "when": "x pr" }] }""")]
    [InlineData("""{ "name": "a", "protected": { "users": [""] } }""")]
    [InlineData("""{ "name": "a", "guard": { "maxDelete": -1 } }""")]
    [InlineData("""{ "name": "a", "guard": { "maxDelete": 1.5 } }""")]
    [InlineData("""{ "name": "a", "guard": { "maxDeletePercent": 101 } }""")]
    [InlineData("""{ "name": "a", "guard": { "limits": { "licenceLoss": { "max": 1 } } } }""")]
    [InlineData("""{ "name": "a", "guard": { "limits": { "rename": { "perDayPercent": 101 } } } }""")]
    [InlineData("""{ "name": "a", "guard": { "limits": { "create": { "max": null } } } }""")]
    [InlineData("""{ "name": "a", "guard": { "limits": { "clear": 5 } } }""")]
    [InlineData("""{ "name": "a", "source": { "minimumRecords": -1 } }""")]
    [InlineData("""{ "name": "a", "source": { "endMarker": " " } }""")]
    [InlineData("""{ "name": "a", "source": { "maximumAge": 5 } }""")]
    [InlineData("""{ "name": "a", "leavers": { "missingRuns": 0 } }""")]
    [InlineData("""{ "name": "a", "leavers": { "missingDays": "3" } }""")]
    [InlineData("""{ "name": "a", "leavers": { "transferTo": "nobody" } }""")]
    [InlineData("""{ "name": "a", "exceptions": [{ "user": "a@example.com" }] }""")]
    [InlineData("""{ "name": "a", "exceptions": [{ "user": "a@example.com", "reason": "x", "until": "tomorrow" }] }""")]
    [InlineData("""{ "name": "a", "exceptions": "a@example.com" }""")]
    [InlineData("""{ "name": "a", "attributes": { "Title": { "property": "x", "optional": "yes" } } }""")]
    [InlineData("""{ "name": "a", "notify": {} }""")]
    [InlineData("""{ "name": "a", "notify": { "on": "held" } }""")]
    [InlineData("""{ "name": "a", "notify": { "on": "helt", "command": ["tell"] } }""")]
    [InlineData("""{ "name": "a", "notify": { "on": [], "command": ["tell"] } }""")]
    [InlineData("""{ "name": "a", "notify": { "command": [] } }""")]
    [InlineData("""{ "name": "a", "notify": { "command": "tell them" } }""")]
    [InlineData("""{ "name": "a", "notify": { "webhook": "https://example.com/hook" } }""")]
    [InlineData("""{ "name": "a", "notify": { "webhook": { "urlVariable": "https://example.com/hook" } } }""")]
    [InlineData("""{ "name": "a", "notify": { "webhook": { "urlVariable": "HOOK", "format": "discord" } } }""")]
    [InlineData("""{ "name": "a", "notify": { "mail": { "server": "mail.example.com", "to": "a@example.com" } } }""")]
    [InlineData("""{ "name": "a", "notify": { "mail": { "server": "mail.example.com", "from": "a@example.com", "to": [] } } }""")]
    [InlineData("""{ "name": "a", "notify": { "mail": { "server": "mail.example.com", "from": "nobody", "to": "a@example.com" } } }""")]
    [InlineData("""{ "name": "a", "notify": { "mail": { "server": "localhost", "from": "a@b.c", "to": "a@b.c", "user": "a" } } }""")]
    [InlineData("""{ "name": "a", "notify": { "mail": { "server": "localhost", "from": "a@b.c", "to": "a@b.c", "port": 0 } } }""")]
    [InlineData("""{ "name": "a", "notify": { "mail": { "server": "a b", "from": "a@b.c", "to": "a@b.c" } } }""")]
    public void Schema_and_reader_refuse_the_same(string json)
    {
        Assert.False(IsReadable(json));
        Assert.False(Accepts(json));
    }

    [Theory]
    [InlineData("""{ "name": "Büro 1.0" }""")]
    [InlineData("""{ "name": "a", "scope": null, "groups": null, "match": "Email" }""")]
    [InlineData("""{ "name": "a", "attributes": { "Title": { "apply": "onCreate" }, "Extension.x": true, "Roles": { "constant": ["a"] } } }""")]
    [InlineData("""{ "name": "a", "groups": { "template": "{Department} staff" }, "protected": { "users": "*" } }""")]
    [InlineData("""
        { "name": "a", "guard": { "maxDisable": 5, "limits": { "disable": { "perDay": 8 }, "create": { "perDayPercent": 3.5 }, "update": {} } } }
        """)]
    [InlineData("""
        { "name": "a", "source": { "minimumRecords": 900, "maximumAgeHours": 1.5, "endMarker": "#END" },
          "attributes": { "Fax": { "property": "x", "optional": true } } }
        """)]
    [InlineData("""{ "name": "a", "leavers": { "missingRuns": 2, "missingDays": 1, "deleteAfterDays": null, "transferTo": "Manager" } }""")]
    [InlineData("""
        { "name": "a", "leavers": { "deleteAfterDays": 90, "transferTo": "boss@example.com" },
          "exceptions": { "user": "b*@example.com", "reason": "x", "until": "2027-03-31" } }
        """)]
    public void Schema_and_reader_accept_the_same(string json)
    {
        Assert.True(IsReadable(json));
        Assert.True(Accepts(json));
    }

    private static IEnumerable<string> Names(JsonNode node) => node.AsObject().Select(p => p.Key);

    private static IEnumerable<string> Words(JsonNode node) => node.AsArray().Select(w => w!.GetValue<string>());

    private static class Examples
    {
        /// <summary>The folder of the ready-made rules, found from where the tests run.</summary>
        public static string Folder { get; } = Find(AppContext.BaseDirectory);

        public static string PathOf(string file) => Path.Combine(Folder, file);

        private static string Find(string folder)
        {
            var candidate = Path.Combine(folder, "examples", "rules");
            return Directory.Exists(candidate) ? candidate : Find(Path.GetDirectoryName(folder)!);
        }
    }
}
#endif
