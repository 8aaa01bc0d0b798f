using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using System.Xml.Linq;
using Xunit;
using ZoomProvisioning.Module.Tests.Support;

namespace ZoomProvisioning.Module.Tests;

/// <summary>What is released: the module's package for the PowerShell Gallery and the tool's for .NET, read and installed.</summary>
public sealed class PackageTests : IDisposable
{
    private static readonly string Packages = StagedModule.BuiltBy("tests/ZoomProvisioning.Module.Tests", "packages", string.Empty);
    private static readonly string Version = StagedModule.Version.ToString();
    private static readonly IReadOnlyDictionary<string, object> Manifest = DataFile.Read(StagedModule.ManifestPath);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("zoom-package-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_module_package_holds_the_staged_module_at_its_root()
    {
        using var package = Open("ZoomProvisioning");
        var held = package.Entries.Where(e => !IsNuGets(e.FullName)).ToDictionary(e => Uri.UnescapeDataString(e.FullName), Content);
        var staged = Directory.GetFiles(StagedModule.Folder, "*", SearchOption.AllDirectories)
            .ToDictionary(f => Path.GetRelativePath(StagedModule.Folder, f).Replace('\\', '/'), File.ReadAllBytes);
        Assert.Equal(staged.Keys.Order(StringComparer.Ordinal), held.Keys.Order(StringComparer.Ordinal));
        Assert.All(staged, f => Assert.True(f.Value.SequenceEqual(held[f.Key]), f.Key));
    }

    [Fact]
    public void The_module_package_says_what_the_manifest_says()
    {
        var says = Nuspec("ZoomProvisioning");
        var gallery = (IReadOnlyDictionary<string, object>)((IReadOnlyDictionary<string, object>)Manifest["PrivateData"])["PSData"];
        Assert.Equal("ZoomProvisioning", says["id"]);
        Assert.Equal(Version, says["version"]);
        Assert.Equal(Manifest["Author"], says["authors"]);
        Assert.Equal(Manifest["CompanyName"], says["owners"]);
        Assert.Equal(Manifest["Description"], says["description"]);
        Assert.Equal(Manifest["Copyright"], says["copyright"]);
        Assert.Equal(gallery["LicenseUri"], says["licenseUrl"]);
        Assert.Equal(gallery["ReleaseNotes"], says["releaseNotes"]);
        Assert.Equal("false", says["requireLicenseAcceptance"]);
    }

    [Fact]
    public void The_module_package_is_found_as_a_module_by_edition_and_by_command()
    {
        var tags = Nuspec("ZoomProvisioning")["tags"].Split(' ');
        var gallery = (IReadOnlyDictionary<string, object>)((IReadOnlyDictionary<string, object>)Manifest["PrivateData"])["PSData"];
        var cmdlets = ((IReadOnlyList<string>)Manifest["CmdletsToExport"]).ToList();
        string[] wanted =
        [
            "PSModule", "PSIncludes_Cmdlet", .. (IReadOnlyList<string>)gallery["Tags"],
            .. cmdlets.Select(c => "PSCmdlet_" + c), .. cmdlets.Select(c => "PSCommand_" + c),
        ];
        Assert.Equal(wanted.Order(StringComparer.Ordinal), tags.Order(StringComparer.Ordinal));
        Assert.Contains("PSEdition_Desktop", tags);
        Assert.Contains("PSEdition_Core", tags);

        // The Gallery takes no more of them in all.
        Assert.True(string.Join(' ', tags).Length < 4000);
    }

    [Fact]
    public void The_tool_package_is_a_tool_with_a_licence_and_a_readme()
    {
        var says = Nuspec("zoomprov");
        Assert.Equal("zoomprov", says["id"]);
        Assert.Equal(Version, says["version"]);
        Assert.Equal("MIT", says["license"]);
        Assert.Equal("DotnetTool", says["packageTypes"]);
        using var package = Open("zoomprov");
        Assert.NotNull(package.GetEntry(says["readme"]));
    }

    [PowerShellFact]
    public async Task The_module_installs_from_a_folder_into_an_empty_module_path_and_takes_the_tour()
    {
        var script = Path.Combine(StagedModule.Repository, "tests", "Pester", "Invoke-Tour.ps1");
        var run = await (await TestShell.GetAsync()).RunAsync(
            ["-File", script, "-Source", Packages, "-Destination", _folder.FullName], TimeSpan.FromMinutes(3));
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        var tour = JsonSerializer.Deserialize<Tour>(run.Output.Split('\n').Single(l => l.StartsWith("TOUR:", StringComparison.Ordinal))[5..])!;

        // Autoloading found the installed one, and there was no other.
        Assert.Equal(1, tour.Listed);
        Assert.EndsWith(Path.Combine(_folder.Name, "ZoomProvisioning", Version), tour.ModuleBase, StringComparison.Ordinal);
        Assert.Equal(Version, tour.Version);
        Assert.Equal("Connect-ZoomScim", tour.Help);
        Assert.DoesNotContain(tour.NotPassed, s => !s.EndsWith("Skipped", StringComparison.Ordinal));
        Assert.True(tour.Steps > tour.NotPassed.Count);

        Assert.Equal(tour.Before, tour.AfterWhatIf);
        Assert.Equal(25, tour.Created);
        Assert.Equal(25, tour.Skipped);
        Assert.Equal(["Done", "Done", "Done"], new[] { tour.Changed, tour.Disabled, tour.Deleted });
        Assert.True(tour.Joined > 0);
        Assert.Equal(tour.Before + 25 - 1, tour.Left);
    }

    [Fact]
    public async Task The_tool_installs_from_a_folder_and_provisions_the_example_into_the_simulator()
    {
        var install = await ChildProcess.RunAsync(
            "dotnet", ["tool", "install", "zoomprov", "--version", Version, "--tool-path", _folder.FullName, "--source", Packages], TimeSpan.FromMinutes(3));
        Assert.True(install.ExitCode == 0, install.Output + install.Errors);

        var program = Path.Combine(_folder.FullName, OperatingSystem.IsWindows() ? "zoomprov.exe" : "zoomprov");
        var users = Path.Combine(StagedModule.Repository, "examples", "users.csv");
        var run = await ChildProcess.RunAsync(program, ["sync", "--source", users, "--simulate"], TimeSpan.FromMinutes(3));
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.Contains("288 created", run.Output, StringComparison.Ordinal);
    }

    private static ZipArchive Open(string id) => ZipFile.OpenRead(Path.Combine(Packages, $"{id}.{Version}.nupkg"));

    private static Dictionary<string, string> Nuspec(string id)
    {
        using var package = Open(id);
        using var nuspec = package.GetEntry(id + ".nuspec")!.Open();
        return XDocument.Load(nuspec).Descendants().Single(e => e.Name.LocalName == "metadata").Elements().ToDictionary(
            e => e.Name.LocalName,
            e => e.Name.LocalName == "packageTypes" ? string.Join(' ', e.Elements().Select(t => (string?)t.Attribute("name"))) : e.Value);
    }

    private static byte[] Content(ZipArchiveEntry entry)
    {
        using var from = entry.Open();
        using var to = new MemoryStream();
        from.CopyTo(to);
        return to.ToArray();
    }

    // What belongs to the package; whoever installs a module leaves it out.
    private static bool IsNuGets(string path) =>
        path.StartsWith("_rels/", StringComparison.Ordinal)
            || path.StartsWith("package/", StringComparison.Ordinal) || path is "[Content_Types].xml" or "ZoomProvisioning.nuspec";

    private sealed record Tour(
        string ModuleBase, string Version, int Listed, int Steps, IReadOnlyList<string> NotPassed, int Before, int AfterWhatIf, int Created, int Skipped,
        string Changed, int Joined, string Disabled, string Deleted, int Left, string Help);
}
