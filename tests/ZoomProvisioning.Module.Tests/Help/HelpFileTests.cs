using System;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using Xunit;
using ZoomProvisioning.Help;
using ZoomProvisioning.Help.Cmdlets;
using ZoomProvisioning.Help.Pages;
using ZoomProvisioning.Module.Tests.Support;

namespace ZoomProvisioning.Module.Tests.Help;

/// <summary>The XML that is shipped, and that staleness is found.</summary>
public class HelpFileTests
{
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly HelpFiles Files = new(StagedModule.Repository);

    [Fact]
    public void Pages_and_XML_are_in_step_with_the_cmdlets() => Assert.Equal([], Files.Check());

    [Fact]
    public void The_XML_is_exactly_what_the_pages_give() => Assert.Equal(Files.BuildMaml(), File.ReadAllText(Files.MamlPath));

    [Fact]
    public void The_XML_is_staged_as_it_is() =>
        Assert.Equal(File.ReadAllText(Files.MamlPath), File.ReadAllText(StagedModule.PathOf("en-US", HelpFiles.MamlName)));

    [Fact]
    public void The_online_version_of_a_page_is_where_the_project_is_once_it_has_an_address()
    {
        var folder = Directory.CreateTempSubdirectory("zoom-help-");
        try
        {
            var pages = folder.CreateSubdirectory("src/help");
            File.Copy(Path.Combine(Files.PagesFolder, "Get-ZoomLicense.md"), Path.Combine(pages.FullName, "Get-ZoomLicense.md"));
            var manifest = File.ReadAllText(Path.Combine(StagedModule.Repository, "ZoomProvisioning.psd1"));
            string? Online(string text)
            {
                File.WriteAllText(Path.Combine(folder.FullName, "ZoomProvisioning.psd1"), text);
                return XDocument.Parse(new HelpFiles(folder.FullName).BuildMaml()).Descendants(Maml + "navigationLink").First().Element(Maml + "uri")!.Value;
            }

            var named = manifest.Replace("LicenseUri ", "ProjectUri   = 'https://example.com/zoom/'\n            LicenseUri ", StringComparison.Ordinal);
            Assert.Equal("https://example.com/zoom/blob/HEAD/src/help/Get-ZoomLicense.md", Online(named));
            Assert.Equal(string.Empty, Online(manifest.Replace("ProjectUri", "NoUri", StringComparison.Ordinal)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_XML_has_every_cmdlet_and_parameter_and_no_others()
    {
        var commands = XDocument.Load(Files.MamlPath).Descendants(Command + "command").ToDictionary(c => c.Descendants(Command + "name").First().Value);
        Assert.Equal(CmdletInfo.All.Select(c => c.Name).Order(StringComparer.Ordinal), commands.Keys.Order(StringComparer.Ordinal));
        Assert.All(CmdletInfo.All, cmdlet =>
        {
            var described = commands[cmdlet.Name].Element(Command + "parameters")!.Elements().Select(p => p.Element(Maml + "name")!.Value);
            var wanted = cmdlet.Parameters.Select(p => p.Name).Concat(cmdlet.SupportsShouldProcess ? ["WhatIf", "Confirm"] : Array.Empty<string>());
            Assert.Equal(wanted.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
        });
    }

    [Fact]
    public void The_XML_has_nothing_left_to_be_written_and_no_markdown()
    {
        var text = File.ReadAllText(Files.MamlPath);
        Assert.DoesNotContain("{{", text, StringComparison.Ordinal);
        Assert.DoesNotContain("```", text, StringComparison.Ordinal);
        Assert.DoesNotContain("](", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("### -Filter", "### -Fliter")]
    [InlineData("Type: System.String[]", "Type: System.String")]
    [InlineData("- Id\n", "")]
    [InlineData("Position: 0", "Position: 1")]
    [InlineData("IsRequired: true", "IsRequired: false")]
    [InlineData("ValueFromPipeline: true", "ValueFromPipeline: false")]
    [InlineData("### Filter", "### Fitler")]
    [InlineData("[-Detailed] ", "")]
    [InlineData("### ZoomProvisioning.ScimUser", "### ZoomProvisioning.ScimGroup")]
    [InlineData("Whom to read", "Whom to write")]
    [InlineData("Reads Zoom users", "Writes Zoom users")]
    public void A_page_that_says_something_else_than_the_code_is_found(string said, string wrong)
    {
        var page = Files.ReadPages()["Get-ZoomScimUser"];
        Assert.Contains(said, page, StringComparison.Ordinal);
        var stale = page.Replace(said, wrong, StringComparison.Ordinal);
        var refreshed = PageRefresher.Refresh(Cmdlet(), stale, "01/01/2026");
        Assert.NotEqual(stale, refreshed);
    }

    [Fact]
    public void Refreshing_keeps_what_people_wrote()
    {
        var page = Files.ReadPages()["Get-ZoomScimUser"];
        Assert.Equal(page, PageRefresher.Refresh(Cmdlet(), page, "01/01/2026"));
        var longer = page.Replace(
            "Only users who are active ($true), or who are deactivated ($false).",
            "Only users who are active ($true), or who are deactivated ($false).\n\nSomething more.",
            StringComparison.Ordinal);
        Assert.NotEqual(page, longer);
        Assert.Equal(longer, PageRefresher.Refresh(Cmdlet(), longer, "01/01/2026"));
    }

    [Fact]
    public void A_new_cmdlet_gets_a_page_that_says_what_is_missing()
    {
        var page = PageRefresher.Refresh(Cmdlet(), null, "01/02/2026");
        Assert.Contains("ms.date: 01/02/2026\n", page, StringComparison.Ordinal);
        Assert.Contains("{{ Fill in }}", page, StringComparison.Ordinal);
        Assert.Equal("Get-ZoomScimUser", PageReader.Read(page).Name);
    }

    private static Cmdlet Cmdlet() => Files.ReadCmdlets().Single(c => c.Name == "Get-ZoomScimUser");
}
