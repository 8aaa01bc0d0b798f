using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace ZoomProvisioning.Cli.Tests.Ldap;

/// <summary>The same code over a directory that keeps to the RFCs and is no domain.</summary>
public sealed class OpenLdapTests(OpenLdap directory) : IClassFixture<OpenLdap>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("zoomprov-openldap-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [OpenLdapFact]
    public async Task People_and_groups_in_groups_are_read_and_whoever_has_expired_is_not_active()
    {
        var run = await RunAsync("plan", Rule(more: """
            "groups": [{ "name": "Outer", "when": "memberOf eq 'cn=outer, ou=groups, dc=example, dc=org'" }], "createGroups": true,
            """));

        var planned = DirectoryScene.Lines(run.Output).Where(l => l.GetProperty("type").GetString() == "planned").ToList();
        Assert.Equal((2, ""), (run.Exit, run.Error));
        Assert.Equal(OpenLdap.People - 5, planned.Count(p => p.GetProperty("action").GetString() == "Create"));
        Assert.Equal(31, planned.Count(p => p.GetProperty("groups").GetArrayLength() > 0));
    }

    [OpenLdapFact]
    public async Task The_entry_s_own_key_makes_a_new_address_a_rename_and_equal_state_writes_nothing()
    {
        var rule = Rule("\"filter\": \"(&(objectClass=inetOrgPerson)(uid=p5*))\",");
        Assert.Equal(0, (await RunAsync("sync", rule)).Exit);
        var again = await RunAsync("sync", rule);
        Assert.Equal((0, 111), (again.Exit, DirectoryScene.Lines(again.Output)[^1].GetProperty("unchanged").GetInt32()));

        var explained = await RunAsync("plan", rule, "--explain", "p50@example.com");
        Assert.Matches("[0-9a-f]{8}-[0-9a-f]{4}-", DirectoryScene.Lines(explained.Output)[^1].GetProperty("anchor").GetString());
    }

    [OpenLdapFact]
    public async Task A_limit_of_500_entries_is_said_and_removes_nobody()
    {
        Assert.Equal(0, (await RunAsync("sync", Rule("\"filter\": \"(&(objectClass=inetOrgPerson)(uid=p6*))\","))).Exit);
        var plan = await RunAsync("plan", Rule(user: "cn=limited,dc=example,dc=org"));
        Assert.Contains("The directory was not read to its end: after 500 people", plan.Output, StringComparison.Ordinal);
        Assert.Contains("size limit", plan.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(
            DirectoryScene.Lines(plan.Output),
            l => l.TryGetProperty("action", out var action) && action.GetString() is "Disable" or "Delete" && l.GetProperty("held").GetString() is null);
    }

    [OpenLdapFact]
    public async Task A_part_on_another_server_is_said_and_a_base_there_is_refused()
    {
        var whole = await RunAsync("plan", Rule(place: "dc=example,dc=org"));
        Assert.Contains("A part of the directory is kept by other servers", whole.Output, StringComparison.Ordinal);

        var ignored = await RunAsync("plan", Rule("\"referrals\": \"ignore\",", place: "dc=example,dc=org"));
        Assert.DoesNotContain("is not whole", ignored.Output, StringComparison.Ordinal);

        var abroad = await RunAsync("plan", Rule(place: "ou=abroad,dc=example,dc=org"));
        Assert.Equal(1, abroad.Exit);
        Assert.Contains("sends to another server (ldap://abroad.example.org/", abroad.Output + abroad.Error, StringComparison.Ordinal);
    }

    [OpenLdapFact]
    public async Task A_wrong_password_and_nobody_are_refused()
    {
        await File.WriteAllTextAsync(File_("wrong"), "Falsch.2026");
        var wrong = await RunAsync("plan", Rule(password: File_("wrong")));
        Assert.Equal(5, wrong.Exit);
        Assert.Contains("the user name or the password is wrong", wrong.Output + wrong.Error, StringComparison.Ordinal);

        await File.WriteAllTextAsync(File_("empty"), string.Empty);
        Assert.Contains("which is empty", (await RunAsync("plan", Rule(password: File_("empty")))).Output, StringComparison.Ordinal);

        var nobody = await RuleScene.RunAsync(
            "plan",
            "--simulate",
            "--ldap-anonymous",
            "--ldap-certificate",
            directory.Certificate,
            "--source",
            $"ldaps://{OpenLdap.Address}:{OpenLdap.Port + 1}/dc=example,dc=org");
        Assert.Equal(5, nobody.Exit);
    }

    [OpenLdapFact]
    public async Task Without_encryption_it_is_read_on_this_machine_only_and_told()
    {
        var run = await RunAsync("plan", Rule(server: $"ldap://{OpenLdap.Address}:{OpenLdap.Port}"));
        Assert.Contains("is not encrypted", run.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("plan", Rule("\"startTls\": true,", server: $"ldap://{OpenLdap.Address}:{OpenLdap.Port}"))).Exit);
    }

    private string File_(string name) => Path.Combine(_folder.FullName, name);

    private string Rule(
        string ldap = "",
        string more = "",
        string place = "ou=people,dc=example,dc=org",
        string user = "cn=reader,dc=example,dc=org",
        string? password = null,
        string? server = null)
    {
        var path = File_("rule.json");
        File.WriteAllText(path, $$"""
            {
              "name": "Org",
              {{more}}
              "attributes": { "License": { "constant": "Basic", "apply": "onCreate" } },
              "source": {
                "ldap": {
                  {{ldap}}
                  "servers": "{{server ?? $"ldaps://{OpenLdap.Address}:{OpenLdap.Port + 1}"}}",
                  "base": "{{place}}",
                  "certificate": "{{directory.Certificate}}",
                  "bind": { "user": "{{user}}", "passwordFile": "{{password ?? directory.PasswordFile}}" }
                }
              },
              "guard": {{RuleScene.OpenGuard}}
            }
            """);
        return path;
    }

    private Task<(int Exit, string Output, string Error)> RunAsync(string command, string rule, params string[] more) =>
        RuleScene.RunAsync([command, "--rule", rule, "--state-path", File_("state"), "--simulate", "--json", .. more]);
}
