using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Tests.Rules;

/// <summary>Rules made as trees; the places of mistakes are looked at where files are parsed.</summary>
public class RuleReaderTests
{
    private static RuleNode Node(object? value) => value switch
    {
        null => RuleNode.Nothing,
        RuleNode node => node,
        bool flag => RuleNode.Of(flag),
        int number => RuleNode.Of(number),
        double number => RuleNode.Of(number),
        string text => RuleNode.Of(text),
        (string, object?)[] table => Table(table),
        object?[] list => RuleNode.Of(list.Select(Node)),
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };

    private static RuleNode Table(params (string Name, object? Value)[] entries) =>
        RuleNode.Of(entries.Select(e => new KeyValuePair<string, RuleNode>(e.Name, Node(e.Value))));

    private static (string, object?)[] T(params (string, object?)[] entries) => entries;

    private static RuleNode Rule(params (string, object?)[] settings) => Table([("name", "r"), .. settings]);

    private static RuleNode Script(string text) => new(RuleNodeKind.Script, 0, 0) { Text = text, Script = text };

    private static ProvisioningRule Read(RuleNode node) => RuleReader.Read(node, null, n => _ => n.Text);

    private static string[] MistakesIn(RuleNode node) =>
        RuleReader.TryRead(node, null, n => _ => n.Text, out _).Select(p => $"{p.Path}: {p.Message}").ToArray();

    public static TheoryData<string, object?, string> Mistakes => new()
    {
        { "scop", "x", "scop: there is no such setting (did you mean 'scope'?)" },
        { "name", "r2", "name: the setting stands twice" },
        { "description", 1, "description: the number 1 stands where a text is expected" },
        { "anchor", "", "anchor: the text is empty" },
        { "scope", 1, "scope: the number 1 stands where a filter" },
        { "scope", T(("script", "x")), "scope: the filter or the scriptblock stands here itself" },
        { "match", "Departmnt", "match: there is no attribute 'Departmnt'; people are matched by UserName, Email, EmployeeNumber, DisplayName" },
        { "match", new object?[] { "EmployeNumber" }, "match[0]: there is no attribute 'EmployeNumber' (did you mean 'EmployeeNumber'?)" },
        { "match", new object?[] { "UserName", "GivenName" }, "match[1]: people cannot be matched by GivenName" },
        { "match", new object?[] { "Email", "UserName" }, "match[1]: UserName is always tried first" },
        { "match", new object?[] { "Email", "email" }, "match[1]: Email stands twice" },
        { "match", true, "match: true stands where a list of texts is expected" },
        { "preset", "nothing", "preset: 'nothing' is not possible here" },
        { "preset", "none", "attributes: nothing says who people are" },
        { "attributes", new object?[] { "a" }, "attributes: a list stands where a table of attributes is expected" },
        { "attributes", T(("FirstName", "a")), "attributes.FirstName: there is no such attribute (did you mean 'GivenName'?)" },
        { "attributes", T(("Titel", "a")), "attributes.Titel: there is no such attribute (did you mean 'Title'?)" },
        { "attributes", T(("Title", "a"), ("title", "b")), "attributes.title: the attribute stands twice" },
        { "attributes", T(("pronouns", "a"), ("Extension.pronouns", "b")), "attributes.Extension.pronouns: the attribute stands twice" },
        { "attributes", T(("Title", 5)), "attributes.Title: a number alone" },
        { "attributes", T(("Title", "{a} {b}")), "attributes.Title: '{a} {b}' stands where a property's name is expected" },
        { "attributes", T(("Title", T(("template", "{a")))), "attributes.Title.template: '{a' is no template: the '{' at character 1 is not closed" },
        { "attributes", T(("Title", T(("template", "a}")))), "the '}' at character 2 closes nothing" },
        { "attributes", T(("Title", T(("template", "a {} b")))), "the placeholder at character 3 names no property" },
        { "attributes", T(("Title", T(("template", "always")))), "use a constant" },
        { "attributes", T(("Title", T(("constant", null)))), "attributes.Title.constant: null is no constant" },
        { "attributes", T(("Title", T(("property", "a"), ("aply", "always")))), "attributes.Title.aply: there is no such setting (did you mean 'apply'?)" },
        { "attributes", T(("Title", T(("property", "a"), ("apply", "create")))), "attributes.Title.apply: 'create' is not possible here" },
        { "attributes", T(("Title", T(("property", "a"), ("writeOnly", "yes")))),
            "attributes.Title.writeOnly: the text 'yes' stands where true or false is expected" },
        { "attributes", T(("Title", T())), "attributes.Title: there is no source" },
        { "attributes", T(("Title", T(("script", "$_")))), "attributes.Title.script: a scriptblock needs a rule in a .psd1 file" },
        { "attributes", T(("Active", T(("constant", "maybe")))), "attributes.Active: the constant cannot be used: 'maybe' is neither true nor false" },
        { "attributes", T(("License", T(("constant", "Platinum")))), "attributes.License: the constant cannot be used: 'Platinum' is no licence" },
        { "attributes", T(("Title", T(("constant", new string('x', 129))))), "it has 129 characters, and Zoom takes 128" },
        { "attributes", T(("UserName", T(("constant", "a@b.c")))), "attributes.UserName: a constant would be the same for everybody" },
        { "attributes", T(("UserName", T(("property", "a"), ("apply", "onCreate")))), "attributes.UserName.apply: UserName says who somebody is" },
        { "attributes", T(("Active", T(("property", "a"), ("writeOnly", true)))), "attributes.Active.writeOnly: Zoom always tells Active" },
        { "attributes", T(("UserName", "Mail"), ("Email", "Email")), "UserName comes from property 'Mail' and Email from property 'Email'" },
        { "attributes", T(("UserName", null), ("Email", null)), "attributes: nothing says who people are" },
        { "groups", "Staff", "groups: the text 'Staff' stands where a list of names" },
        { "groups", new object?[] { "A", T(("name", "a"), ("when", "x pr")) }, "groups[1]: the group 'a' stands twice" },
        { "groups", new object?[] { T(("when", "x pr")) }, "groups[0]: the group has no name" },
        { "groups", new object?[] { T(("name", "A"), ("when", "x")) }, "groups[0].when: after 'x' a comparison is expected" },
        { "groups", T(), "groups: there is no source" },
        { "createGroups", "yes", "createGroups: the text 'yes' stands where true or false is expected" },
        { "capabilities", T(("delete", true)), "capabilities.delete: there is no such setting" },
        { "capabilities", true, "capabilities: true stands where a table is expected" },
        { "removeAction", "remove", "removeAction: 'remove' is not possible here" },
        { "protected", T(("users", new object?[] { "" })), "protected.users[0]: the text is empty" },
        { "$schema", 5, "$schema: the number 5 stands where a text is expected" },
        { "id", "7", "id: '7' is no GUID of 36 characters; New-Guid makes one" },
        { "id", "00000000-0000-0000-0000-000000000000", "id: '00000000-0000-0000-0000-000000000000' is no GUID of 36 characters" },
        { "planMaxAgeHours", 0, "planMaxAgeHours: 0 is not possible here: no saved plan could ever be applied" },
        { "dateFormat", "dd.MM.", "dateFormat: 'dd.MM.' is no form of dates; it is made of d, M and y, such as dd.MM.yyyy" },
        { "dateFormat", "MM/yyyy", "dateFormat: 'MM/yyyy' is no form of dates" },
        { "dateFormat", "x", "dateFormat: 'x' is no form of dates" },
        { "match", false, "match: false stands where a list of texts is expected" },
        { "scope", T(("script", "x"), ("when", "y")), "scope: the filter or the scriptblock stands here itself" },
        { "scope", T(), "scope: a table stands where a filter, such as Department eq \"Sales\", is expected" },
        { "attributes", T(("Title", new object?[] { "a" })),
            "attributes.Title: a list stands where a property's name, null, true, false, or a table is expected" },
        { "attributes", T(("Title", T(("property", "a"), ("constant", "b")))), "attributes.Title: property and constant exclude each other" },
        { "attributes", T(("Title", T(("property", 5)))), "attributes.Title.property: the number 5 stands where a property's name is expected" },
        { "attributes", T(("Title", T(("constant", Script("$_.a"))))),
            "attributes.Title.constant: a scriptblock stands where a text, a number, true or false is expected" },
        { "attributes", T(("Roles", T(("constant", new object?[] { "a", null })))),
            "attributes.Roles.constant[1]: null stands where a text, a number, true or false is expected" },
        { "attributes", T(("zoomContactCenterPlan", T(("constant", T(("type", null)))))),
            "attributes.zoomContactCenterPlan.constant.type: null stands where a text" },
        { "attributes", T(("pronuns", "a")), "attributes.pronuns: there is no such attribute (did you mean 'pronouns'?)" },
        { "attributes", T(("Lisence", "a")), "attributes.Lisence: there is no such attribute (did you mean 'License'?)" },
        { "attributes", T(("UserName", T(("constant", "a@b.c"))), ("Email", "Mail")), "attributes.UserName: a constant would be the same for everybody" },
        { "attributes", T(("UserName", T(("template", "{a}@b.c"))), ("Email", T(("template", "{a}@d.e")))),
            "attributes.Email: UserName comes from template '{a}@b.c' and Email from template '{a}@d.e'" },
        { "guard", T(("maxDelete", -1)), "guard.maxDelete: -1 is not possible here; a whole number from 0 to 1000000 is expected" },
        { "guard", T(("maxDelete", 1.5)), "guard.maxDelete: 1.5 is not possible here" },
        { "guard", T(("maxDeletePercent", 100.5)), "guard.maxDeletePercent: 100.5 is not possible here; a number from 0 to 100 is expected" },
        { "guard", T(("maxDisable", "5")), "guard.maxDisable: the text '5' stands where a number is expected" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Every_mistake_has_its_path_and_its_remedy(string setting, object? value, string says) =>
        Assert.Contains(says, Assert.Single(MistakesIn(Rule((setting, value)))), StringComparison.Ordinal);

    public static TheoryData<object?, string> WithoutPreset => new()
    {
        { T(("UserName", "m"), ("Title", T(("apply", "onCreate")))),
            "attributes.Title: there is no source; write one of property, constant, template, script, since preset is none" },
        { T(("UserName", T(("constant", "a@b.c")))), "attributes.UserName: a constant would be the same for everybody, and UserName tells people apart" },
        { T(("Title", "a")), "attributes: nothing says who people are in Zoom; map UserName to the property with the mail address" },
        { T(("UserName", "m"), ("Title", T())),
            "attributes.Title: there is no source; write one of property, constant, template, script, since preset is none" },
    };

    [Theory]
    [MemberData(nameof(WithoutPreset))]
    public void Without_the_preset_the_rule_says_where_everything_comes_from(object? attributes, string mistake) =>
        Assert.Equal([mistake], MistakesIn(Rule(("preset", "none"), ("attributes", attributes))));

    [Fact]
    public void With_the_preset_an_attribute_without_a_setting_has_no_source() => Assert.Equal(
        ["attributes.Title: there is no source; write one of property, constant, template, script"],
        MistakesIn(Rule(("attributes", T(("Title", T()))))));

    public static TheoryData<string, object?> Possible => new()
    {
        { "$schema", "https://example.com/rule.json" },
        { "planMaxAgeHours", 0.5 },
        { "match", "UserName" },
        { "match", "Email" },
        { "match", new object?[] { "UserName", "Email" } },
        { "dateFormat", "d.M.yy" },
        { "attributes", T(("Title", T(("constant", new string('x', 128))))) },
        { "attributes", T(("License", T(("constant", Array.Empty<object?>())))) },
        { "attributes", T(("UserName", T(("template", "{a}@b.c"))), ("Email", T(("template", "{a}@b.c")))) },
        { "attributes", T(("UserName", "E-Mail"), ("Email", "email")) },
    };

    [Theory]
    [MemberData(nameof(Possible))]
    public void What_is_possible_is_no_mistake(string setting, object? value) => Assert.Empty(MistakesIn(Rule((setting, value))));

    [Fact]
    public void A_rule_has_a_name_that_is_a_text()
    {
        Assert.Equal(["name: the rule has no name"], MistakesIn(Table(("anchor", "Id"))));
        Assert.Equal(["name: the number 7 stands where a text is expected"], MistakesIn(Table(("name", 7))));
    }

    [Theory]
    [InlineData("", "the name is empty")]
    [InlineData("a/b", "contains '/'")]
    [InlineData("..", "begins or ends with a dot")]
    [InlineData("a.", "begins or ends with a dot")]
    [InlineData(" a", "begins or ends with a dot or a blank")]
    [InlineData("con", "Windows keeps the name 'con'")]
    [InlineData("Lpt1.txt", "Windows keeps the name 'Lpt1'")]
    [InlineData("a\nb", "contains")]
    [InlineData("x123456789012345678901234567890123456789012345678901234567890123456", "64 are allowed")]
    public void A_name_must_name_a_folder_everywhere(string name, string says) =>
        Assert.Contains(says, Assert.Single(MistakesIn(Table(("name", name)))), StringComparison.Ordinal);

    [Theory]
    [InlineData("Staff")]
    [InlineData("Büro 2.0_x-y")]
    [InlineData("console")]
    public void Common_names_are_allowed(string name) => Assert.Empty(MistakesIn(Table(("name", name))));

    [Fact]
    public void A_tree_that_is_no_table_is_one_mistake() =>
        Assert.Equal(": a list stands where a table is expected", Assert.Single(MistakesIn(Node(Array.Empty<object?>()))));

    [Fact]
    public void All_mistakes_are_told_together()
    {
        var exception = Assert.Throws<RuleFileException>(() => Read(Rule(("preset", "x"), ("guard", 1), ("groups", 2))));

        Assert.Equal(3, exception.Problems.Count);
        Assert.Contains("3 mistakes", exception.Message, StringComparison.Ordinal);
        Assert.NotEmpty(exception.RecommendedAction);
    }

    [Fact]
    public void A_rule_with_a_name_alone_has_the_safe_defaults()
    {
        var rule = Read(Rule());

        Assert.Equal([ZoomAttributes.UserName], rule.Match);
        Assert.True(rule.UsePreset);
        Assert.Equal(RemoveAction.Disable, rule.RemoveAction);
        Assert.False(rule.DeprovisionOnRuleRemoval);
        Assert.Equal(50, rule.Guard.MaxDisable);
    }

    [Fact]
    public void Everybody_may_be_protected() => Assert.NotNull(Read(Rule(("protected", T(("users", "*"))))).Protected.ReasonFor("a@b.c", null));

    [Fact]
    public void Scriptblocks_are_scopes_sources_and_groups()
    {
        var rule = Read(Rule(
            ("scope", Script(" yes ")),
            ("attributes", T(("Title", Script("a")), ("Phone", T(("script", Script("b")), ("apply", "onCreate"))))),
            ("groups", Script("c"))));

        Assert.Equal("{ yes }", rule.Scope!.Text);
        Assert.True(rule.Scope.Includes(FakeRecord.Csv()));
        Assert.Equal("script { a }", rule.Attributes["Title"].Source.Text);
        Assert.Equal(ApplyWhen.OnCreate, rule.Attributes["Phone"].Apply);
        Assert.Equal("c", rule.GroupSource!.Script!(FakeRecord.Csv()));
    }

    [Fact]
    public void A_program_without_PowerShell_refuses_scriptblocks() =>
        Assert.Contains(
            "runs in PowerShell only",
            Assert.Single(RuleReader.TryRead(Rule(("scope", Script("1"))), null, null, out _)).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(null, false)]
    [InlineData(true, true)]
    [InlineData("False", false)]
    [InlineData("no", false)]
    [InlineData("", false)]
    [InlineData("CN=Zoom", true)]
    [InlineData(0, false)]
    [InlineData(2, true)]
    [InlineData(new object[0], false)]
    [InlineData(new object[] { false }, false)]
    [InlineData(new object[] { "CN=Zoom" }, true)]
    [InlineData(new object[] { false, false }, true)]
    public void What_a_scope_script_answers(object? answer, bool isTrue) =>
        Assert.Equal(isTrue, RuleReader.Read(Rule(("scope", Script("x"))), null, _ => _ => answer).Scope!.Includes(FakeRecord.Csv()));

    public static TheoryData<object, bool> Answers => new()
    {
        { (sbyte)0, false },
        { (sbyte)1, true },
        { 0m, false },
        { 0.5m, true },
        { 'x', true },
        { default(DateTime), true },
        { new Dictionary<string, object?>(), true },
        { new object(), true },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void What_else_a_scope_script_answers(object answer, bool isTrue) =>
        Assert.Equal(isTrue, RuleReader.Read(Rule(("scope", Script("x"))), null, _ => _ => answer).Scope!.Includes(FakeRecord.Csv()));

    [Fact]
    public void The_fingerprint_is_of_what_the_rule_says_not_how()
    {
        var rule = Rule(("attributes", T(("Title", "a"), ("Phone", "b"))), ("guard", T(("maxDelete", 5))));
        var same = Table(
            ("Guard", T(("MAXDELETE", 5))),
            ("Description", "other"),
            ("Attributes", T(("phone", T(("property", "b"), ("apply", "always"))), ("title", "a"))),
            ("NAME", "r"));
        var other = Rule(("attributes", T(("Title", "a"), ("Phone", "c"))), ("guard", T(("maxDelete", 5))));

        Assert.Equal(Read(rule).Fingerprint, Read(same).Fingerprint);
        Assert.NotEqual(Read(rule).Fingerprint, Read(other).Fingerprint);
    }

    [Fact]
    public void What_the_writer_writes_the_reader_reads_the_same()
    {
        var rule = Read(Rule(
            ("description", "d"), ("anchor", "Id"), ("scope", Script("if ($_.a) { $true } else { $false }")),
            ("match", new object?[] { "UserName", "Email" }), ("preset", "none"),
            ("attributes", T(
                ("UserName", "m"), ("Title", null), ("Active", true), ("Phone", T(("template", "{a}"), ("apply", "onUpdate"), ("writeOnly", true))),
                ("Department", Script("$_.d")), ("Roles", T(("constant", new object?[] { "a", "b" }))), ("Extension.x", T(("constant", "1"))),
                ("zoomContactCenterPlan", T(("constant", T(("type", "a"), ("n", 1))))))),
            ("groups", new object?[] { "A", T(("name", "B"), ("when", "x pr")) }), ("createGroups", true),
            ("capabilities", T(("create", false), ("adopt", false), ("update", false), ("disable", false), ("deprovision", false))),
            ("removeAction", "delete"), ("deprovisionOnRuleRemoval", true),
            ("protected", T(("users", new object?[] { "*@x.y" }), ("roles", new object?[] { "IT" }))),
            ("guard", T(("maxDisable", 1), ("maxDisablePercent", 0.5), ("maxDelete", 2), ("maxDeletePercent", 3), ("maxSourceShrinkPercent", 4)))));

        var again = Read(RuleWriter.Write(rule));

        Assert.Equal(rule.Fingerprint, again.Fingerprint);
        Assert.Equal("d", again.Description);
        Assert.Equal("{ if ($_.a) { $true } else { $false } }", again.Scope!.Text);
        Assert.Equal([ZoomAttributes.UserName, ZoomAttributes.Email], again.Match);
        Assert.Equal(0.5, again.Guard.MaxDisablePercent);
    }

    [Fact]
    public void What_is_as_without_a_setting_is_not_written() =>
        Assert.Equal(
            ["name"],
            RuleWriter.Write(Read(Rule(("preset", "auto"), ("createGroups", false), ("guard", T(("maxDelete", 10)))))).Entries.Select(e => e.Key));
}
