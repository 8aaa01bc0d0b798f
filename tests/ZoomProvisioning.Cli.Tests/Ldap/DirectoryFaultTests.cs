using System;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Threading.Tasks;
using Xunit;

namespace ZoomProvisioning.Cli.Tests.Ldap;

/// <summary>What goes wrong between a directory and a run: a sentence that says what it is, and nobody removed.</summary>
[Collection(DomainTests.Name)]
public sealed class DirectoryFaultTests(DomainController domain) : IDisposable
{
    private readonly DirectoryScene _scene = new(domain);

    public void Dispose() => _scene.Dispose();

    private static string Life => $"\"base\": \"OU=Staff,{DomainPeople.Domain}\", \"filter\": \"(employeeID=E0030*)\",";

    [DomainTheory]
    [InlineData("off@example.test", DomainPeople.Password, "the account is disabled (AD: data 533)")]
    [InlineData("over@example.test", DomainPeople.Password, "the account has expired (AD: data 701)")]
    [InlineData("stale@example.test", DomainPeople.Password, "the account must change its password first (AD: data 773)")]
    [InlineData("reader@example.test", "Falsch.2026", "the user name or the password is wrong (AD: data 52e)")]
    [InlineData("nobody@example.test", "Falsch.2026", "does not let 'nobody@example.test' in")]
    public async Task A_sign_in_that_is_refused_says_why(string user, string password, string why)
    {
        var file = _scene.File_("other-password");
        await File.WriteAllTextAsync(file, password);
        var run = await _scene.RunAsync(
            "sync", _scene.Rule(), "--simulate", "--source", $"ldaps://{DomainController.Address}/OU=Staff,{DomainPeople.Domain}",
            "--ldap-user", user, "--ldap-password-file", file);

        Assert.Equal(5, run.Exit);
        Assert.Contains(why, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(password, run.Output + run.Error, StringComparison.Ordinal);
    }

    [DomainFact]
    public async Task A_locked_account_is_told_from_a_wrong_password_and_one_run_is_one_attempt()
    {
        var wrong = _scene.File_("wrong");
        await File.WriteAllTextAsync(wrong, "wrong");
        // Two servers, and two attempts lock: one run must be one attempt.
        var rule = _scene.Rule(servers: $"\"ldaps://{DomainController.Address}\", \"ldap://{DomainController.Address}\"");
        var text = (await File.ReadAllTextAsync(rule))
            .Replace(DomainController.Reader, "locked@example.test", StringComparison.Ordinal)
            .Replace(domain.PasswordFile, wrong, StringComparison.Ordinal);
        await File.WriteAllTextAsync(rule, text);

        Assert.Contains("data 52e", (await _scene.RunAsync("plan", rule, "--simulate")).Error, StringComparison.Ordinal);
        Assert.Contains("data 52e", (await _scene.RunAsync("plan", rule, "--simulate")).Error, StringComparison.Ordinal);
        await File.WriteAllTextAsync(rule, text.Replace(wrong, domain.PasswordFile, StringComparison.Ordinal));
        var locked = await _scene.RunAsync("plan", rule, "--simulate");

        Assert.Equal(5, locked.Exit);
        Assert.Contains("the account is locked out (AD: data 775)", locked.Error, StringComparison.Ordinal);
    }

    [DomainFact]
    public async Task A_certificate_of_an_authority_nobody_knows_names_the_authority()
    {
        using var other = new Authority("Somebody Else");
        await File.WriteAllTextAsync(_scene.File_("other.pem"), other.Pem);
        var run = await PlanOverAsync($"ldaps://{DomainController.Address}", "--ldap-certificate", _scene.File_("other.pem"));

        Assert.Equal(5, run.Exit);
        Assert.Contains("is not trusted by this machine", run.Error, StringComparison.Ordinal);
        Assert.Contains("CN=Example Test Authority", run.Error, StringComparison.Ordinal);
    }

    [DomainFact]
    public async Task A_certificate_for_another_name_says_for_which()
    {
        using var front = new Front(
            DomainController.Ldaps,
            domain.Authority.Sign(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(5), "dc7.example.test"));
        var run = await PlanOverAsync($"ldaps://127.0.0.1:{front.Port}");

        Assert.Equal(5, run.Exit);
        Assert.Contains("is for another name: it is for DNS:dc7.example.test, and not for 127.0.0.1", run.Error, StringComparison.Ordinal);
    }

    [DomainFact]
    public async Task A_certificate_that_has_expired_says_when()
    {
        using var front = new Front(
            DomainController.Ldaps,
            domain.Authority.Sign(DateTimeOffset.UtcNow.AddDays(-300), DateTimeOffset.UtcNow.AddDays(-7), "127.0.0.1"));
        var run = await PlanOverAsync($"ldaps://127.0.0.1:{front.Port}");

        Assert.Equal(5, run.Exit);
        Assert.Contains("has expired (it is valid from ", run.Error, StringComparison.Ordinal);
    }

    [DomainFact]
    public async Task StartTls_is_as_good_and_is_demanded()
    {
        // On this machine itself ldap:// goes without, which a domain controller does not take a password over.
        var plain = await PlanOverAsync($"ldap://{DomainController.Address}");
        Assert.Equal(5, plain.Exit);
        Assert.Contains("The directory wants encryption or signing for this: use ldaps://.", plain.Error, StringComparison.Ordinal);

        var rule = _scene.Rule(Life + "\"startTls\": true,", servers: $"\"ldap://{DomainController.Address}\"");
        Assert.Equal(2, (await _scene.RunAsync("plan", rule, "--simulate", "--fresh")).Exit);

        // A port that speaks something else.
        using var silent = new TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        _ = silent.AcceptTcpClientAsync().ContinueWith(c => c.Result.Close(), TaskScheduler.Default);
        var refused = await _scene.RunAsync(
            "plan",
            _scene.Rule(Life + "\"startTls\": true,", servers: $"\"ldap://127.0.0.1:{((System.Net.IPEndPoint)silent.LocalEndpoint).Port}\""),
            "--simulate");
        Assert.Equal(5, refused.Exit);
    }

    [DomainTheory]
    [InlineData("ldaps://nosuch.invalid", "The name nosuch.invalid is not known to this machine's DNS")]
    [InlineData("ldaps://127.0.7.1:1", "127.0.7.1 does not answer on port 1")]
    public async Task A_name_and_a_port_are_told_apart(string server, string message)
    {
        var run = await PlanOverAsync(server);

        Assert.Equal(5, run.Exit);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [DomainFact]
    public async Task A_base_and_a_group_that_are_not_there_are_named_and_nothing_is_done()
    {
        var noBase = await _scene.RunAsync("sync", _scene.Rule("\"base\": \"OU=Staf,DC=example,DC=test\","), "--simulate");
        Assert.Equal(1, noBase.Exit);
        Assert.Contains("There is no 'OU=Staf,DC=example,DC=test'", noBase.Error, StringComparison.Ordinal);

        var noGroup = await _scene.RunAsync("sync", _scene.Rule(more: "\"scope\": \"memberOf eq 'CN=Zoom,OU=Groups,DC=example,DC=test'\","), "--simulate");
        Assert.Equal(1, noGroup.Exit);
        Assert.Contains("There is no group 'CN=Zoom,OU=Groups,DC=example,DC=test'", noGroup.Error, StringComparison.Ordinal);
    }

    [DomainFact]
    public async Task A_domain_controller_stopped_in_the_middle_removes_nobody_and_the_next_one_reads_everybody()
    {
        // Small pages, so that some have gone through when the plug is pulled.
        const string Settings = $"\"base\": \"OU=Staff,{DomainPeople.Domain}\", \"filter\": "
            + "\"(|(employeeID=E0030*)(employeeID=E0031*)(employeeID=E0032*))\", \"pageSize\": 5,";
        Assert.Equal(0, (await _scene.RunAsync("sync", _scene.Rule(Settings), "--simulate")).Exit);

        using (var stopping = Stopping())
        {
            var run = await _scene.RunAsync("sync", _scene.Rule(Settings, servers: $"\"ldaps://127.0.0.1:{stopping.Port}\""), "--simulate", "--json");
            var summary = DirectoryScene.Lines(run.Output)[^1];
            Assert.True(summary.GetProperty("type").GetString() == "summary", run.Output);
            Assert.Equal(0, summary.GetProperty("disabled").GetInt32());
            Assert.Equal(4, run.Exit);
            Assert.Contains(
                "The directory was not read to its end: after 10 people, the connection to ldaps://127.0.0.1:",
                run.Output,
                StringComparison.Ordinal);
        }

        using (var stopping = Stopping())
        {
            var both = await _scene.RunAsync(
                "sync",
                _scene.Rule(Settings, servers: $"\"ldaps://127.0.0.1:{stopping.Port}\", \"ldaps://{DomainController.Address}\""),
                "--simulate",
                "--json");
            Assert.Equal(0, both.Exit);
            Assert.Equal(30, DirectoryScene.Lines(both.Output)[^1].GetProperty("unchanged").GetInt32());
        }

        // The sign-in, what the server says of itself, and two pages.
        Front Stopping() => new(
            DomainController.Ldaps, domain.Authority.Sign(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(5), "127.0.0.1"), requests: 4);
    }

    private Task<(int Exit, string Output, string Error)> PlanOverAsync(string server, params string[] more) => RuleScene.RunAsync(
        ["plan", "--simulate", "--source", $"{server}/OU=Staff,{DomainPeople.Domain}??sub?(employeeID=E0030*)", "--ldap-user",
         DomainController.Reader, "--ldap-password-file", domain.PasswordFile,
            .. more.Contains("--ldap-certificate") ? (string[])[] : ["--ldap-certificate", domain.Certificate], .. more]);
}
