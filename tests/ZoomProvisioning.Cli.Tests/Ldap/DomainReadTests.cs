using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Engine;

namespace ZoomProvisioning.Cli.Tests.Ldap;

/// <summary>Reading a real domain: who is found, in which shape, and who can be used.</summary>
[Collection(DomainTests.Name)]
public sealed class DomainReadTests(DomainController domain) : IDisposable
{
    private readonly DirectoryScene _scene = new(domain);

    public void Dispose() => _scene.Dispose();

    [DomainFact]
    public async Task Everybody_of_staff_is_read_in_pages_with_what_is_wrong_with_some()
    {
        var rule = _scene.Rule(more: """
            "groups": [{ "name": "Sales", "when": "memberOf eq 'CN=Sales\\, all,OU=Groups,DC=example,DC=test'" }], "createGroups": true,
            """);
        var run = await _scene.RunAsync("plan", rule, "--simulate", "--json");

        var planned = DirectoryScene.Lines(run.Output)
            .Where(l => l.GetProperty("type").GetString() == "planned")
            .ToDictionary(l => l.GetProperty("userName").GetString()!);
        var actions = planned.Values.GroupBy(l => l.GetProperty("action").GetString()!).ToDictionary(g => g.Key, g => g.Count());
        Assert.Equal((2, ""), (run.Exit, run.Error));
        // Whoever shares an address is one entry, which is nobody's.
        Assert.Equal((DomainPeople.Active, DomainPeople.WithoutMail + 1), (actions["Create"], actions["Blocked"]));
        Assert.DoesNotContain("contractor1@example.com", planned.Keys);
        var japanese = planned["p0117@example.com"]
            .GetProperty("changes")
            .EnumerateArray()
            .ToDictionary(c => c.GetProperty("attribute").GetString()!, c => c.GetProperty("newValue").ToString());
        Assert.Equal(("太郎", "山田117"), (japanese["GivenName"], japanese["FamilyName"]));

        // Members of groups of groups, one of them in a circle and one with a comma in its name.
        var sales = Enumerable.Range(101, 75).Append(200).Select(i => $"p{i:0000}@example.com").Order(StringComparer.Ordinal);
        Assert.Equal(sales, planned.Where(p => p.Value.GetProperty("groups").GetArrayLength() > 0).Select(p => p.Key).Order(StringComparer.Ordinal));
    }

    [DomainFact]
    public async Task Only_members_of_a_group_are_read_where_the_rule_says_so_and_groups_become_Zoom_groups()
    {
        var rule = _scene.Rule("""
            "memberOf": "Sales, all", "groups": { "base": "OU=Groups,DC=example,DC=test", "filter": "(cn=Sales*)" },
            """, "\"createGroups\": true,");
        var run = await _scene.RunAsync("plan", rule, "--simulate", "--json");

        var planned = DirectoryScene.Lines(run.Output).Where(l => l.GetProperty("type").GetString() == "planned").ToList();
        Assert.Equal(76, planned.Count);
        var groups = planned.SelectMany(p => p.GetProperty("groups").EnumerateArray())
            .GroupBy(g => g.GetString()!.TrimStart('+'))
            .ToDictionary(g => g.Key, g => g.Count());
        // In a circle each group holds the other.
        Assert.Equal((76, 76, 25), (groups["Sales, all"], groups["Sales EMEA"], groups["Sales APAC"]));
    }

    [DomainFact]
    public async Task A_run_brings_everybody_to_Zoom_and_the_next_one_writes_nothing()
    {
        await using var served = await ServedZoom.StartAsync();
        var environment = RuleScene.EnvironmentOf(served);
        string[] sync = ["sync", "--rule", _scene.Rule(), "--state-path", _scene.File_("state"), "--json"];

        var first = await CliProcess.RunAsync(environment, sync);
        var writes = served.Zoom.Requests.Count(r => r.Method is not "GET" && r.Path.Contains("/Users", StringComparison.Ordinal));
        var second = await CliProcess.RunAsync(environment, sync);

        Assert.Equal((3, 3), (first.Exit, second.Exit));
        Assert.Equal(DomainPeople.Active, DirectoryScene.Lines(first.Output)[^1].GetProperty("created").GetInt32());
        Assert.Equal(writes, served.Zoom.Requests.Count(r => r.Method is not "GET" && r.Path.Contains("/Users", StringComparison.Ordinal)));
        Assert.Equal(DomainPeople.Usable, DirectoryScene.Lines(second.Output)[^1].GetProperty("unchanged").GetInt32());
    }

    [DomainFact]
    public async Task The_test_says_what_works_and_what_is_missing()
    {
        var run = await RuleScene.RunAsync("test", "--rule", _scene.Rule(), "--json");

        var steps = DirectoryScene.Lines(run.Output).Where(l => l.TryGetProperty("step", out _)).ToDictionary(l => l.GetProperty("step").GetString()!, l => l);
        Assert.Equal(0, run.Exit);
        Assert.All(
            new[] { "Name", "Port", "Encryption", "SignIn", "Base", "People" },
            step => Assert.Equal("Passed", steps[step].GetProperty("outcome").GetString()));
        Assert.Contains("1,500 people", steps["People"].GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains("title", steps["Attributes"].GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains($"{DomainPeople.WithoutMail} of 1,500 have none", steps["Mail"].GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [DomainFact]
    public void A_group_of_1600_has_all_its_members()
    {
        var entries = new List<DirectoryEntry>();
        using var connection = Connect();
        var end = connection.Search(
            new DirectorySearch($"CN=Everybody,OU=Groups,{DomainPeople.Domain}", DirectoryScope.Base, "(objectClass=*)", ["member;range=0-499"]),
            entries.Add,
            CancellationToken.None);

        Assert.Null(end.Early);
        var members = Assert.Single(entries).Attributes["member"].Select(Encoding.UTF8.GetString).ToList();
        Assert.Equal((1600, 1600), (members.Count, members.Distinct().Count()));
    }

    [DomainFact]
    public void The_same_people_come_out_of_the_directory_of_a_file_of_ldapsearch_of_a_table_and_of_objects()
    {
        var comparison = new SameSources(Connect);
        var read = comparison.FromDirectory();

        Assert.Equal(DomainPeople.Usable, read.Count);
        Assert.Equal(read, comparison.FromLdif());
        Assert.Equal(read, comparison.FromTable());
        Assert.Equal(read, comparison.FromObjects());
    }

    private IDirectoryConnection Connect() => new EngineFactory().Directory.Connect(
        new DirectoryServer(DomainController.Address, 636, DirectorySecurity.Tls),
        new DirectoryOptions
        {
            Method = DirectoryBindMethod.Simple,
            User = DomainController.Reader,
            Password = Connections.ProfileSecret.Secure(DomainPeople.Password),
            Certificate = domain.Certificate,
        },
        CancellationToken.None);
}
