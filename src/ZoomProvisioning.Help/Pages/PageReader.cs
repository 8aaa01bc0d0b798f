using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using YamlDotNet.Serialization;

namespace ZoomProvisioning.Help.Pages;

/// <summary>Reads a page of the schema that Microsoft.PowerShell.PlatyPS 1.0 writes (2024-05-01).</summary>
public static partial class PageReader
{
    /// <summary>The sections a page has, in their order.</summary>
    public static IReadOnlyList<string> SectionNames { get; } =
        ["SYNOPSIS", "SYNTAX", "ALIASES", "DESCRIPTION", "EXAMPLES", "PARAMETERS", "INPUTS", "OUTPUTS", "NOTES", "RELATED LINKS"];

    private static readonly IDeserializer Yaml = new DeserializerBuilder().Build();

    /// <summary>Reads a page.</summary>
    /// <exception cref="FormatException">The page is not of the schema, or something in it cannot be shown in a console.</exception>
    public static HelpPage Read(string page)
    {
        var (frontMatter, body) = PageSections.SplitFrontMatter(page.ReplaceLineEndings("\n"));
        var name = Yaml.Deserialize<Dictionary<string, string>>(frontMatter).GetValueOrDefault("title")
            ?? throw new FormatException("The front matter has no title.");
        var sections = PageSections.Split(body, 2);
        if (!sections.Select(s => s.Heading).SequenceEqual(SectionNames))
        {
            throw new FormatException($"The sections must be {string.Join(", ", SectionNames)}, and are {string.Join(", ", sections.Select(s => s.Heading))}.");
        }

        var texts = sections.ToDictionary(s => s.Heading, s => s.Body);
        return new HelpPage(
            name,
            string.Join(" ", PlainText.Paragraphs(texts["SYNOPSIS"])),
            [.. PageSections.Split(texts["SYNTAX"], 3).Select(ReadSyntax)],
            PlainText.Paragraphs(texts["DESCRIPTION"]),
            [.. PageSections.Split(texts["EXAMPLES"], 3).Select(ReadExample)],
            [.. PageSections.Split(texts["PARAMETERS"], 3).Where(s => s.Heading.StartsWith('-')).Select(ReadParameter)],
            [.. PageSections.Split(texts["INPUTS"], 3).Select(s => new HelpType(s.Heading, PlainText.Paragraphs(s.Body)))],
            [.. PageSections.Split(texts["OUTPUTS"], 3).Select(s => new HelpType(s.Heading, PlainText.Paragraphs(s.Body)))],
            PlainText.Paragraphs(texts["NOTES"]),
            [.. Markdown.Parse(texts["RELATED LINKS"]).Descendants<LinkInline>().Select(ReadLink)]);
    }

    private static HelpSyntax ReadSyntax((string Heading, string Body) section)
    {
        const string byDefault = " (Default)";
        var set = section.Heading.EndsWith(byDefault, StringComparison.Ordinal) ? section.Heading[..^byDefault.Length] : section.Heading;
        return new HelpSyntax(set, [.. ParameterInSyntax().Matches(section.Body).Select(m => m.Groups["name"].Value)]);
    }

    private static HelpExample ReadExample((string Heading, string Body) section)
    {
        var blocks = Markdown.Parse(section.Body).ToList();
        var code = blocks.FindIndex(b => b is FencedCodeBlock { Info: "powershell" });
        return code < 0
            ? throw new FormatException($"{section.Heading}: there is no code block of powershell.")
            : new HelpExample(
                section.Heading,
                [.. blocks.Take(code).SelectMany(PlainText.Paragraphs)],
                PlainText.Paragraphs(blocks[code]).Single(),
                [.. blocks.Skip(code + 1).SelectMany(PlainText.Paragraphs)]);
    }

    private static HelpParameter ReadParameter((string Heading, string Body) section)
    {
        var blocks = Markdown.Parse(section.Body).ToList();
        var facts = blocks.OfType<FencedCodeBlock>().SingleOrDefault(b => b.Info == "yaml") is { } block
            ? Yaml.Deserialize<ParameterFacts>(block.Lines.ToString())
            : throw new FormatException($"{section.Heading}: there must be one block of yaml.");
        return new HelpParameter(
            section.Heading[1..],
            facts.Type,
            [.. blocks.TakeWhile(b => b is not FencedCodeBlock { Info: "yaml" }).SelectMany(PlainText.Paragraphs)],
            facts.DefaultValue,
            facts.SupportsWildcards,
            facts.Aliases,
            [.. facts.ParameterSets.Select(s => new ParameterPlace(
                s.Name,
                s.Position == "Named" ? null : int.Parse(s.Position, CultureInfo.InvariantCulture),
                s.IsRequired,
                s.ValueFromPipeline,
                s.ValueFromPipelineByPropertyName))],
            facts.AcceptedValues);
    }

    private static HelpLink ReadLink(LinkInline link)
    {
        var words = string.Concat(link.Descendants<LiteralInline>().Select(l => l.Content.ToString()));
        return new HelpLink(words, link.Url is { } url && url.Contains("://", StringComparison.Ordinal) ? url : string.Empty);
    }

    [GeneratedRegex(@"(?<= \[?\[?-)(?<name>[A-Za-z]+)(?=[\] ])")]
    private static partial Regex ParameterInSyntax();

    // The names are the schema's.
    private sealed class ParameterFacts
    {
        public string Type { get; set; } = string.Empty;

        public string DefaultValue { get; set; } = string.Empty;

        public bool SupportsWildcards { get; set; }

        public List<string> ParameterValue { get; set; } = [];

        public List<string> Aliases { get; set; } = [];

        public List<SetFacts> ParameterSets { get; set; } = [];

        public bool DontShow { get; set; }

        public List<string> AcceptedValues { get; set; } = [];

        public string HelpMessage { get; set; } = string.Empty;
    }

    private sealed class SetFacts
    {
        public string Name { get; set; } = string.Empty;

        public string Position { get; set; } = string.Empty;

        public bool IsRequired { get; set; }

        public bool ValueFromPipeline { get; set; }

        public bool ValueFromPipelineByPropertyName { get; set; }

        public bool ValueFromRemainingArguments { get; set; }
    }
}
