using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Xunit;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Input;
using ZoomProvisioning.Ldap;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Tests.Ldap;

public class DirectoryReaderTests
{
    private const string People = "ou=people,dc=example,dc=org";

    private readonly MemoryDirectory _directory = new MemoryDirectory()
        .Add($"uid=ana,{People}", ("objectClass", "inetOrgPerson"), ("uid", "ana"), ("mail", "ana@example.org"), ("sn", "Ruiz"), (
            "entryUUID", "11111111-1111-4111-8111-111111111111"), ("manager", $"uid=bo, {People}"))
        .Add($"uid=bo,{People}", ("objectClass", "inetOrgPerson"), ("uid", "bo"), ("mail", "bo@example.org"), ("sn", "Lind"), (
            "entryUUID", "22222222-2222-4222-8222-222222222222"))
        .Add($"uid=ce,{People}", ("objectClass", "inetOrgPerson"), ("uid", "ce"), ("mail", "ce@example.org"), ("sn", "Wu"), (
            "entryUUID", "33333333-3333-4333-8333-333333333333"))
        .Add("cn=inner,ou=groups,dc=example,dc=org", ("objectClass", "groupOfNames"), ("cn", "inner"), ("member", $"UID=Ana,{People}"), (
            "member", "cn=outer,ou=groups,dc=example,dc=org"))
        .Add("cn=outer,ou=groups,dc=example,dc=org", ("objectClass", "groupOfNames"), ("cn", "outer"), (
            "member", "cn=inner,ou=groups,dc=example,dc=org"), ("member", "cn=nobody,dc=example,dc=org"))
        .Add("cn=unix,ou=groups,dc=example,dc=org", ("objectClass", "posixGroup"), ("cn", "unix"), ("memberUid", "ce"));

    private static LdapSettings Servers(params string[] hosts) =>
        new() { Servers = [.. hosts.Select(h => new DirectoryServer(h, 636, DirectorySecurity.Tls))] };

    private DirectoryReading Read(LdapSettings settings, DirectoryNeeds? needs = null) =>
        new DirectoryReader(_directory, settings, new DirectoryOptions(), needs ?? new DirectoryNeeds()).Read(CancellationToken.None);

    private static ScimConnectionException Down(string what) => new("Zoom.Directory.PortClosed", what);

    private static string[] Names(DirectoryReading reading) => [.. reading.Records.Select(r => (string)r.Read("uid")!).OrderBy(n => n, StringComparer.Ordinal)];

    [Fact]
    public void A_server_that_is_down_is_passed_over_and_told()
    {
        _directory.Closed["one"] = Down("It is down.");

        var reading = Read(Servers("one", "two"));

        Assert.Equal(["ana", "bo", "ce"], Names(reading));
        Assert.Null(reading.Incomplete);
        Assert.Equal("ldaps://one:636 was not used: It is down.", Assert.Single(reading.Notes));
    }

    [Fact]
    public void A_server_that_stops_in_the_middle_is_followed_by_the_next_from_the_beginning()
    {
        _directory.Broken["one"] = (2, Down("It broke."));

        var reading = Read(Servers("one", "two"));

        Assert.Equal((3, null), (reading.Records.Count, reading.Incomplete));
        Assert.Equal("two", reading.Server.Host);
    }

    [Fact]
    public void What_no_server_gave_to_its_end_is_incomplete()
    {
        _directory.Broken["one"] = (1, Down("The connection to one broke."));
        _directory.Broken["two"] = (2, Down("The connection to two broke."));

        var reading = Read(Servers("one", "two"));

        Assert.Equal(2, reading.Records.Count);
        Assert.Equal("The directory was not read to its end: after 2 people, the connection to two broke.", reading.Incomplete);
    }

    [Fact]
    public void A_limit_is_not_tried_on_the_next_server()
    {
        _directory.Broken["one"] = (2, new ScimServerException("Zoom.Directory.SizeLimit", "No more."));

        Assert.NotNull(Read(Servers("one", "two")).Incomplete);
        Assert.Equal(["one"], _directory.Asked);
    }

    [Fact]
    public void A_refused_sign_in_is_never_tried_again_elsewhere()
    {
        _directory.Closed["one"] = Down("It is down.");
        _directory.Closed["two"] = Down("It is down too.");
        var error = Assert.Throws<ScimConnectionException>(() => Read(Servers("one", "two")));
        Assert.Contains("None of the 2 servers", error.Message, StringComparison.Ordinal);

        _directory.Asked.Clear();
        var refusing = new RefusingDirectory(_directory);
        Assert.Throws<ScimAuthenticationException>(
            () => new DirectoryReader(refusing, Servers("one", "two"), new DirectoryOptions(), new DirectoryNeeds()).Read(CancellationToken.None));
        Assert.Equal(1, refusing.Asked);
    }

    [Fact]
    public void Groups_in_groups_count_and_a_circle_ends()
    {
        var reading = Read(Servers("one"), new DirectoryNeeds { Groups = ["cn=outer, ou=groups, dc=example, dc=org", "unix"], Properties = ["memberOf"] });

        Assert.Equal(["cn=outer, ou=groups, dc=example, dc=org"], Of("ana"));
        Assert.Empty(Of("bo"));
        Assert.Equal(["unix"], Of("ce"));

        object[] Of(string uid) => (object[])reading.Records.Single(r => (string)r.Read("uid")! == uid).Read("memberOf")!;
    }

    [Fact]
    public void A_group_that_is_not_there_is_an_error_and_not_a_group_of_nobody()
    {
        Assert.Equal(
            "Zoom.Directory.NoSuchGroup",
            Assert.Throws<ScimRecordException>(() => Read(Servers("one"), new DirectoryNeeds { Groups = ["cn=other,dc=example,dc=org"] })).ErrorId);
        Assert.Equal("Zoom.Directory.NoSuchGroup", Assert.Throws<ScimRecordException>(() => Read(Servers("one") with { MemberOf = ["other"] })).ErrorId);
    }

    [Fact]
    public void Only_members_of_a_group_are_read_where_the_rule_says_so() => Assert.Equal(["ana"], Names(Read(Servers("one") with { MemberOf = ["outer"] })));

    [Fact]
    public void Groups_become_Zoom_groups_by_their_names()
    {
        var reading = Read(Servers("one") with { Groups = new LdapGroups { Base = "ou=groups,dc=example,dc=org" } });

        Assert.Equal(["inner", "outer"], ((object[])reading.Records
            .Single(r => (string)r.Read("uid")! == "ana")
            .Read(DirectoryNeeds.GroupsProperty)!).OrderBy(n => (string)n, StringComparer.Ordinal));
    }

    [Fact]
    public void A_part_on_another_server_makes_the_source_incomplete_unless_that_is_all_right()
    {
        _directory.Referrals.Add("ldap://other.example.org/ou=abroad,dc=example,dc=org??sub");

        Assert.Contains("ldap://other.example.org/ou=abroad", Read(Servers("one")).Incomplete, StringComparison.Ordinal);
        Assert.Null(Read(Servers("one") with { IgnoresReferrals = true }).Incomplete);
    }

    [Fact]
    public void The_partitions_that_every_domain_speaks_of_are_no_people()
    {
        _directory.Root["defaultNamingContext"] = _directory.Root["rootDomainNamingContext"] = ["dc=example,dc=org"];
        _directory.Referrals.AddRange(
        [
            "ldaps://example.org/CN=Configuration,dc=example,dc=org",
            "ldap://ForestDnsZones.example.org/DC=ForestDnsZones,DC=example,DC=org",
        ]);
        var settings = Servers("one") with { Kind = "openLdap" };

        Assert.Null(Read(settings).Incomplete);
        _directory.Referrals.Add("ldap://sub.example.org/DC=sub,DC=example,DC=org");
        Assert.Contains("DC=sub", Read(settings).Incomplete, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_what_the_rule_needs_is_asked_for_in_the_names_of_LDAP()
    {
        var rule = new ProvisioningRule("r")
        {
            UsePreset = false,
            Anchor = "objectGUID",
            Attributes = new Dictionary<string, AttributeRule>
            {
                ["UserName"] = new(AttributeSource.FromProperty("EmailAddress")),
                ["FamilyName"] = new(AttributeSource.FromTemplate("{Surname}")),
            },
        };
        Read(Servers("one"), DirectorySource.NeedsOf(rule));

        var asked = _directory.Searches.First(s => s.Filter.Contains("inetOrgPerson", StringComparison.Ordinal)).Attributes;
        Assert.All(["mail", "sn", "entryUUID"], name => Assert.Contains(name, asked));
        Assert.DoesNotContain("title", asked);
        Assert.DoesNotContain("telephoneNumber", asked);
    }

    [Fact]
    public void A_manager_is_found_by_the_distinguished_name_and_the_key_is_the_directory_s()
    {
        var rule = DirectorySource.Over(new ProvisioningRule("r"), Servers("one"));
        var reading = Read(Servers("one"), DirectorySource.NeedsOf(rule));
        var snapshot = DirectorySource.Read(rule, reading, new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero));

        var ana = snapshot.People.Single(p => p.Values.UserName == "ana@example.org");
        Assert.Equal(("bo@example.org", "11111111-1111-4111-8111-111111111111"), (ana.Values.Manager, ana.Anchor));
        Assert.Equal(new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero), snapshot.WrittenAt);
    }

    private sealed class RefusingDirectory(MemoryDirectory directory) : IDirectory
    {
        public int Asked { get; private set; }

        public IDirectoryConnection Connect(DirectoryServer server, DirectoryOptions options, CancellationToken stop)
        {
            Asked++;
            throw new ScimAuthenticationException("Zoom.Directory.SignInRefused", "Wrong password.");
        }

        public IReadOnlyList<ConnectionTestStep> Test(DirectoryServer server, DirectoryOptions options, CancellationToken stop) =>
            directory.Test(server, options, stop);
    }
}
