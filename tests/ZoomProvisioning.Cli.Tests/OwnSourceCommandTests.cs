using System.IO;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Cli.Running;

namespace ZoomProvisioning.Cli.Tests;

/// <summary>A rule that names its source needs nothing else on the command line.</summary>
public class OwnSourceCommandTests
{
    private static Task<(int Exit, string Output, string Error)> RunAsync(RuleScene scene, string command, params string[] more) =>
        RuleScene.RunAsync([command, "--rule", scene.Rule, "--state-path", scene.State, "--simulate", .. more]);

    [Fact]
    public async Task A_file_is_read_and_one_on_the_command_line_stands_for_it()
    {
        using var scene = new RuleScene(""" "source": { "csv": "people.csv" }, """);
        scene.People((1, "ana", "Sales"), (2, "bob", "Sales"));

        var first = await RunAsync(scene, "sync");
        Assert.Equal(ExitCode.Done, first.Exit);
        Assert.Contains("2 created", first.Output);

        var other = scene.File_("other.csv");
        await File.WriteAllTextAsync(other, "UserName,FirstName,LastName,Department,Title,EmployeeNumber\ncarl@example.com,Carl,Tester,Sales,Engineer,3\n");
        Assert.Contains("carl@example.com", (await RunAsync(scene, "plan", "--source", other)).Output);
        Assert.DoesNotContain("carl@example.com", (await RunAsync(scene, "plan")).Output);
    }

    [UnixFact]
    public async Task A_program_is_run_and_nobody_is_removed_on_the_word_of_one_that_fails()
    {
        using var scene = new RuleScene(""" "source": { "command": ["sh", "export.sh"] }, """);
        var script = scene.File_("export.sh");
        const string Head = "echo UserName,FirstName,LastName,Department,Title,EmployeeNumber; echo ana@example.com,Ana,Tester,Sales,Engineer,1;";
        await File.WriteAllTextAsync(script, Head + "echo bob@example.com,Bob,Tester,Sales,Engineer,2");
        Assert.Equal(ExitCode.Done, (await RunAsync(scene, "sync")).Exit);

        await File.WriteAllTextAsync(script, Head + "echo 'connection lost' >&2; exit 5");
        var failed = await RunAsync(scene, "sync");

        Assert.Equal(ExitCode.Held, failed.Exit);
        Assert.Contains("ended with exit code 5", failed.Output);
        Assert.Contains("0 disabled", failed.Output);
        Assert.Contains("The command 'sh' says: connection lost", failed.Error);
        Assert.Equal(ExitCode.Held, (await RunAsync(scene, "plan")).Exit);
    }

    [Fact]
    public async Task A_file_that_is_not_there_ends_the_command()
    {
        using var scene = new RuleScene(""" "source": { "csv": "none.csv" }, """);

        var run = await RunAsync(scene, "sync");

        Assert.Equal(ExitCode.Error, run.Exit);
        Assert.Contains(scene.File_("none.csv"), run.Error);
    }
}
