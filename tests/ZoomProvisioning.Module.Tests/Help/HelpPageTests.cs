using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;
using ZoomProvisioning.Help;
using ZoomProvisioning.Help.Pages;
using ZoomProvisioning.Module.Tests.Support;

namespace ZoomProvisioning.Module.Tests.Help;

/// <summary>
/// The pages of src/help against the compiled cmdlets, read here by other code than the builder's, so that a mistake on one side
/// shows on the other.
/// </summary>
public class HelpPageTests
{
    private static readonly HelpFiles Files = new(StagedModule.Repository);

    private static readonly string[] ShouldProcess = ["WhatIf", "Confirm"];

    public static TheoryData<string> Cmdlets => [.. CmdletInfo.All.Select(c => c.Name)];

    [Fact]
    public void Every_cmdlet_has_a_page_and_every_page_a_cmdlet() =>
        Assert.Equal(CmdletInfo.All.Select(c => c.Name).Order(StringComparer.Ordinal), Files.ReadPages().Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_page_has_the_parameters_the_cmdlet_has_and_no_others(string name)
    {
        var (cmdlet, page) = Read(name);
        var wanted = cmdlet.Parameters.Select(p => p.Name).Concat(cmdlet.SupportsShouldProcess ? ShouldProcess : []);
        Assert.Equal(wanted.Order(StringComparer.Ordinal), page.Parameters.Select(p => p.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_parameter_is_described_as_it_is(string name)
    {
        var (cmdlet, page) = Read(name);
        Assert.All(cmdlet.Parameters, parameter =>
        {
            var described = page.Parameters.Single(p => p.Name == parameter.Name);
            Assert.Equal((parameter.Type.Name == "Nullable`1" ? parameter.Type.GetGenericArguments()[0] : parameter.Type).FullName, described.TypeName);
            Assert.Equal(parameter.Aliases, described.Aliases);
            Assert.Equal(
                parameter.Declarations.Select(
                    d => new ParameterPlace(d.Set ?? ParameterPlace.AllSets, d.Position, d.IsMandatory, d.TakesPipeline, d.TakesPipelineByName)),
                described.Places);
            Assert.Equal(parameter.Attributes.Contains("SupportsWildcardsAttribute"), described.IsWildcard);
            Assert.NotEmpty(described.Description);
        });
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void The_syntax_has_every_parameter_set_with_its_parameters(string name)
    {
        var (cmdlet, page) = Read(name);
        var sets = cmdlet.Parameters.SelectMany(p => p.Places).Select(p => p.Set).OfType<string>().Distinct().ToList();
        if (sets.Count > 0 && cmdlet.DefaultParameterSet is { } byDefault && !sets.Contains(byDefault))
        {
            sets.Add(byDefault);
        }

        Assert.Equal(
            sets.Count == 0 ? ["__AllParameterSets"] : sets.Order(StringComparer.Ordinal),
            page.Syntax.Select(s => s.SetName).Order(StringComparer.Ordinal));
        if (sets.Count > 0)
        {
            Assert.Equal(cmdlet.DefaultParameterSet, page.Syntax[0].SetName);
        }

        Assert.All(page.Syntax, syntax => Assert.Equal(
            cmdlet.Parameters.Where(p => p.Places.Any(place => place.Set is null || place.Set == syntax.SetName)).Select(p => p.Name)
                .Concat(cmdlet.SupportsShouldProcess ? ShouldProcess : []).Order(StringComparer.Ordinal),
            syntax.ParameterNames.Order(StringComparer.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void What_goes_in_and_comes_out_is_named(string name)
    {
        var (cmdlet, page) = Read(name);
        var taken = cmdlet.Parameters.Where(p => p.TakesPipeline || p.TakesPipelineByName).Select(p => p.Type.FullName!).Distinct();
        Assert.Equal(taken.DefaultIfEmpty("None"), page.Inputs.Select(t => t.Name));
        Assert.Equal(cmdlet.OutputTypes.Select(t => t.FullName!).DefaultIfEmpty("None"), page.Outputs.Select(t => t.Name));
        Assert.All(page.Inputs.Concat(page.Outputs), t => Assert.NotEmpty(t.Description));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_page_says_what_is_sent_to_Zoom(string name) =>
        Assert.Matches("Sent to Zoom|Nothing is sent to Zoom", string.Join('\n', Read(name).Page.Description));

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_page_has_three_examples_or_more_that_fit_a_console(string name)
    {
        var (cmdlet, page) = Read(name);
        Assert.True(page.Examples.Count >= 3, $"There are {page.Examples.Count} examples.");
        for (var i = 0; i < page.Examples.Count; i++)
        {
            Assert.StartsWith($"Example {i + 1}: ", page.Examples[i].Title, StringComparison.Ordinal);
        }

        // 80 columns, less the indentation of PowerShell's help and the hyphens around a title.
        Assert.All(page.Examples, e => Assert.InRange(e.Title.Length, 1, 58));
        Assert.All(page.Examples.SelectMany(e => e.Code.Split('\n')), line => Assert.InRange(line.Length, 0, 75));
        Assert.All(
            page.Examples.SelectMany(e => e.Remarks).SelectMany(r => r.Contains('\n', StringComparison.Ordinal) ? r.Split('\n') : []),
            line => Assert.InRange(line.Length, 0, 75));

        // PowerShell takes the blanks off the beginning of a text, and the heading of a table would be out of line.
        Assert.All(page.Examples.SelectMany(e => e.Remarks), r => Assert.Equal(r.TrimStart(), r));
        Assert.All(page.Examples, e => Assert.Contains(cmdlet.Name, e.Code, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Examples_use_parameters_there_are(string name)
    {
        // Abbreviations and invented names would be copied by everybody.
        var (cmdlet, page) = Read(name);
        var known = CmdletInfo.All.SelectMany(c => c.Parameters).SelectMany(p => p.Names).Concat(ShouldProcess).ToHashSet(StringComparer.Ordinal);
        var lines = page.Examples
            .SelectMany(e => e.Code.Split('\n', '|'))
            .Where(l => l.Contains(cmdlet.Name, StringComparison.Ordinal) && !l.Contains('}', StringComparison.Ordinal));
        string[] common = ["ErrorAction", "ErrorVariable", "WarningAction", "OutVariable", "Verbose", "Debug"];
        Assert.All(
            lines.SelectMany(l => Regex.Matches(l[l.IndexOf(cmdlet.Name, StringComparison.Ordinal)..], @"(?<= -)[A-Z][A-Za-z]*").Select(m => m.Value)),
            p => Assert.True(known.Contains(p) || common.Contains(p), p));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Links_lead_to_pages_and_topics_there_are(string name)
    {
        var text = Files.ReadPages()[name];
        var targets = Regex.Matches(text[text.IndexOf("## RELATED LINKS", StringComparison.Ordinal)..], @"\]\(([^)]+)\)")
            .Select(m => m.Groups[1].Value)
            .ToList();
        Assert.NotEmpty(targets);
        Assert.All(targets, t => Assert.True(t.Contains("://", StringComparison.Ordinal) || File.Exists(Path.Combine(Files.PagesFolder, t)), t));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Nothing_is_left_to_be_written(string name)
    {
        var (_, page) = Read(name);
        Assert.DoesNotContain("{{", Files.ReadPages()[name], StringComparison.Ordinal);
        Assert.NotEmpty(page.Synopsis);
        Assert.NotEmpty(page.Notes);
    }

    private static (CmdletInfo Cmdlet, HelpPage Page) Read(string name) =>
        (CmdletInfo.All.Single(c => c.Name == name), PageReader.Read(Files.ReadPages()[name]));
}
