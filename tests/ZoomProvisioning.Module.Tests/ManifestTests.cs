using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using Xunit;
using ZoomProvisioning.Module.Tests.Support;

namespace ZoomProvisioning.Module.Tests;

/// <summary>The manifest, as it was staged, against what the module holds.</summary>
public class ManifestTests
{
    private static readonly IReadOnlyDictionary<string, object> Manifest = DataFile.Read(StagedModule.ManifestPath);

    [Fact]
    public void It_exports_the_cmdlets_there_are_and_nothing_else()
    {
        Assert.Equal(CmdletInfo.All.Select(c => c.Name).Order(StringComparer.Ordinal), List("CmdletsToExport").Order(StringComparer.Ordinal));
        Assert.Empty(List("FunctionsToExport"));
        Assert.Empty(List("AliasesToExport"));
        Assert.Empty(List("VariablesToExport"));
    }

    [Fact]
    public void It_is_for_Windows_PowerShell_and_PowerShell_7()
    {
        Assert.Equal("5.1", Manifest["PowerShellVersion"]);
        Assert.Equal("4.7.2", Manifest["DotNetFrameworkVersion"]);
        Assert.Equal(["Core", "Desktop"], List("CompatiblePSEditions").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Its_root_is_the_assembly_and_its_version_the_assemblys()
    {
        Assert.Equal("ZoomProvisioning.dll", Manifest["RootModule"]);
        Assert.Equal(StagedModule.Version, Version.Parse((string)Manifest["ModuleVersion"]));
    }

    [Fact]
    public void Every_file_it_names_is_staged()
    {
        var named = new[] { "FormatsToProcess", "TypesToProcess", "FileList", "NestedModules", "RequiredAssemblies", "ScriptsToProcess" }
            .Where(Manifest.ContainsKey).SelectMany(List).Append((string)Manifest["RootModule"]);
        Assert.All(named, f => Assert.True(File.Exists(StagedModule.PathOf(f)), f));
    }

    [Fact]
    public void It_preloads_no_assembly()
    {
        // Required assemblies are loaded into PowerShell's own context.
        Assert.False(Manifest.ContainsKey("RequiredAssemblies"));
        Assert.False(Manifest.ContainsKey("NestedModules"));
    }

    [Fact]
    public void It_says_who_what_and_under_which_licence()
    {
        Assert.NotEqual(Guid.Empty, Guid.Parse((string)Manifest["GUID"]));
        Assert.All(new[] { "Author", "Description", "Copyright" }, k => Assert.NotEmpty((string)Manifest[k]));
        var gallery = (IReadOnlyDictionary<string, object>)((IReadOnlyDictionary<string, object>)Manifest["PrivateData"])["PSData"];
        Assert.NotEmpty((string)gallery["LicenseUri"]);
        Assert.All((IEnumerable<string>)gallery["Tags"], t => Assert.DoesNotContain(' ', t));
    }

    [Fact]
    public void The_views_are_for_types_there_are()
    {
        var selected = List("FormatsToProcess")
            .SelectMany(f => XDocument.Load(StagedModule.PathOf(f)).Descendants("ViewSelectedBy"))
            .SelectMany(s => s.Elements("TypeName")).Select(t => t.Value.Replace("Deserialized.", string.Empty, StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(selected);
        Assert.All(selected, t => Assert.True((StagedModule.Core.GetType(t) ?? StagedModule.Root.GetType(t))?.IsPublic, t));
    }

    [Theory]
    [InlineData("@{ A = $true }")]
    [InlineData("@{ A = if ($PSEdition) { 'x' } }")]
    [InlineData("@{ A = \"x$y\" }")]
    [InlineData("@{ A = 'x' + 'y' }")]
    [InlineData("@{ A = 'x' } ; 'y'")]
    public void The_reader_of_these_tests_refuses_expressions(string text) => Assert.Throws<FormatException>(() => DataFile.Parse(text));

    private static IReadOnlyList<string> List(string key) => Manifest[key] as IReadOnlyList<string> ?? [(string)Manifest[key]];
}
