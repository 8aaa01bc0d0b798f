using System;
using System.IO;
using System.Linq;
using Xunit;
using ZoomProvisioning.Module.Tests.Support;

namespace ZoomProvisioning.Module.Tests;

/// <summary>
/// Arrows point down: within each assembly no folder is used by one it uses itself, by whatever way. Read from the compiled
/// code, so that it cannot be argued with. architecture.md draws what is computed here.
/// </summary>
public class FolderGraphTests
{
    /// <summary>The file and the namespace of its root folder. In Core that is the vocabulary of scripts: Model and Errors.</summary>
    public static TheoryData<string, string> Assemblies => new()
    {
        { StagedModule.PathOf("ZoomProvisioning.Core.dll"), "ZoomProvisioning" },
        { StagedModule.PathOf("ZoomProvisioning.dll"), "ZoomProvisioning" },
        { Path.Combine(StagedModule.Modern, "ZoomProvisioning.Engine.dll"), "ZoomProvisioning.Engine" },
        { Path.Combine(StagedModule.Modern, "ZoomProvisioning.Simulator.dll"), "ZoomProvisioning.Simulator" },
        { StagedModule.BuiltBy("src/ZoomProvisioning.Cli", "net10.0", "zoomprov.dll"), "ZoomProvisioning.Cli" },
    };

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void No_folder_is_used_by_one_it_uses(string path, string root)
    {
        var graph = FolderGraph.Read(path, root);
        Assert.True(graph.Folders.Count > 3, $"{path} shows {graph.Folders.Count} folders.");
        var circles = graph.Circles();
        Assert.True(circles.Count == 0, $"{Path.GetFileName(path)} has a circle:{Environment.NewLine}{string.Join(Environment.NewLine, circles)}");
    }

    /// <summary>architecture.md has a row for each folder that says what it uses; the words beside it are written by hand.</summary>
    [Theory]
    [MemberData(nameof(Assemblies))]
    public void The_document_draws_what_is_computed(string path, string root)
    {
        var graph = FolderGraph.Read(path, root);
        var rows = graph.Folders.Select(f => $"| `{Name(f)}` | {string.Join(", ", graph.UsedBy(f).Order().Select(u => $"`{Name(u)}`"))} |".Replace(
            "|  |", "| |", StringComparison.Ordinal)).ToList();
        var document = File.ReadAllText(Path.Combine(StagedModule.Repository, "src", "docs", "architecture.md"));
        var missing = rows.Where(r => !document.Contains(r, StringComparison.Ordinal)).ToList();
        Assert.True(
            missing.Count == 0,
            $"architecture.md lacks these rows of {Path.GetFileName(path)}:{Environment.NewLine}{string.Join(Environment.NewLine, missing)}");

        // Core's root namespace is the vocabulary of scripts, which lies in two folders.
        string Name(string folder) => folder != "." ? folder : root == "ZoomProvisioning" ? "Model, Errors" : "(root)";
    }

    [Fact]
    public void A_circle_is_told_with_the_types_that_close_it()
    {
        // The folder Circle of this assembly has two that use each other, for this test.
        var graph = FolderGraph.Read(typeof(FolderGraphTests).Assembly.Location, "ZoomProvisioning.Module.Tests.Circle");
        Assert.Equal(["Left -> Right: One uses Other", "Right -> Left: Other uses One"], graph.Circles().Order());
    }
}
