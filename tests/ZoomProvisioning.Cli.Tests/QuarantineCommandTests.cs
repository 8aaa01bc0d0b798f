using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace ZoomProvisioning.Cli.Tests;

/// <summary>A rule whose runs were held back three times in a row, on the command line.</summary>
public class QuarantineCommandTests
{
    private static readonly (int Number, string Name, string Department)[] All =
        [.. Enumerable.Range(1, 6).Select(i => (i, $"person{i}", "Sales"))];

    [Fact]
    public async Task It_only_plans_with_exit_code_4_until_it_is_resumed()
    {
        using var scene = new RuleScene(guard: """{ "maxDisable": 1, "maxSourceShrinkPercent": 100 }""");
        scene.People(All);
        Assert.Equal(0, (await scene.SimulateAsync("sync")).Exit);
        scene.People(All[..3]);
        for (var run = 0; run < 3; run++)
        {
            var held = await scene.SimulateAsync("sync");
            Assert.True(held.Exit == 4, held.Output + held.Error);
            Assert.DoesNotContain("quarantine", held.Output + held.Error, StringComparison.Ordinal);
        }

        scene.People([.. All[..3], (9, "joiner", "Sales")]);
        var (exit, output, error) = await scene.SimulateAsync("sync");
        Assert.True(exit == 4, output + error);
        var said = output + error;
        Assert.Contains("The rule 'Staff' is in quarantine", said, StringComparison.Ordinal);
        Assert.Contains("See why with zoomprov runs; then run it once with --resume", said, StringComparison.Ordinal);
        Assert.Contains("0 created", said, StringComparison.Ordinal);
        Assert.Equal(2, (await scene.SimulateAsync("plan", "--resume")).Exit);
        (exit, output, error) = await scene.SimulateAsync("sync", "--resume");
        Assert.True(exit == 4 && output.Contains("1 created", StringComparison.Ordinal), output + error);
        Assert.DoesNotContain("quarantine", output + error, StringComparison.Ordinal);
    }
}
