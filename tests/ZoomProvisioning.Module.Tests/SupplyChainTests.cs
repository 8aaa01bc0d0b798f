using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Module.Tests.Support;

namespace ZoomProvisioning.Module.Tests;

/// <summary>What is in the packages, and what they say is in them: libraries, notices and bill of materials against each other.</summary>
public sealed partial class SupplyChainTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("zoom-sbom-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("ZoomProvisioning")]
    [InlineData("zoomprov")]
    public void Every_library_of_others_has_its_licence_in_the_notices(string package)
    {
        var notices = Notices(package);
        var foreign = Foreign(package);
        Assert.NotEmpty(foreign);
        Assert.Equal(foreign, notices.Entries.Select(e => e.Name).Order(StringComparer.OrdinalIgnoreCase));

        // Each is named once more over the words of its licence.
        Assert.All(notices.Entries, e => Assert.True(Regex.Count(notices.Text, $@"(?m)^{Regex.Escape($"{e.Name} {e.Version}")}$") == 1, e.Name));
        Assert.Contains("Permission is hereby granted, free of charge", notices.Text, StringComparison.Ordinal);
        Assert.Contains(", App vNext", notices.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ZoomProvisioning", "src/ZoomProvisioning")]
    [InlineData("zoomprov", "src/ZoomProvisioning.Cli")]
    public async Task The_bill_of_materials_names_every_package_and_its_hash(string package, string project)
    {
        var run = await ChildProcess.RunAsync(
            ChildProcess.DotNet, ["msbuild", project, "-nologo", "-target:WriteSbom", $"-property:PackageOutputPath={_folder.FullName}/"],
            TimeSpan.FromMinutes(5));
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);

        using var bill = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder.FullName, $"{package}.{StagedModule.Version}.cdx.json")));
        var root = bill.RootElement;
        Assert.Equal("CycloneDX", root.GetProperty("bomFormat").GetString());
        Assert.Equal(package, root.GetProperty("metadata").GetProperty("component").GetProperty("name").GetString());
        Assert.Equal(StagedModule.Version.ToString(), root.GetProperty("metadata").GetProperty("component").GetProperty("version").GetString());
        var components = root.GetProperty("components").EnumerateArray().ToDictionary(
            c => (c.GetProperty("name").GetString()!, c.GetProperty("version").GetString()!), c => c.GetProperty("hashes").EnumerateArray().Single());
        Assert.All(components.Values, h => Assert.Matches("^[0-9A-F]{128}$", h.GetProperty("content").GetString()));
        Assert.Empty(Notices(package).Entries.Except(components.Keys));
        Assert.DoesNotContain(components.Keys, c => c.Item1 is "xunit" or "Pester");
    }

    [Fact]
    public void The_packages_for_each_platform_are_made_of_the_same_libraries()
    {
        var folder = Path.Combine(StagedModule.Repository, "src", "ZoomProvisioning.Cli");
        static SortedDictionary<string, string?> Resolved(JsonElement libraries) => new(
            libraries.EnumerateObject().ToDictionary(
                p => p.Name, p => p.Value.TryGetProperty("resolved", out var version) ? version.GetString() : null),
            StringComparer.Ordinal);

        using var usual = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "packages.lock.json")));
        using var release = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "packages.release.lock.json")));
        var (wanted, locked) = (usual.RootElement.GetProperty("dependencies"), release.RootElement.GetProperty("dependencies"));

        Assert.Equal(Resolved(wanted.GetProperty("net10.0")), Resolved(locked.GetProperty("net10.0")));
        Assert.Equal(
            ["net10.0", "net10.0/any", "net10.0/linux-arm64", "net10.0/linux-x64", "net10.0/osx-arm64", "net10.0/win-x64"],
            locked.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
    }

    private static List<string> Foreign(string package)
    {
        using var held = Open(package);
        return [.. held.Entries.Select(e => e.Name).Where(n => n.EndsWith(".dll", StringComparison.Ordinal)).Select(n => n[..^4])
            .Where(n => !n.StartsWith("ZoomProvisioning", StringComparison.Ordinal) && n != "zoomprov").Distinct().Order(StringComparer.OrdinalIgnoreCase)];
    }

    private static (string Text, List<(string Name, string Version)> Entries) Notices(string package)
    {
        using var held = Open(package);
        using var reader = new StreamReader(held.GetEntry("THIRD-PARTY-NOTICES.txt")!.Open());
        var text = reader.ReadToEnd();
        return (text, [.. Entry().Matches(text).Select(m => (m.Groups[1].Value, m.Groups[2].Value))]);
    }

    private static ZipArchive Open(string package) => ZipFile.OpenRead(
        StagedModule.BuiltBy("tests/ZoomProvisioning.Module.Tests", "packages", $"{package}.{StagedModule.Version}.nupkg"));

    // A line of the list at the top: name, version, licence, address.
    [GeneratedRegex(@"(?m)^- (\S+) (\S+), .+, https?://\S+$")]
    private static partial Regex Entry();
}
