using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Module.Tests.Support;

namespace ZoomProvisioning.Module.Tests;

/// <summary>Whoever builds a release again, wherever, gets the same files: so it can be checked that nobody put anything into them.</summary>
public sealed class ReproducibleBuildTests : IDisposable
{
    // Two compilers in one process could agree by chance, and a build server would outlive the folder.
    private static readonly string[] Cleanly =
        ["--configuration", "Release", "--verbosity", "quiet", "--disable-build-servers", "-nodeReuse:false", "-property:RunAnalyzers=false"];

    // The module brings Core, Engine, Simulator and Loader along.
    private const string Released = """
        { "solution": { "path": "ZoomProvisioning.sln", "projects": [
            "src/ZoomProvisioning/ZoomProvisioning.csproj", "src/ZoomProvisioning.Cli/ZoomProvisioning.Cli.csproj" ] } }
        """;

    private static readonly string[] Sources = ["*.props", "*.psd1", "*.sln", "*.md", "global.json", ".editorconfig", "LICENSE"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("zoom-twice-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Two_clean_builds_in_two_folders_give_the_same_files()
    {
        var first = await BuildAsync("a");
        var second = await BuildAsync(Path.Combine("another", "longer path", "b"));
        Assert.Equal(first, second);

        var staged = first.Keys.Where(k => k.StartsWith("out", StringComparison.Ordinal)).ToList();
        string[] products = ["ZoomProvisioning.dll", "ZoomProvisioning.Core.dll", "zoomprov.dll"];
        string[] twice = ["ZoomProvisioning.Engine.dll", "ZoomProvisioning.Simulator.dll"];
        Assert.All(products, p => Assert.Contains(first.Keys, k => Path.GetFileName(k) == p));
        Assert.All(twice, p => Assert.Equal(["net472", "net8.0"], staged.Where(k => Path.GetFileName(k) == p).Select(Framework)));
        Assert.Contains(first.Keys, k => Path.GetFileName(k) == "ZoomProvisioning.Loader.dll");
    }

    // The staged module and the console, each file with its hash.
    private async Task<SortedDictionary<string, string>> BuildAsync(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.FullName, name)).FullName;
        CopySources(folder);
        var released = Path.Combine(folder, "Released.slnf");
        File.WriteAllText(released, Released);
        var build = await ChildProcess.RunAsync(ChildProcess.DotNet, ["build", released, .. Cleanly], TimeSpan.FromMinutes(15));
        Assert.True(build.ExitCode == 0, build.Output + build.Errors);
        var files = Directory.EnumerateFiles(Path.Combine(folder, "out"), "*", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Path.Combine(folder, "src", "ZoomProvisioning.Cli", "bin", "Release"), "*.dll", SearchOption.AllDirectories));
        return new SortedDictionary<string, string>(
            files.ToDictionary(f => Path.GetRelativePath(folder, f), f => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f)))), StringComparer.Ordinal);
    }

    private static void CopySources(string folder)
    {
        var root = new DirectoryInfo(StagedModule.Repository);
        var files = Sources.SelectMany(root.EnumerateFiles)
            .Concat(new[] { "src", "en-US" }.SelectMany(d => root.CreateSubdirectory(d).EnumerateFiles("*", SearchOption.AllDirectories)));
        foreach (var file in files)
        {
            var place = Path.GetRelativePath(root.FullName, file.FullName);
            if (!place.Split(Path.DirectorySeparatorChar).Any(p => p is "bin" or "obj"))
            {
                var copy = Path.Combine(folder, place);
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                file.CopyTo(copy);
            }
        }
    }

    private static string Framework(string path) => Path.GetFileName(Path.GetDirectoryName(path))!;
}
