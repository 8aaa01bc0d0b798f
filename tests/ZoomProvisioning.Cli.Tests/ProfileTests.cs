using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace ZoomProvisioning.Cli.Tests;

/// <summary>Profiles, the report, and where the secret must not be seen: the real program at a served simulator.</summary>
public sealed class ProfileTests : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("zoomprov-home-");

    public void Dispose() => _home.Delete(recursive: true);

    [Fact]
    public async Task A_profile_with_a_variable_is_enough_to_sign_in_and_its_switches_hold()
    {
        await using var zoom = await ServedZoom.StartAsync(seedUsers: 2);
        Save("contoso", zoom, """{"environmentVariable":"CONTOSO_SECRET"}""", allowCreate: false);
        var run = await ZoomprovProcess.RunAsync(
            Environment(("CONTOSO_SECRET", zoom.Zoom.ClientSecret)), "sync", "--profile", "CONTOSO", "--source", People(), "--json");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("\"blocked\":1", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_missing_is_named_and_nothing_is_asked()
    {
        await using var zoom = await ServedZoom.StartAsync();
        Save("contoso", zoom, """{"environmentVariable":"CONTOSO_SECRET"}""");
        Save("vaulted", zoom, """{"vault":"Work","name":"zoom"}""");
        await Fails(5, "CONTOSO_SECRET", "test", "--profile", "contoso");
        await Fails(5, "only PowerShell", "test", "--profile", "vaulted");
        await Fails(1, "contoso, vaulted", "test", "--profile", "nobody");
        await Fails(1, "use one of them", "test", "--profile", "contoso", "--simulate");
        await Fails(5, "ZOOM_ACCOUNT_ID, ZOOM_CLIENT_ID, ZOOM_CLIENT_SECRET", "test");
        await Fails(1, "clientSecret", "test", "--profile", Save("hasty", zoom, "null", more: ",\"clientSecret\":\"hunter2\""));

        // 5: nothing to sign in with. 1: the command could not do its work for another reason.
        async Task Fails(int exitCode, string words, params string[] arguments)
        {
            var run = await ZoomprovProcess.RunAsync(Environment(), arguments);
            Assert.Equal(exitCode, run.ExitCode);
            var said = string.Join(' ', (run.Output + run.Error).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            Assert.Contains(words, said, StringComparison.Ordinal);
            Assert.DoesNotContain("hunter2", said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_report_fits_a_ticket()
    {
        await using var zoom = await ServedZoom.StartAsync(seedUsers: 2);
        Save("contoso", zoom, """{"environmentVariable":"CONTOSO_SECRET"}""");
        var run = await ZoomprovProcess.RunAsync(Environment(("CONTOSO_SECRET", zoom.Zoom.ClientSecret)), "test", "--detailed", "--profile", "contoso");
        Assert.Equal(0, run.ExitCode);
        var lines = run.Output.Split('\n').Select(line => line.TrimEnd('\r')).ToList();
        Assert.Equal("Zoom connection report: contoso works", lines[0]);
        Assert.All(lines, line => Assert.True(line.Length <= 78, line));
        Assert.Contains(lines, line => line.StartsWith(" ok   Clock          This machine's clock and Zoom's agree", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith(
            string.Create(CultureInfo.InvariantCulture, $" ok   Tcp            127.0.0.1 port {zoom.Host.Address.Port} at "),
            StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_report_that_fails_exits_with_1_also_as_JSON()
    {
        await using var zoom = await ServedZoom.StartAsync();
        Save("contoso", zoom, """{"environmentVariable":"CONTOSO_SECRET"}""");
        var run = await ZoomprovProcess.RunAsync(
            Environment(("CONTOSO_SECRET", "wrong-but-secret-4711")), "test", "--detailed", "--json", "--profile", "contoso");
        Assert.Equal(1, run.ExitCode);
        var report = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Single(line => line.GetProperty("type").GetString() == "report");
        Assert.False(report.GetProperty("passed").GetBoolean());
        Assert.Contains("FAILS at Token", report.GetProperty("text").GetString(), StringComparison.Ordinal);
        NoSecret("wrong-but-secret-4711", zoom.Zoom.ClientId, run);
    }

    [Fact]
    public async Task Neither_output_nor_files_hold_the_secret_or_a_token()
    {
        await using var zoom = await ServedZoom.StartAsync(seedUsers: 2);
        Save("contoso", zoom, """{"environmentVariable":"CONTOSO_SECRET"}""");
        foreach (var format in new[] { Array.Empty<string>(), ["--json"] })
        {
            foreach (var command in new[] { new[] { "test" }, ["test", "--detailed"], ["plan", "--source", People()], ["sync", "--source", People()] })
            {
                NoSecret(zoom.Zoom.ClientSecret, zoom.Zoom.ClientId, await ZoomprovProcess.RunAsync(
                    Environment(("CONTOSO_SECRET", zoom.Zoom.ClientSecret)), [.. command, "--profile", "contoso", .. format]));
            }
        }

        Assert.All(
            _home.GetFiles("*", SearchOption.AllDirectories),
            file => Assert.DoesNotContain(zoom.Zoom.ClientSecret, File.ReadAllText(file.FullName), StringComparison.Ordinal));
    }

    private static void NoSecret(string secret, string clientId, ZoomprovProcess run)
    {
        var all = run.Output + run.Error;
        Assert.NotEmpty(all);
        Assert.DoesNotContain(secret, all, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes($"{clientId}:{secret}")), all, StringComparison.Ordinal);
        Assert.DoesNotMatch("Bearer\\s+[A-Za-z0-9._-]{8,}", all);
        Assert.DoesNotContain("access_token\":\"", all, StringComparison.Ordinal);
    }

    private Dictionary<string, string> Environment(params (string Name, string Value)[] more)
    {
        var environment = more.ToDictionary(m => m.Name, m => m.Value);
        environment["ZOOM_PROVISIONING_HOME"] = _home.FullName;
        return environment;
    }

    private string Save(string name, ServedZoom zoom, string secret, bool allowCreate = true, string more = "")
    {
        var folder = _home.CreateSubdirectory("profiles").FullName;
        File.WriteAllText(Path.Combine(folder, name + ".json"), $$"""
            {"accountId":"{{zoom.Zoom.AccountId}}","clientId":"{{zoom.Zoom.ClientId}}","scimUri":"{{zoom.Host.ScimUri}}","tokenUri":"{{zoom.Host.TokenUri}}",
             "allowCreate":{{(allowCreate ? "true" : "false")}},"secret":{{secret}}{{more}}}
            """);
        return name;
    }

    private string People()
    {
        var file = Path.Combine(_home.FullName, "people.csv");
        File.WriteAllText(file, "UserName,FirstName,LastName\njill@example.com,Jill,Chill\n");
        return file;
    }
}
