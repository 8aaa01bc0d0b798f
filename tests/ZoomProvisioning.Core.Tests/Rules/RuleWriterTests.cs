using System;
using System.Linq;
using Xunit;
using ZoomProvisioning.Rules;
using static ZoomProvisioning.Tests.Rules.RuleTrees;

namespace ZoomProvisioning.Tests.Rules;

/// <summary>What is read of a rule is written again, setting by setting; what is as without a setting is not written.</summary>
public class RuleWriterTests
{
    private static readonly (string, object?)[] Ldap = [("servers", "ldaps://dc1:636"), ("base", "DC=x")];

    /// <summary>A directory with one setting more.</summary>
    private static (string, object?)[] OfLdap(string setting, object? value) => T(("ldap", T([.. Ldap, (setting, value)])));

    private static (string, object?)[] OfLimit(string kind, params (string, object?)[] limit) => T(("limits", T((kind, limit))));

    private static readonly (string Setting, object? Value)[] Settings =
    [
        ("id", "11111111-2222-3333-4444-555555555555"),
        ("description", "d"),
        ("anchor", "Id"),
        ("anchor", "objectGUID"),
        ("scope", "Department eq 'Sales'"),
        ("scope", Script("$true")),
        ("match", L("UserName", "Email")),
        ("requireMail", true),
        ("dateFormat", "dd.MM.yyyy"),
        ("attributes", T(("Title", "Job"))),
        ("attributes", T(("Title", null))),
        ("attributes", T(("Title", T(("property", "Job"), ("apply", "onCreate"))))),
        ("attributes", T(("Title", T(("property", "Job"), ("apply", "onUpdate"))))),
        ("attributes", T(("Title", T(("property", "Job"), ("writeOnly", true))))),
        ("attributes", T(("Title", T(("property", "Job"), ("optional", true))))),
        ("attributes", T(("Title", T(("apply", "onCreate"))))),
        ("attributes", T(("Title", T(("template", "{a} {b}"))))),
        ("attributes", T(("Title", T(("constant", "Clerk"))))),
        ("attributes", T(("Title", T(("script", Script("$_.t")))) )),
        ("attributes", T(("Active", T(("constant", false))))),
        ("attributes", T(("Active", T(("constant", true))))),
        ("attributes", T(("Roles", T(("constant", L("a", "b")))))),
        ("attributes", T(("zoomContactCenterPlan", T(("constant", T(("type", "a"))))))),
        ("groups", L("A", T(("name", "B"), ("when", "x pr")))),
        ("groups", T(("property", "Teams"))),
        ("createGroups", true),
        ("capabilities", T(("create", false))),
        ("capabilities", T(("adopt", false))),
        ("capabilities", T(("update", false))),
        ("capabilities", T(("disable", false))),
        ("capabilities", T(("deprovision", false))),
        ("adoptInactive", true),
        ("reactivate", "always"),
        ("removeAction", "delete"),
        ("deprovisionOnRuleRemoval", true),
        ("leavers", T(("missingRuns", 2))),
        ("leavers", T(("missingDays", 3))),
        ("leavers", T(("deleteAfterDays", 30))),
        ("leavers", T(("deleteAfterDays", 0.5))),
        ("leavers", T(("transferTo", "manager"))),
        ("protected", T(("users", L("*@x.y")))),
        ("protected", T(("roles", L("IT")))),
        ("exceptions", L(T(("user", "a@x.y"), ("reason", "on leave")))),
        ("exceptions", L(T(("user", "a@x.y"), ("reason", "on leave"), ("until", "2027-03-31")))),
        ("guard", T(("maxDisable", 1))),
        ("guard", T(("maxDisablePercent", 1.5))),
        ("guard", T(("maxDelete", 1))),
        ("guard", T(("maxDeletePercent", 1.5))),
        ("guard", T(("maxSourceShrinkPercent", 1))),
        ("guard", OfLimit("disable", ("perDay", 7))),
        ("guard", OfLimit("disable", ("max", 1), ("perDay", 7))),
        ("guard", OfLimit("delete", ("perDayPercent", 7))),
        ("guard", OfLimit("licenseLoss", ("max", 1))),
        ("guard", OfLimit("groupLeave", ("maxPercent", 2))),
        ("guard", OfLimit("reactivate", ("perDay", 3))),
        ("guard", OfLimit("rename", ("perDayPercent", 4))),
        ("guard", OfLimit("clear", ("max", 5), ("perDay", 6))),
        ("guard", OfLimit("create", ("max", 7))),
        ("guard", OfLimit("update", ("maxPercent", 8))),
        ("source", T(("minimumRecords", 10))),
        ("source", T(("maximumAgeHours", 24))),
        ("source", T(("endMarker", "END"))),
        ("source", T(("ldap", T(("servers", L("ldaps://dc1:636", "ldaps://dc2:636")), ("base", L("OU=A,DC=x", "OU=B,DC=x")))))),
        ("source", OfLdap("scope", "one")),
        ("source", OfLdap("scope", "base")),
        ("source", OfLdap("filter", "(mail=*)")),
        ("source", OfLdap("memberOf", "Zoom users")),
        ("source", OfLdap("groups", T(("base", "OU=G,DC=x")))),
        ("source", OfLdap("groups", T(("filter", "(cn=Z*)")))),
        ("source", OfLdap("groups", T(("filter", "(cn=Z*)"), ("name", "displayName")))),
        ("source", OfLdap("bind", T(("method", "anonymous")))),
        ("source", OfLdap("bind", T(("user", "reader"), ("passwordVariable", "P")))),
        ("source", OfLdap("bind", T(("user", "reader"), ("passwordFile", "/run/p")))),
        ("source", OfLdap("bind", T(("user", "reader"), ("secretName", "reader"), ("secretVault", "Work")))),
        ("source", OfLdap("certificate", "ca.pem")),
        ("source", OfLdap("directory", "activeDirectory")),
        ("source", OfLdap("attributes", "extensionAttribute3")),
        ("source", OfLdap("referrals", "ignore")),
        ("source", OfLdap("timeLimitSeconds", 60)),
        ("source", OfLdap("pageSize", 500)),
        ("source", T(("csv", "people.csv"))),
        ("source", T(("csv", T(("path", "people.csv"), ("encoding", "windows-1252"))))),
        ("source", T(("command", L("hr", "--all", "")))),
        ("source", T(("command", T(("run", L("hr")), ("timeLimitSeconds", 60))))),
        ("source", T(("command", T(("run", L("hr")), ("encoding", "utf-16"))))),
        ("planMaxAgeHours", 12),
        ("approval", "two"),
    ];

    public static TheoryData<string, object?> Written
    {
        get
        {
            var data = new TheoryData<string, object?>();
            Array.ForEach(Settings, s => data.Add(s.Setting, s.Value));
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Written))]
    public void A_setting_is_written_as_it_was_read(string setting, object? value)
    {
        var tree = Rule((setting, value));
        Assert.Equal(Line(tree), Line(RuleWriter.Write(Read(tree))));
    }

    [Fact]
    public void No_two_of_them_have_the_same_fingerprint_and_id_and_description_have_none()
    {
        var prints = Settings.Select(s => (s.Setting, Print: Read(Rule((s.Setting, s.Value))).Fingerprint)).ToList();
        var none = Read(Rule()).Fingerprint;
        Assert.All(prints, p => Assert.Equal(p.Setting is "id" or "description", p.Print == none));
        Assert.Equal(prints.Count - 1, prints.Select(p => p.Print).Distinct().Count());
        Assert.All(prints, p => Assert.Matches("^[0-9a-f]{16}$", p.Print));
    }

    [Fact]
    public void A_fingerprint_stays_what_it_is_or_every_saved_plan_would_be_refused_after_an_update() => Assert.Equal(
        "3a4ca66e71390983",
        Read(Rule(
            ("scope", Script("$_.a\r\n")),
            ("attributes", T(("Title", null), ("Phone", T(("property", "b"), ("writeOnly", true))))),
            ("match", L("UserName", "Email")),
            ("createGroups", true),
            ("guard", T(("maxDelete", 5))))).Fingerprint);

    [Fact]
    public void What_needs_another_setting_is_written_with_it()
    {
        foreach (var tree in new[]
        {
            Rule(("preset", "none"), ("attributes", T(("UserName", "mail")))),
            Rule(("anchor", "employeeID"), ("source", T(("ldap", T(Ldap))))),
        })
        {
            Assert.Equal(Line(tree), Line(RuleWriter.Write(Read(tree))));
        }

        Assert.Equal(
            Line(Rule(("source", T(("ldap", T(Ldap)))))),
            Line(RuleWriter.Write(Read(Rule(("anchor", "objectGUID"), ("source", T(("ldap", T(Ldap)))))))));
    }

    public static TheoryData<string, object?> Unwritten => new()
    {
        { "match", L("UserName") },
        { "preset", "auto" },
        { "requireMail", false },
        { "createGroups", false },
        { "capabilities", T(("create", true), ("adopt", true), ("update", true), ("disable", true), ("deprovision", true)) },
        { "adoptInactive", false },
        { "reactivate", "ask" },
        { "removeAction", "disable" },
        { "deprovisionOnRuleRemoval", false },
        { "leavers", T(("missingDays", 0), ("deleteAfterDays", null), ("transferTo", null)) },
        { "protected", T(("users", L()), ("roles", L())) },
        { "exceptions", L() },
        { "exceptions", null },
        { "guard", T(("maxDisable", 50), ("maxDisablePercent", 10), ("maxDelete", 10), ("maxDeletePercent", 5), ("maxSourceShrinkPercent", 20)) },
        { "guard", OfLimit("rename", ("max", 50), ("maxPercent", 20)) },
        { "planMaxAgeHours", 24 },
    };

    [Theory]
    [MemberData(nameof(Unwritten))]
    public void What_is_as_without_a_setting_is_not_written(string setting, object? value) =>
        Assert.Equal("{name: 'r'}", Line(RuleWriter.Write(Read(Rule((setting, value))))));

    public static TheoryData<(string, object?)[], (string, object?)[]> Shortened => new()
    {
        { OfLdap("scope", "sub"), T(("ldap", T(Ldap))) },
        { OfLdap("directory", "auto"), T(("ldap", T(Ldap))) },
        { OfLdap("referrals", "hold"), T(("ldap", T(Ldap))) },
        { OfLdap("pageSize", 1000), T(("ldap", T(Ldap))) },
        { OfLdap("bind", T(("method", "negotiate"))), T(("ldap", T(Ldap))) },
        { OfLdap("groups", T(("filter", "(cn=Z*)"), ("name", "cn"))), OfLdap("groups", T(("filter", "(cn=Z*)"))) },
        { T(("ldap", "ldaps://dc1/DC=x")), T(("ldap", T(Ldap))) },
    };

    [Theory]
    [MemberData(nameof(Shortened))]
    public void A_directory_is_written_without_what_is_usual((string, object?)[] read, (string, object?)[] written) =>
        Assert.Equal(Line(Rule(("source", written))), Line(RuleWriter.Write(Read(Rule(("source", read))))));

    [Theory]
    [InlineData("ldap://localhost:1389", true, true)]
    [InlineData("ldap://localhost:1389", false, false)]
    [InlineData("ldaps://dc1", true, false)]
    public void StartTLS_is_written_where_the_address_alone_does_not_say_it(string server, bool startTls, bool isWritten)
    {
        var tree = Rule(("source", T(("ldap", T(("servers", server), ("base", "DC=x"), ("startTls", startTls))))));
        Assert.Equal(isWritten, Line(RuleWriter.Write(Read(tree))).Contains("startTls: true", StringComparison.Ordinal));
    }

    public static TheoryData<string[], object?, string> Edits => new()
    {
        { ["guard", "maxDelete"], 5, "{name: 'r', Guard: {maxDisable: 1, maxDelete: 5}, scope: 'x pr'}" },
        { ["GUARD", "MAXDISABLE"], 5, "{name: 'r', Guard: {maxDisable: 5}, scope: 'x pr'}" },
        { ["guard", "maxDisable"], null, "{name: 'r', scope: 'x pr'}" },
        { ["guard", "maxDelete"], null, "{name: 'r', Guard: {maxDisable: 1}, scope: 'x pr'}" },
        { ["guard"], null, "{name: 'r', scope: 'x pr'}" },
        { ["scope"], "y pr", "{name: 'r', Guard: {maxDisable: 1}, scope: 'y pr'}" },
        { ["anchor"], "Id", "{name: 'r', Guard: {maxDisable: 1}, scope: 'x pr', anchor: 'Id'}" },
        { ["anchor"], null, "{name: 'r', Guard: {maxDisable: 1}, scope: 'x pr'}" },
        { ["a", "b", "c"], true, "{name: 'r', Guard: {maxDisable: 1}, scope: 'x pr', a: {b: {c: true}}}" },
        { ["a", "b"], null, "{name: 'r', Guard: {maxDisable: 1}, scope: 'x pr'}" },
        { ["scope", "x"], 1, "{name: 'r', Guard: {maxDisable: 1}, scope: {x: 1}}" },
    };

    [Theory]
    [MemberData(nameof(Edits))]
    public void An_edit_changes_its_setting_and_leaves_the_rest_as_it_is(string[] path, object? value, string expected)
    {
        var edit = new RuleEdit(Rule(("Guard", T(("maxDisable", 1))), ("scope", "x pr")));
        if (value is null)
        {
            edit.Remove(path);
        }
        else
        {
            edit.Set(Node(value), path);
        }

        Assert.Equal(expected, Line(edit.Result));
    }
}
