using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Input;
using ZoomProvisioning.Ldap;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Tests.Rules;

/// <summary>A directory as a rule's source: what is read of it, and every mistake with its place.</summary>
public class LdapRuleTests
{
    private static RuleNode Node(object? value) => value switch
    {
        null => RuleNode.Nothing,
        bool flag => RuleNode.Of(flag),
        int number => RuleNode.Of(number),
        string text => RuleNode.Of(text),
        (string, object?)[] table => Table(table),
        object?[] list => RuleNode.Of(list.Select(Node)),
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };

    private static RuleNode Table(params (string Name, object? Value)[] entries) =>
        RuleNode.Of(entries.Select(e => new KeyValuePair<string, RuleNode>(e.Name, Node(e.Value))));

    private static (string, object?)[] T(params (string, object?)[] entries) => entries;

    private static RuleNode Rule(object? ldap, params (string, object?)[] more) => Table([("name", "r"), ("source", T(("ldap", ldap))), .. more]);

    private static ProvisioningRule Read(object? ldap, params (string, object?)[] more) => RuleReader.Read(Rule(ldap, more));

    [Fact]
    public void An_address_alone_is_a_directory()
    {
        var rule = Read("ldaps://dc.example.com/OU=Staff,DC=example,DC=com??one?(mail=*)");

        var ldap = rule.Source.Ldap!;
        Assert.Equal(("OU=Staff,DC=example,DC=com", DirectoryScope.OneLevel, "(mail=*)"), (ldap.Bases[0], ldap.Scope, ldap.Filter));
        Assert.Equal(("objectGUID", DirectoryBindMethod.Negotiate), (rule.Anchor, ldap.Bind.Method));
    }

    [Fact]
    public void Every_setting_is_read_and_written_again()
    {
        var rule = Read(
            T(
                ("servers", new object?[] { "dc1.example.com", "ldap://localhost:1389" }), ("base", new object?[] { "OU=A,DC=x", "OU=B,DC=x" }),
                    ("scope", "one"),
                ("filter", "(mail=*)"), ("memberOf", "Zoom users"), ("groups", T(("filter", "(cn=Zoom-*)"), ("name", "displayName"))),
                ("bind", T(("user", "EXAMPLE\\reader"), ("secretName", "reader"), ("secretVault", "Work"))), ("certificate", "ca.pem"), ("startTls", true),
                ("directory", "activeDirectory"), ("attributes", new object?[] { "extensionAttribute3" }), ("referrals", "ignore"),
                    ("timeLimitSeconds", 60), ("pageSize", 500)),
            ("anchor", "employeeID"));

        var ldap = rule.Source.Ldap!;
        Assert.Equal(["ldaps://dc1.example.com:636", "ldap://localhost:1389"], ldap.Servers.Select(s => s.ToString()));
        Assert.Equal(DirectorySecurity.StartTls, ldap.Servers[1].Security);
        Assert.Equal(("employeeID", "property 'directoryGroups'"), (rule.Anchor, rule.GroupSource?.Text));
        Assert.Equal((DirectoryBindMethod.Simple, "reader", "Work"), (ldap.Bind.Method, ldap.Bind.SecretName, ldap.Bind.SecretVault));
        Assert.Equal((true, 60.0, 500, "activeDirectory"), (ldap.IgnoresReferrals, ldap.TimeLimit.TotalSeconds, ldap.PageSize, ldap.Kind));

        var again = RuleReader.Read(RuleWriter.Write(rule));
        Assert.Equal(rule.Fingerprint, again.Fingerprint);
        Assert.NotEqual(rule.Fingerprint, Read(T(("servers", "dc1.example.com"))).Fingerprint);
    }

    public static TheoryData<object?, string> Mistakes => new()
    {
        { T(("server", "dc1")), "source.ldap.server: there is no such setting (did you mean 'servers'?)" },
        { T(("base", "DC=x")), "source.ldap: there is no server" },
        { T(("servers", "http://dc1")), "source.ldap.servers: 'http://' is no address of a directory" },
        { T(("servers", new object?[] { "dc1", "ldaps://dc1" })), "source.ldap.servers[1]: ldaps://dc1:636 stands twice" },
        { T(("servers", "dc1"), ("base", "Staff")), "source.ldap.base: 'Staff' is no distinguished name" },
        { T(("servers", "dc1"), ("scope", "subtree")), "source.ldap.scope: 'subtree' is not possible here" },
        { T(("servers", "dc1"), ("filter", "mail=*")), "source.ldap.filter: 'mail=*' is no filter of LDAP: '(' is expected" },
        { T(("servers", "dc1"), ("directory", "AD")), "source.ldap.directory: 'AD' is not possible here" },
        { T(("servers", "dc1"), ("pageSize", 0)), "source.ldap.pageSize: 0 is not possible here" },
        { T(("servers", "dc1"), ("groups", T())), "source.ldap.groups: every group of the directory would become a Zoom group" },
        { T(("servers", "dc1"), ("bind", T(("method", "simple")))), "source.ldap.bind: a simple bind needs the user" },
        { T(("servers", "dc1"), ("bind", T(("method", "anonymous"), ("user", "x")))), "source.ldap.bind: user go with the method simple" },
        { T(("servers", "dc1"), ("bind", T(("user", "x"), ("password", "geheim")))), "source.ldap.bind.password: there is no such setting" },
        { T(("servers", "dc1"), ("bind", T(("user", "x"), ("passwordFile", "a"), ("passwordVariable", "B")))),
            "passwordVariable and passwordFile exclude each other" },
        { "ldaps://dc1/Staff", "source.ldap: 'Staff' is no distinguished name" },
        { 5, "source.ldap: the number 5 stands where a table is expected" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_told_with_its_place(object? ldap, string mistake)
    {
        var problems = RuleReader.TryRead(Rule(ldap), null, null, out _).Select(p => $"{p.Path}: {p.Message}").ToList();

        Assert.Contains(problems, p => p.Contains(mistake, StringComparison.Ordinal));
        Assert.DoesNotContain(problems, p => p.Contains("geheim", StringComparison.Ordinal));
    }

    [Fact]
    public void Groups_of_the_rule_and_of_the_directory_exclude_each_other() => Assert.Contains(
        RuleReader.TryRead(Rule(T(("servers", "dc1"), ("groups", T(("filter", "(cn=Z*)")))), ("groups", new object?[] { "Sales" })), null, null, out _),
        p => p.Message.Contains("exclude each other", StringComparison.Ordinal));

    [Fact]
    public void The_groups_that_filters_ask_for_are_looked_through_and_scriptblocks_are_read_for_what_they_use()
    {
        var rule = RuleReader.Read(
            Rule(
                T(("servers", "dc1")),
                ("scope", "mail pr and memberOf eq \"CN=A,DC=x\""),
                ("groups", new object?[] { T(("name", "G"), ("when", "not (memberOf eq \"CN=B,DC=x\" or memberOf co \"C\")")) })));
        var needs = DirectorySource.NeedsOf(rule);

        Assert.Equal(["CN=A,DC=x", "CN=B,DC=x"], needs.Groups);
        Assert.Contains("memberOf", needs.AttributesFor(DirectoryPreset.ActiveDirectory));

        var scripted = new ProvisioningRule("s")
        {
            Attributes = new Dictionary<string, AttributeRule>
            {
                ["Title"] = new(AttributeSource.FromScript(_ => null, "\"$($_.extensionAttribute3) $($PSItem['roomNumber'])\"")),
            },
        };
        Assert.Superset(new HashSet<string> { "extensionAttribute3", "roomNumber" }, DirectorySource.NeedsOf(scripted).Properties.ToHashSet());
    }

    [Fact]
    public void A_directory_on_the_command_line_stands_for_the_rule_s_and_keeps_who_signs_in()
    {
        var rule = Read(T(("servers", "dc1"), ("base", "OU=A,DC=x"), ("filter", "(mail=*)"), ("bind", T(("user", "reader"), ("passwordVariable", "P")))));
        var over = DirectorySource.Over(rule, LdapUrl.Parse("ldaps://dc2/OU=B,DC=x"));

        var ldap = over.Source.Ldap!;
        Assert.Equal(("dc2", "OU=B,DC=x", "(mail=*)", "reader"), (ldap.Servers[0].Host, ldap.Bases[0], ldap.Filter, ldap.Bind.User));
        Assert.Equal(rule.Fingerprint, over.Fingerprint);
        Assert.Equal("objectGUID", DirectorySource.Over(new ProvisioningRule("x"), LdapUrl.Parse("ldaps://dc2/DC=x")).Anchor);
    }
}
