using System;
using Xunit;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Input;
using ZoomProvisioning.Ldap;
using ZoomProvisioning.Rules;
using static ZoomProvisioning.Tests.Rules.RuleTrees;

namespace ZoomProvisioning.Tests.Rules;

/// <summary>What a rule needs of a directory, which directory that is, and what becomes of what was read there.</summary>
public class DirectorySourceRuleTests
{
    private static readonly DirectoryServer Server = new("dc1", 636, DirectorySecurity.Tls);

    private static RuleNode RuleOf(params (string, object?)[] ldap) => Rule(("source", T(("ldap", ldap))));

    private static ProvisioningRule OfLdap(params (string, object?)[] ldap) => Read(RuleOf(ldap));

    private static string[] Mistakes(params (string, object?)[] more) => MistakesIn(RuleOf([("servers", "dc1"), .. more]));

    [Fact]
    public void A_rule_needs_what_it_names_anywhere_each_once()
    {
        var needs = DirectorySource.NeedsOf(Read(Rule(
            ("scope", "memberOf eq 'CN=A,DC=x' and memberOf ne '' and memberOf eq '' and Dept pr"),
            ("attributes", T(("Title", "Job"), ("Department", "dept"), ("DisplayName", T(("template", "{givenName} {sn}"))), ("Phone", Script("$_.tel")))),
            ("groups", L(T(("name", "B"), ("when", "memberOf eq 'cn=a,dc=x' or Team pr")))),
            ("source", T(("ldap", T(("servers", "dc1"), ("attributes", L("extensionAttribute3", "JOB")))))))));
        Assert.Equal(["CN=A,DC=x"], needs.Groups);
        Assert.Equal(["Job", "dept", "givenName", "sn", "memberOf", "Team", "tel", "objectGUID", "extensionAttribute3"], needs.Properties);
        Assert.True(needs.UsesPreset);
    }

    [Fact]
    public void A_rule_that_names_nothing_needs_nothing_but_the_usual()
    {
        var needs = DirectorySource.NeedsOf(new ProvisioningRule("r") { GroupSource = AttributeSource.FromProperty("Teams") });
        Assert.Equal((0, "Teams", true), (needs.Groups.Count, string.Join(",", needs.Properties), needs.UsesPreset));
        Assert.False(DirectorySource.NeedsOf(new ProvisioningRule("r") { UsePreset = false }).UsesPreset);
    }

    /// <summary>Where people are looked for: server, bases, scope, filter, who signs in.</summary>
    private static string Over(string address)
    {
        var rule = OfLdap(
            ("servers", "dc1"), ("base", L("OU=A,DC=x", "OU=B,DC=x")), ("scope", "one"), ("filter", "(a=1)"),
            ("bind", T(("user", "reader"), ("passwordVariable", "P"))));
        var ldap = DirectorySource.Over(rule, LdapUrl.Parse(address)).Source.Ldap!;
        return $"{ldap.Servers[0].Host} {string.Join("+", ldap.Bases)} {ldap.Scope} {ldap.Filter} {ldap.Bind.User}/{ldap.Bind.PasswordVariable}";
    }

    [Theory]
    [InlineData("ldaps://dc2", "dc2 OU=A,DC=x+OU=B,DC=x OneLevel (a=1) reader/P")]
    [InlineData("ldaps://dc2/OU=C,DC=x", "dc2 OU=C,DC=x Subtree (a=1) reader/P")]
    [InlineData("ldaps://dc2/OU=C,DC=x??base", "dc2 OU=C,DC=x Base (a=1) reader/P")]
    [InlineData("ldaps://dc2/OU=C,DC=x???(b=2)", "dc2 OU=C,DC=x Subtree (b=2) reader/P")]
    [InlineData("ldaps://dc2/????bindname=other", "dc2 OU=A,DC=x+OU=B,DC=x OneLevel (a=1) other/")]
    public void An_address_stands_for_the_rules_own_as_far_as_it_goes(string address, string expected) => Assert.Equal(expected, Over(address));

    [Fact]
    public void A_rule_keeps_its_anchor_and_has_the_directorys_where_it_has_none()
    {
        var address = LdapUrl.Parse("ldaps://dc2/DC=x");
        Assert.Equal("employeeID", DirectorySource.Over(Read(Rule(("anchor", "employeeID"))), address).Anchor);
        var bare = DirectorySource.Over(Read(Rule()), address);
        Assert.Equal(("objectGUID", address), (bare.Anchor, bare.Source.Ldap));
    }

    [Theory]
    [InlineData(null, "END", null)]
    [InlineData(null, "x", "The end marker 'END' is not its last record (source.endMarker), so it was not written to its end.")]
    [InlineData("The server went away.", "END", "The server went away.")]
    [InlineData("The server went away.", "x", "The server went away.")]
    public void That_a_directory_was_not_read_to_its_end_is_told_first(string? broken, string last, string? incomplete)
    {
        var readAt = new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.Zero);
        var rule = Read(Rule(("source", T(("endMarker", "END")))));
        var reading = new DirectoryReading(Server, "Active Directory", ["DC=x"], [FakeRecord.Ad(("mail", "ada@example.com")), FakeRecord.Ad(("cn", last))])
        {
            Incomplete = broken,
            Notes = ["A note."],
        };
        var snapshot = DirectorySource.Read(rule, reading, readAt);
        Assert.Equal((incomplete, "A note.", readAt), (snapshot.Incomplete, snapshot.Warnings[0], snapshot.WrittenAt));
        Assert.Equal("ada@example.com", Assert.Single(snapshot.People).Label);
    }

    [Fact]
    public void In_the_clear_goes_what_stays_on_this_machine_unless_the_rule_asks_for_more()
    {
        DirectorySecurity Of(string server, params (string, object?)[] more) =>
            OfLdap([("servers", server), .. more]).Source.Ldap!.Servers[0].Security;
        Assert.Equal(DirectorySecurity.None, Of("ldap://localhost"));
        Assert.Equal(DirectorySecurity.StartTls, Of("ldap://localhost", ("startTls", true)));
        Assert.Equal(DirectorySecurity.StartTls, Of("ldap://dc1"));
        Assert.Equal(DirectorySecurity.Tls, Of("dc1"));
    }

    [Fact]
    public void StartTLS_is_written_for_one_server_of_several() => Assert.Contains(
        "servers: ['ldaps://dc1:636', 'ldap://localhost:389'], startTls: true",
        Line(RuleWriter.Write(OfLdap(("servers", L("dc1", "ldap://localhost")), ("startTls", true)))),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("pageSize", 1.0, null)]
    [InlineData("pageSize", 1.5, "1.5 is not possible here; a whole number from 0 to 100000 is expected")]
    [InlineData("timeLimitSeconds", 1.0, null)]
    [InlineData("timeLimitSeconds", 0.0, "0 is not possible here")]
    [InlineData("timeLimitSeconds", 1.5, "1.5 is not possible here; a whole number from 0 to 86400 is expected")]
    public void A_number_of_a_directory_is_whole_and_at_least_one(string setting, double value, string? mistake) =>
        Assert.Equal(mistake is null ? [] : [$"source.ldap.{setting}: {mistake}"], Mistakes((setting, value)));

    public static TheoryData<object?, string> Groups => new()
    {
        { "CN=Z", "source.ldap.groups: the text 'CN=Z' stands where a table is expected" },
        { T(("filter", 5)), "source.ldap.groups.filter: the number 5 stands where a filter of LDAP, such as (department=Sales), is expected" },
        { T(("base", 5)), "source.ldap.groups.base: the number 5 stands where a list of texts is expected" },
        { T(("name", "cn")), "source.ldap.groups: every group of the directory would become a Zoom group; say which are meant with base or filter" },
    };

    [Theory]
    [MemberData(nameof(Groups))]
    public void What_is_wrong_with_a_directorys_groups_is_told_once(object? groups, string mistake) => Assert.Equal([mistake], Mistakes(("groups", groups)));

    [Fact]
    public void Groups_of_the_rule_stay_where_the_directory_has_none()
    {
        var rule = Read(Rule(("groups", T(("property", "Teams"))), ("source", T(("ldap", T(("servers", "dc1")))))));
        Assert.Equal("property 'Teams'", rule.GroupSource!.Text);
    }
}
