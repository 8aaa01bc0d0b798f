using System;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace ZoomProvisioning.Cli.Tests;

/// <summary><c>approve</c>, and rules whose plans must be approved: nothing is done without, and only what was approved.</summary>
public class ApproveCommandTests
{
    [Fact]
    public async Task A_rule_that_wants_two_people_does_nothing_before_two_different_ones_have_approved()
    {
        var (ada, adaPrint) = Certificate("CN=Ada");
        var (ben, benPrint) = Certificate("CN=Ben");
        using var scene = new RuleScene($$"""
            "approval": { "need": "two", "certificates": ["{{adaPrint}}", "{{benPrint}}"] },
            """);
        scene.People((1, "ada", "Research"), (2, "ben", "Sales"));
        var (first, second) = (scene.File_("ada.pem"), scene.File_("ben.pem"));
        await File.WriteAllTextAsync(first, ada);
        await File.WriteAllTextAsync(second, ben);

        // A run only plans.
        var sync = await scene.SimulateAsync("sync");
        Assert.Equal(4, sync.Exit);
        Assert.Contains("The rule 'Staff' wants two different people to approve a plan before anything of it is done", sync.Output, StringComparison.Ordinal);
        Assert.Contains(
            "Save the plan with zoomprov plan --out, have it approved with zoomprov approve, and apply it with zoomprov apply.",
            sync.Output,
            StringComparison.Ordinal);
        Assert.Contains("0 created", sync.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("ada@example.com", Tenant(scene), StringComparison.Ordinal);

        var (plan, page) = (scene.File_("plan.json"), scene.File_("plan.html"));
        var made = await scene.SimulateAsync("plan", "--out", plan, "--html", page);
        Assert.Equal(4, made.Exit);
        Assert.Contains($"zoomprov approve --plan {plan}", await File.ReadAllTextAsync(page), StringComparison.Ordinal);
        Assert.Contains("nobody has.", await RefusedAsync(scene, plan), StringComparison.Ordinal);

        // Without a signature it does not count, and the same person twice is one.
        Assert.Equal(0, (await RuleScene.RunAsync("approve", "--plan", plan)).Exit);
        Assert.Contains("not signed, and the rule counts signed ones only", await RefusedAsync(scene, plan), StringComparison.Ordinal);
        await RuleScene.RunAsync("approve", "--plan", plan, "--certificate", first);
        Assert.Contains(" only.", await RefusedAsync(scene, plan), StringComparison.Ordinal);
        var again = await RuleScene.RunAsync("approve", "--plan", plan, "--certificate", first, "--comment", "once more");
        Assert.Contains("had approved this plan already", again.Output, StringComparison.Ordinal);
        Assert.Contains(" only.", await RefusedAsync(scene, plan), StringComparison.Ordinal);
        Assert.DoesNotContain("ada@example.com", Tenant(scene), StringComparison.Ordinal);

        var other = await RuleScene.RunAsync("approve", "--plan", plan, "--certificate", second, "--comment", "as discussed", "--html", page);
        Assert.Equal(0, other.Exit);
        Assert.Contains("Approve 2 of 2 entries of the plan", other.Output, StringComparison.Ordinal);
        Assert.Contains("signed by CN=Ben", other.Output, StringComparison.Ordinal);
        Assert.Contains("as discussed", await File.ReadAllTextAsync(page), StringComparison.Ordinal);

        var apply = await scene.SimulateAsync("apply", "--plan", plan, "--report", page);
        Assert.True(apply.Exit == 0, apply.Output + apply.Error);
        Assert.Contains("2 created", apply.Output, StringComparison.Ordinal);
        Assert.Contains("signed by CN=Ada", await File.ReadAllTextAsync(page), StringComparison.Ordinal);
        var approved = (await RuleScene.RunAsync("history", "--state-path", scene.RuleFolder, "--action", "Approved")).Output;
        Assert.Contains("signed by CN=Ada", approved, StringComparison.Ordinal);
        Assert.Contains("\"as discussed\"", approved, StringComparison.Ordinal);

        Assert.Contains("a plan applies once", (await scene.SimulateAsync("apply", "--plan", plan)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_not_approved_is_not_done_and_whoever_is_not_in_the_plan_cannot_be_excepted()
    {
        using var scene = new RuleScene("\"approval\": \"required\",");
        scene.People((1, "ada", "Research"), (2, "ben", "Sales"), (3, "cleo", "Sales"));
        var plan = scene.File_("plan.json");
        await scene.SimulateAsync("plan", "--out", plan);
        var misspelt = await RuleScene.RunAsync("approve", "--plan", plan, "--except", "benn@example.com");
        Assert.Equal(1, misspelt.Exit);
        Assert.Contains("nothing to do for anybody called 'benn@example.com'", misspelt.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(plan)!, "*.approval.*"));

        var told = JsonDocument.Parse((await RuleScene.RunAsync("approve", "--plan", plan, "--except", "BEN@*", "--json")).Output).RootElement;
        Assert.Equal((2, 3), (told.GetProperty("approved").GetInt32(), told.GetProperty("of").GetInt32()));
        var apply = await scene.SimulateAsync("apply", "--plan", plan);
        Assert.Equal(4, apply.Exit);
        Assert.Contains("2 created", apply.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("ben@example.com", Tenant(scene), StringComparison.Ordinal);

        // The approval of one plan is not that of the next, and -Approve stands for nobody.
        await scene.SimulateAsync("plan", "--out", plan);
        Assert.Contains("is of another plan than", (await scene.SimulateAsync("apply", "--plan", plan)).Error, StringComparison.Ordinal);
        var byId = await scene.SimulateAsync("sync", "--approve", "3f0c91d2ab45");
        Assert.Equal(1, byId.Exit);
        Assert.Contains("wants somebody to approve a plan, and --approve says of nobody who that was", byId.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_approval_that_was_changed_or_signed_with_another_key_is_refused()
    {
        const string Variable = "ZOOMPROV_TEST_APPROVAL_KEY";
        using var scene = new RuleScene($$"""
            "approval": { "need": "required", "keyVariable": "{{Variable}}" },
            """);
        scene.People((1, "ada", "Research"));
        var plan = scene.File_("plan.json");
        await scene.SimulateAsync("plan", "--out", plan);
        Environment.SetEnvironmentVariable(Variable, "too short");
        Assert.Contains("could be guessed", (await RuleScene.RunAsync("approve", "--plan", plan, "--key-variable", Variable)).Error, StringComparison.Ordinal);
        Environment.SetEnvironmentVariable(Variable, "a key of many words that nobody guesses");
        Assert.Equal(0, (await RuleScene.RunAsync("approve", "--plan", plan, "--key-variable", Variable)).Exit);
        var file = Assert.Single(Directory.GetFiles(Path.GetDirectoryName(plan)!, "*.approval.*"));
        var text = await File.ReadAllTextAsync(file);
        Assert.DoesNotContain("nobody guesses", text, StringComparison.Ordinal);

        await File.WriteAllTextAsync(file, text.Replace("\"of\": 1", "\"of\": 2", StringComparison.Ordinal));
        Assert.Contains("it was changed after it was made", (await scene.SimulateAsync("apply", "--plan", plan)).Error, StringComparison.Ordinal);

        // The digest can be made by anybody, the signature cannot.
        await File.WriteAllTextAsync(file, text);
        Environment.SetEnvironmentVariable(Variable, "another key, as long as the first one was");
        var other = await scene.SimulateAsync("apply", "--plan", plan);
        Assert.Equal(1, other.Exit);
        Assert.Contains("its signature is not that of what stands in it", other.Error, StringComparison.Ordinal);

        Environment.SetEnvironmentVariable(Variable, "a key of many words that nobody guesses");
        Assert.Equal(0, (await scene.SimulateAsync("apply", "--plan", plan)).Exit);
    }

    [Fact]
    public async Task An_approval_lets_go_what_the_guard_holds_also_of_a_rule_that_wants_none_and_nothing_else_of_that_plan()
    {
        using var scene = new RuleScene(guard: """{ "maxDisable": 0, "maxDisablePercent": 0, "maxSourceShrinkPercent": 100 }""");
        scene.People((1, "ada", "Research"), (2, "ben", "Sales"), (3, "cleo", "Sales"));
        await scene.SimulateAsync("sync");
        scene.People((1, "ada", "Legal"));
        var plan = scene.File_("plan.json");
        Assert.Equal(2, (await scene.SimulateAsync("plan", "--out", plan)).Exit);
        await RuleScene.RunAsync("approve", "--plan", plan, "--only", "cleo@example.com");

        var apply = await scene.SimulateAsync("apply", "--plan", plan);
        Assert.Equal(4, apply.Exit);
        Assert.Contains("0 created, 0 updated, 1 disabled", apply.Output, StringComparison.Ordinal);
        Assert.Contains("only what was approved is done", apply.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_undo_of_a_rule_that_wants_an_approval_waits_for_it_too()
    {
        using var scene = new RuleScene("\"approval\": \"required\",");
        scene.People((1, "ada", "Research"));
        var plan = scene.File_("plan.json");
        await scene.SimulateAsync("plan", "--out", plan);
        await RuleScene.RunAsync("approve", "--plan", plan);
        Assert.Equal(0, (await scene.SimulateAsync("apply", "--plan", plan)).Exit);
        var runs = (await RuleScene.RunAsync("runs", "--state-path", scene.RuleFolder, "--json")).Output.Split('\n')[0];
        string[] undo = ["undo", "--run-id", JsonDocument.Parse(runs).RootElement.GetProperty("runId").GetString()!, "--simulate", "--state-path", scene.State];

        var held = await RuleScene.RunAsync(undo);
        Assert.Equal(4, held.Exit);
        Assert.Contains("have it approved with zoomprov approve, and undo with --plan.", held.Output, StringComparison.Ordinal);
        var file = scene.File_("undo.json");
        await RuleScene.RunAsync([.. undo, "--dry-run", "--out", file]);
        Assert.Equal(4, (await RuleScene.RunAsync([.. undo, "--plan", file])).Exit);
        Assert.Equal(0, (await RuleScene.RunAsync("approve", "--plan", file)).Exit);
        var undone = await RuleScene.RunAsync([.. undo, "--plan", file]);
        Assert.True(undone.Exit == 0, undone.Output + undone.Error);
        Assert.Contains("1 disabled", undone.Output, StringComparison.Ordinal);
        Assert.Contains("used before", (await RuleScene.RunAsync([.. undo, "--plan", file])).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"requird\"", "approval: 'requird' is not possible here (did you mean 'required'?)")]
    [InlineData("{ \"need\": \"two\", \"certificate\": [] }", "there is no such setting (did you mean 'certificates'?)")]
    [InlineData("{ \"keyVariable\": \"X\" }", "it does not say by whom (need)")]
    [InlineData("{ \"need\": \"two\", \"certificates\": [\"12AB\"] }", "'12AB' is no thumbprint of a certificate")]
    public async Task Mistakes_in_the_setting_are_told_with_what_was_meant(string approval, string told)
    {
        using var scene = new RuleScene($"\"approval\": {approval},");
        var validated = await RuleScene.RunAsync("sync", "--rule", scene.Rule, "--validate-only");
        Assert.Equal(1, validated.Exit);
        Assert.Contains(told, validated.Error, StringComparison.Ordinal);
    }

    private static async Task<string> RefusedAsync(RuleScene scene, string plan)
    {
        var (exit, _, error) = await scene.SimulateAsync("apply", "--plan", plan);
        Assert.Equal(4, exit);
        return error;
    }

    private static string Tenant(RuleScene scene) => File.ReadAllText(Path.Combine(scene.RuleFolder, "simulator.json"));

    /// <summary>A certificate of one's own, with its key, as PEM; and its thumbprint.</summary>
    private static (string Pem, string Thumbprint) Certificate(string subject)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddYears(-1), DateTimeOffset.UtcNow.AddYears(10));
        return (certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem(), certificate.Thumbprint);
    }
}
