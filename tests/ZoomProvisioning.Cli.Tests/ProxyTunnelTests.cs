using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Xunit;

namespace ZoomProvisioning.Cli.Tests;

/// <summary>
/// The real program behind a company's proxy: HTTPS_PROXY with user name and password, a tunnel, TLS inside. What it is signed in with
/// must be seen by the proxy alone.
/// </summary>
public sealed class ProxyTunnelTests : IDisposable
{
    private const string User = "svc-proxy";
    private const string Password = "S3cr3t/Pr@xy-0815";

    private readonly RuleScene _scene = new();

    public ProxyTunnelTests() => _scene.People([.. Enumerable.Range(1, 6).Select(n => (n, $"user{n}", "Sales"))]);

    private string[] Sync =>
    [
        "sync", "--source", _scene.Source, "--rule", _scene.Rule, "--state-path", _scene.State, "--log", _scene.File_("run.log"), "--report",
        _scene.File_("run.html"), "--details",
    ];

    public void Dispose() => _scene.Dispose();

    [LinuxFact]
    public async Task A_run_through_a_tunnel_works_and_shows_nothing_of_what_the_proxy_is_signed_in_with()
    {
        await using var zoom = await ServedZoom.StartAsync();
        using var proxy = new TunnelProxy(User, Password, zoom.Host.Address.Port);
        var environment = Environment_(RuleScene.EnvironmentOf(zoom), proxy, Password);
        var (exit, output, error) = await CliProcess.RunAsync(environment, Sync);
        Assert.True(exit == 0, output + error);
        Assert.Contains("6 created", output, StringComparison.Ordinal);
        var (testExit, testOutput, testError) = await CliProcess.RunAsync(environment, "test", "--detailed");
        Assert.True(testExit == 0, testOutput + testError);
        Assert.Contains($"127.0.0.1:{proxy.Port}", testOutput, StringComparison.Ordinal);
        Assert.All(proxy.Asked, line => Assert.StartsWith($"CONNECT {TunnelProxy.Host}:443 ", line, StringComparison.Ordinal));
        AssertNoSecret(zoom.Zoom.ClientSecret, output, error, testOutput, testError);
    }

    [LinuxFact]
    public async Task A_wrong_password_is_told_apart_though_the_proxy_repeats_it()
    {
        await using var zoom = await ServedZoom.StartAsync();
        using var proxy = new TunnelProxy(User, "another one", zoom.Host.Address.Port);
        var environment = Environment_(RuleScene.EnvironmentOf(zoom), proxy, Password);
        var run = await CliProcess.RunAsync(environment, Sync);
        Assert.Equal(5, run.Exit);
        Assert.Contains("407", run.Error, StringComparison.Ordinal);
        Assert.Contains("HTTPS_PROXY", run.Error, StringComparison.Ordinal);
        var test = await CliProcess.RunAsync(environment, "test", "--detailed", "--json");
        Assert.NotEqual(0, test.Exit);
        Assert.Contains("407", test.Output, StringComparison.Ordinal);
        AssertNoSecret(zoom.Zoom.ClientSecret, run.Output, run.Error, test.Output, test.Error);
    }

    [LinuxFact]
    public async Task A_server_that_repeats_what_it_is_sent_gives_nothing_away_and_steers_no_terminal()
    {
        using var proxy = new TunnelProxy(User, Password, server: null);
        var environment = Environment_(new Dictionary<string, string>
        {
            ["ZOOM_ACCOUNT_ID"] = "account",
            ["ZOOM_CLIENT_ID"] = "client",
            ["ZOOM_CLIENT_SECRET"] = "the-client-secret-of-this-test",
        }, proxy, Password);
        var run = await CliProcess.RunAsync(environment, Sync);
        Assert.NotEqual(0, run.Exit);
        Assert.Contains("You sent", run.Error, StringComparison.Ordinal);
        var test = await CliProcess.RunAsync(environment, "test", "--detailed");
        Assert.NotEqual(0, test.Exit);
        AssertNoSecret("the-client-secret-of-this-test", run.Output, run.Error, test.Output, test.Error);
        Assert.DoesNotContain(run.Output + run.Error + test.Output + test.Error, c => (char.IsControl(c) && c is not '\n') || c is '\u202E');
    }

    private Dictionary<string, string> Environment_(Dictionary<string, string> zoom, TunnelProxy proxy, string password)
    {
        var authorities = _scene.File_("authorities.pem");
        File.WriteAllText(authorities, proxy.Authority);
        return new Dictionary<string, string>(zoom)
        {
            ["ZOOM_SCIM_URI"] = $"https://{TunnelProxy.Host}/scim2",
            ["ZOOM_TOKEN_URI"] = $"https://{TunnelProxy.Host}/oauth/token",
            ["HTTPS_PROXY"] = $"http://{User}:{Uri.EscapeDataString(password)}@127.0.0.1:{proxy.Port}",
            ["NO_PROXY"] = string.Empty,
            ["SSL_CERT_FILE"] = authorities,
        };
    }

    /// <summary>Neither what was shown nor any file that was written holds a secret, in whatever spelling.</summary>
    private void AssertNoSecret(string clientSecret, params string[] shown)
    {
        string[] secrets =
        [
            Password, Uri.EscapeDataString(Password), Password[..8], Password[^8..], Base64($"{User}:{Password}"), clientSecret,
            Base64($"client:{clientSecret}"), "the-token-of-this-test", "eyJ",
        ];
        var files = Directory.GetFiles(Path.GetDirectoryName(_scene.Rule)!, "*", SearchOption.AllDirectories).ToList();
        foreach (var text in shown.Concat(files.Select(f => File.ReadAllText(f, Encoding.Latin1))))
        {
            Assert.All(secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        }
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private sealed class LinuxFactAttribute : FactAttribute
    {
        public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : "Only there a file says whose certificates a process trusts.";
    }
}
