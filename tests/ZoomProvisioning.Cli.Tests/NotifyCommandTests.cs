using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Tests;

namespace ZoomProvisioning.Cli.Tests;

/// <summary>Notifications of the console's runs, over real sockets.</summary>
public sealed class NotifyCommandTests : IDisposable
{
    private const string Password = "pass-word-hidden";

    private static readonly (int Number, string Name, string Department)[] All =
        [.. Enumerable.Range(1, 6).Select(i => (i, $"person{i}", "Sales"))];

    // A variable of its own for each test, since they run side by side.
    private readonly string _hookVariable = "ZOOM_TEST_HOOK_" + Guid.NewGuid().ToString("N");
    private readonly string _passwordVariable = "ZOOM_TEST_PASSWORD_" + Guid.NewGuid().ToString("N");
    private readonly HookListener _hook = new();
    private readonly SmtpListener _mail = new(null, false) { Password = Password };

    public NotifyCommandTests()
    {
        Environment.SetEnvironmentVariable(_hookVariable, _hook.Address);
        Environment.SetEnvironmentVariable(_passwordVariable, Password);
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(_hookVariable, null);
        Environment.SetEnvironmentVariable(_passwordVariable, null);
        _hook.Dispose();
        _mail.Dispose();
    }

    private RuleScene Scene(string on = "always") => new(
        $$"""
        "notify": {
          "on": "{{on}}",
          "webhook": { "urlVariable": "{{_hookVariable}}" },
          "mail": {
            "server": "localhost", "port": {{_mail.Port}}, "security": "none", "from": "zoom@example.com", "to": "it@example.com",
            "user": "zoom", "passwordVariable": "{{_passwordVariable}}"
          }
        },
        """,
        """{ "maxDisable": 1, "maxSourceShrinkPercent": 100 }""");

    private void AssertSecret(params string[] texts) => Assert.All(texts, text =>
    {
        Assert.DoesNotContain("T0PSECRET", text, StringComparison.Ordinal);
        Assert.DoesNotContain("f00dcafe", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, text, StringComparison.Ordinal);
    });

    [Fact]
    public async Task A_run_is_told_to_every_target_and_only_where_it_is_wanted()
    {
        using var scene = Scene("held");
        scene.People(All);
        Assert.Equal(0, (await scene.SimulateAsync("sync")).Exit);
        Assert.Empty(_hook.Requests);
        scene.People(All[..3]);
        var log = scene.File_("run.jsonl");
        var (exit, output, error) = await scene.SimulateAsync("sync", "--log", log);
        Assert.True(exit == 4, output + error);
        var told = JsonDocument.Parse(Assert.Single(_hook.Bodies)).RootElement;
        Assert.Equal(("Staff", "Held", 3), (told.GetProperty("rule").GetString(), told.GetProperty("outcome").GetString(),
            told.GetProperty("counts").GetProperty("held").GetInt32()));
        Assert.Contains("--approve", told.GetProperty("next").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("zoomprov plan --rule ", told.GetProperty("command").GetString(), StringComparison.Ordinal);
        Assert.Contains("Subject: Zoom rule Staff: held", Assert.Single(_mail.Messages), StringComparison.Ordinal);
        Assert.Contains("\"event\":\"notification\"", await File.ReadAllTextAsync(log), StringComparison.Ordinal);
        await scene.SimulateAsync("plan");
        Assert.Single(_hook.Bodies);
        AssertSecret(
        [
            output,
            error,
            await File.ReadAllTextAsync(log),
            .. Directory.GetFiles(scene.State, "*", SearchOption.AllDirectories).Select(File.ReadAllText),
        ]);
        AssertSecret(_hook.Bodies[0], _mail.Messages.Single());
    }

    [Fact]
    public async Task What_does_not_arrive_is_a_warning_and_changes_no_exit_code()
    {
        using var scene = Scene();
        scene.People(All);
        _mail.Password = "another";
        using var gone = new HookListener(_ => "410 Gone");
        Environment.SetEnvironmentVariable(_hookVariable, gone.Address);
        var log = scene.File_("run.jsonl");
        var (exit, output, error) = await scene.SimulateAsync("sync", "--log", log);
        Assert.True(exit == 0, output + error);
        Assert.Contains("The notification did not arrive. Webhook", error, StringComparison.Ordinal);
        Assert.Contains("refused the sign-in of 'zoom'", error, StringComparison.Ordinal);
        Assert.Contains("Zoom.Notification.SignInRefused", await File.ReadAllTextAsync(log), StringComparison.Ordinal);
        AssertSecret(output, error, await File.ReadAllTextAsync(log));
    }

    [Fact]
    public async Task A_run_that_does_not_begin_is_told_as_a_failure()
    {
        using var scene = Scene("failure");
        var (exit, output, error) = await scene.SimulateAsync("sync");
        Assert.True(exit == 1, output + error);
        var told = JsonDocument.Parse(Assert.Single(_hook.Bodies)).RootElement;
        Assert.Equal("Error", told.GetProperty("outcome").GetString());
        Assert.Contains("people.csv", told.GetProperty("sentence").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_is_sent_to_each_target_and_fails_when_one_does()
    {
        using var scene = Scene("held");
        var (exit, output, error) = await RuleScene.RunAsync("test", "--rule", scene.Rule, "--notify");
        Assert.True(exit == 0, output + error);
        Assert.Contains("Webhook (in ZOOM_TEST_HOOK_", output, StringComparison.Ordinal);
        Assert.Contains("Mail (it@example.com by localhost): It arrived.", output, StringComparison.Ordinal);
        Assert.Contains("TEST", JsonDocument.Parse(Assert.Single(_hook.Bodies)).RootElement.GetProperty("title").GetString(), StringComparison.Ordinal);
        Environment.SetEnvironmentVariable(_hookVariable, null);
        (exit, output, error) = await RuleScene.RunAsync("test", "--rule", scene.Rule, "--notify", "--json");
        Assert.Equal(1, exit);
        Assert.Contains("\"errorId\":\"Zoom.Notification.NoSecret\"", output, StringComparison.Ordinal);
        using var silent = new RuleScene();
        (exit, output, error) = await RuleScene.RunAsync("test", "--rule", silent.Rule, "--notify");
        Assert.True(exit == 1 && error.Contains("tells nobody of its runs", StringComparison.Ordinal), output + error);
        Assert.NotEqual(0, (await RuleScene.RunAsync("test", "--notify")).Exit);
        AssertSecret(output, error);
    }
}
