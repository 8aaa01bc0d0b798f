using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using ZoomProvisioning.Help.Pages;

namespace ZoomProvisioning.Help.Cmdlets;

/// <summary>
/// Brings a page in step with its cmdlet. What the code knows is written anew each time: the synopsis and the first paragraph of
/// each parameter (the XML comments of class and property), syntax, parameter facts, the types in and out. What people wrote is
/// kept to the letter: description, examples, more paragraphs of a parameter, default values, notes and links.
/// </summary>
internal static partial class PageRefresher
{
    // PlatyPS marks in this way what is to be written by somebody; the tests let no page with such a mark pass.
    private const string Fill = "{{ Fill in }}";

    private const string CommonParameters = """
        ### CommonParameters

        This cmdlet supports the common parameters: -Debug, -ErrorAction, -ErrorVariable,
        -InformationAction, -InformationVariable, -OutBuffer, -OutVariable, -PipelineVariable,
        -ProgressAction, -Verbose, -WarningAction, and -WarningVariable. For more information, see
        [about_CommonParameters](https://go.microsoft.com/fwlink/?LinkID=113216).
        """;

    /// <summary>The page as it should be.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="page">The page as it is; null to begin one.</param>
    /// <param name="today">The date a new page gets, MM/dd/yyyy.</param>
    /// <exception cref="FormatException">The page is not of the schema.</exception>
    public static string Refresh(Cmdlet cmdlet, string? page, string today)
    {
        var (frontMatter, body) = page is null ? (string.Empty, string.Empty) : PageSections.SplitFrontMatter(page.ReplaceLineEndings("\n"));
        var kept = PageSections.Split(body, 2).ToDictionary(s => s.Heading, s => s.Body, StringComparer.Ordinal);
        var text = new StringBuilder();
        text.Append(FrontMatter(cmdlet.Name, DateOf(frontMatter) ?? today)).Append("# ").Append(cmdlet.Name).Append("\n\n");
        Section("SYNOPSIS", Wrapping.Paragraph(cmdlet.Summary));
        Section(
            "SYNTAX",
            string.Join("\n\n", SyntaxText.Of(cmdlet).Select(s => $"### {s.Set}{(s.IsDefault ? " (Default)" : string.Empty)}\n\n```\n{s.Text}\n```")));
        Section("ALIASES", "This cmdlet has no aliases.");
        Section("DESCRIPTION", Kept("DESCRIPTION", Fill));
        Section("EXAMPLES", Kept("EXAMPLES", $"### Example 1: {Fill}\n\n{Fill}\n\n```powershell\n{Fill}\n```"));
        Section("PARAMETERS", Parameters(cmdlet, Kept("PARAMETERS", string.Empty)));
        Section("INPUTS", Types(Inputs(cmdlet), "None", Kept("INPUTS", string.Empty)));
        Section("OUTPUTS", Types(cmdlet.OutputTypes, "None", Kept("OUTPUTS", string.Empty)));
        Section("NOTES", Kept("NOTES", Fill));
        Section("RELATED LINKS", Kept("RELATED LINKS", Fill));
        return text.ToString().TrimEnd() + "\n";

        void Section(string heading, string content) => text.Append("## ").Append(heading).Append("\n\n").Append(content).Append("\n\n");

        string Kept(string heading, string otherwise) => kept.TryGetValue(heading, out var content) && content.Length > 0 ? content : otherwise;
    }

    private static string FrontMatter(string name, string date) =>
        $"""
        ---
        document type: cmdlet
        external help file: {HelpFiles.MamlName}
        HelpUri: ''
        Locale: en-US
        Module Name: ZoomProvisioning
        ms.date: {date}
        PlatyPS schema version: 2024-05-01
        title: {name}
        ---


        """;

    private static string? DateOf(string frontMatter) => DateLine().Match(frontMatter) is { Success: true } line ? line.Groups[1].Value : null;

    private static string Parameters(Cmdlet cmdlet, string kept)
    {
        var before = PageSections.Split(kept, 3).ToDictionary(s => s.Heading, s => s.Body, StringComparer.Ordinal);
        var parameters = cmdlet.Parameters.OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase)
            .Select(p => Parameter(p, before.GetValueOrDefault("-" + p.Name, string.Empty)));
        return string.Join("\n\n", parameters.Append(CommonParameters));
    }

    private static string Parameter(CmdletParameter parameter, string before)
    {
        var prose = before.Split("```yaml", 2)[0].Trim();
        var end = prose.IndexOf("\n\n", StringComparison.Ordinal);
        var more = end < 0 ? string.Empty : "\n\n" + prose[(end + 2)..].Trim();
        var byDefault = DefaultLine().Match(before) is { Success: true } line ? line.Groups[1].Value : "''";
        return $"""
            ### -{parameter.Name}

            {Wrapping.Paragraph(parameter.Summary)}{more}

            ```yaml
            Type: {parameter.TypeName}
            DefaultValue: {byDefault}
            SupportsWildcards: {YesNo(parameter.IsWildcard)}
            ParameterValue: []
            {List("Aliases", parameter.Aliases)}
            ParameterSets:
            {string.Join('\n', parameter.Places.Select(Place))}
            DontShow: false
            {List("AcceptedValues", parameter.AcceptedValues)}
            HelpMessage: ''
            ```
            """;
    }

    private static string Place(CmdletPlace place) =>
        $"""
        - Name: {place.Set ?? ParameterPlace.AllSets}
          Position: {place.Position?.ToString(CultureInfo.InvariantCulture) ?? "Named"}
          IsRequired: {YesNo(place.IsMandatory)}
          ValueFromPipeline: {YesNo(place.TakesPipeline)}
          ValueFromPipelineByPropertyName: {YesNo(place.TakesPipelineByName)}
          ValueFromRemainingArguments: false
        """;

    private static string List(string key, IReadOnlyList<string> values) =>
        values.Count == 0 ? $"{key}: []" : $"{key}:\n{string.Join('\n', values.Select(v => $"- {v}"))}";

    private static string YesNo(bool value) => value ? "true" : "false";

    private static IEnumerable<string> Inputs(Cmdlet cmdlet) => cmdlet.Parameters
        .Where(p => p.Places.Any(place => place.TakesPipeline || place.TakesPipelineByName)).Select(p => p.TypeName).Distinct();

    private static string Types(IEnumerable<string> names, string none, string kept)
    {
        var before = PageSections.Split(kept, 3).ToDictionary(s => s.Heading, s => s.Body, StringComparer.Ordinal);
        return string.Join("\n\n", names.DefaultIfEmpty(none).Select(n => $"### {n}\n\n{before.GetValueOrDefault(n, Fill)}"));
    }

    [GeneratedRegex(@"^ms\.date: (.+)$", RegexOptions.Multiline)]
    private static partial Regex DateLine();

    [GeneratedRegex(@"^DefaultValue: (.+)$", RegexOptions.Multiline)]
    private static partial Regex DefaultLine();
}
