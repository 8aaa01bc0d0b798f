using System;
using System.Linq;
using System.Xml.Linq;
using Xunit;
using ZoomProvisioning.Help.Maml;
using ZoomProvisioning.Help.Pages;

namespace ZoomProvisioning.Module.Tests.Help;

/// <summary>The way from markdown to MAML, on a small page.</summary>
public class HelpConverterTests
{
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    private const string Page = """
        ---
        document type: cmdlet
        title: Get-Thing
        ---

        # Get-Thing

        ## SYNOPSIS

        Gets *things*
        quickly.

        ## SYNTAX

        ### ByName (Default)

        ```
        Get-Thing [[-Name] <string[]>] [-Force]
         [-Mode <Mode>] [<CommonParameters>]
        ```

        ## ALIASES

        ## DESCRIPTION

        The first `paragraph`
        goes on & on, see [Zoom](https://zoom.us) or [Set-Thing](Set-Thing.md).

        - one
        - two

        1. first

        ```
        code
          kept
        ```

        ## EXAMPLES

        ### Example 1: All

        Why.

        ```powershell
        # ## no heading
        Get-Thing |
            Out-Null
        ```

        ```Output
        Name
        ```

        ## PARAMETERS

        ### -Force

        Do it.

        ```yaml
        Type: System.Management.Automation.SwitchParameter
        DefaultValue: ''
        Aliases: []
        ParameterSets:
        - Name: (All)
          Position: Named
          IsRequired: false
        ```

        ### -Mode

        How.

        ```yaml
        Type: Things.Mode
        DefaultValue: Fast
        Aliases: []
        ParameterSets:
        - Name: (All)
          Position: Named
          IsRequired: false
        AcceptedValues:
        - Fast
        - Slow
        ```

        ### -Name

        Which.

        More.

        ```yaml
        Type: System.String[]
        DefaultValue: '*'
        SupportsWildcards: true
        Aliases:
        - N
        - Id
        ParameterSets:
        - Name: ByName
          Position: 0
          IsRequired: false
          ValueFromPipeline: true
          ValueFromPipelineByPropertyName: true
        ```

        ### CommonParameters

        The usual ones.

        ## INPUTS

        ### System.String[]

        Names.

        ## OUTPUTS

        ### Thing

        The things.

        ## NOTES

        None.

        ## RELATED LINKS

        - [Set-Thing](Set-Thing.md)
        - [Zoom](https://zoom.us/)
        """;

    private static XElement Convert(string page) => XDocument.Parse(MamlWriter.Write([PageReader.Read(page)])).Descendants(Command + "command").Single();

    [Fact]
    public void Prose_becomes_plain_paragraphs()
    {
        var command = Convert(Page);
        Assert.Equal("Gets things quickly.", command.Element(Command + "details")!.Element(Maml + "description")!.Value);
        Assert.Equal(
            [
                "The first paragraph goes on & on, see Zoom (https://zoom.us) or Set-Thing.",
                "- one",
                "- two",
                "1. first",
                "code\n  kept",
            ],
            command.Element(Maml + "description")!.Elements().Select(e => e.Value));
    }

    [Fact]
    public void Code_is_kept_as_it_is_and_words_follow_it()
    {
        var example = Convert(Page).Descendants(Command + "example").Single();
        Assert.Equal("-------- Example 1: All --------", example.Element(Maml + "title")!.Value);
        Assert.Equal("# ## no heading\nGet-Thing |\n    Out-Null", example.Element(Dev + "code")!.Value);
        Assert.Equal(["Why.", "Name", ""], example.Element(Dev + "remarks")!.Elements().Select(e => e.Value));
    }

    [Fact]
    public void A_parameter_is_described_and_in_the_syntax()
    {
        var command = Convert(Page);
        var name = command.Element(Command + "parameters")!.Elements().Single(p => p.Element(Maml + "name")!.Value == "Name");
        Assert.Equal(["Which.", "More."], name.Element(Maml + "description")!.Elements().Select(e => e.Value));
        Assert.Equal("True (ByPropertyName, ByValue)", (string)name.Attribute("pipelineInput")!);
        Assert.Equal("0", (string)name.Attribute("position")!);
        Assert.Equal("N, Id", (string)name.Attribute("aliases")!);
        Assert.Equal("true", (string)name.Attribute("globbing")!);
        Assert.Equal("*", name.Element(Dev + "defaultValue")!.Value);
        Assert.Equal("string[]", name.Element(Command + "parameterValue")!.Value);

        var syntax = command.Descendants(Command + "syntaxItem").Single();
        Assert.Equal(["Name", "Force", "Mode"], syntax.Elements(Command + "parameter").Select(p => p.Element(Maml + "name")!.Value));
        Assert.Null(syntax.Elements(Command + "parameter").ElementAt(1).Element(Command + "parameterValue"));
        Assert.Equal(["Fast", "Slow"], syntax.Descendants(Command + "parameterValueGroup").Single().Elements().Select(e => e.Value));
    }

    [Fact]
    public void Links_have_their_words_and_an_address_only_where_it_leads_somewhere()
    {
        var links = Convert(Page).Descendants(Maml + "navigationLink").Select(l => (l.Element(Maml + "linkText")!.Value, l.Element(Maml + "uri")!.Value));
        Assert.Equal([("Set-Thing", ""), ("Zoom", "https://zoom.us/")], links);
    }

    [Theory]
    [InlineData("- two\n", "- two\n\n> a quotation\n", "QuoteBlock")]
    [InlineData("## NOTES\n", "## REMARKS\n", "NOTES")]
    [InlineData("```powershell\n", "```\n", "powershell")]
    [InlineData("[-Mode <Mode>]", "[-Moed <Mode>]", "Moed")]
    [InlineData("```yaml\nType: Things.Mode", "```yml\nType: Things.Mode", "yaml")]
    [InlineData("title: Get-Thing\n", "", "title")]
    [InlineData("---\ndocument", "document", "front matter")]
    public void What_cannot_be_shown_is_refused_by_name(string good, string bad, string words)
    {
        var page = Page.Replace("\r\n", "\n", StringComparison.Ordinal);
        Assert.Contains(good, page, StringComparison.Ordinal);
        var refused = Assert.Throws<FormatException>(() => Convert(page.Replace(good, bad, StringComparison.Ordinal)));
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
    }
}
