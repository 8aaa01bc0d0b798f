using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace ZoomProvisioning.Cli.Tests;

/// <summary>The folder of a rule's state is gone, as in a container without a volume.</summary>
public sealed class LostStateTests : IDisposable
{
    private readonly RuleScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task A_lost_folder_is_told_in_every_run_that_begins_without_one_and_once_where_it_stays()
    {
        People(12);
        Assert.Equal(0, (await SyncAsync()).Exit);

        for (var run = 0; run < 2; run++)
        {
            // Each run begins without what the one before has kept.
            Directory.Delete(_scene.State, recursive: true);
            People(11);
            var (exit, output, error) = await SyncAsync();
            Assert.True(exit == 4, output + error);
            Assert.Contains("seems to have run before and to have lost its state folder", output + error, StringComparison.Ordinal);
        }

        // Where the folder stays, the next run takes over; whoever left meanwhile is not known, and is told nowhere.
        var after = await SyncAsync();
        Assert.True(after.Exit == 0, after.Output + after.Error);
        Assert.Contains("11 adopted", after.Output, StringComparison.Ordinal);
        People(10);
        Assert.Contains("1 disabled", (await SyncAsync()).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_first_run_over_people_whom_others_made_takes_them_over()
    {
        People(12, "Research");
        Assert.Equal(0, (await SyncAsync()).Exit);
        Directory.Delete(_scene.State, recursive: true);
        People(12, "Sales");
        var (exit, output, error) = await SyncAsync();
        Assert.True(exit == 0, output + error);
        Assert.Contains("12 adopted", output, StringComparison.Ordinal);
    }

    private void People(int count, string department = "Sales") =>
        _scene.People([.. Enumerable.Range(1, count).Select(i => (i, $"user{i}", department))]);

    private Task<(int Exit, string Output, string Error)> SyncAsync() => RuleScene.RunAsync(
        "sync", "--source", _scene.Source, "--rule", _scene.Rule, "--state-path", _scene.State, "--simulate", "--simulator-state", _scene.File_("tenant.json"));
}
