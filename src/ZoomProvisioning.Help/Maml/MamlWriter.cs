using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using ZoomProvisioning.Help.Cmdlets;
using ZoomProvisioning.Help.Pages;

namespace ZoomProvisioning.Help.Maml;

/// <summary>Writes pages as the XML that Get-Help reads.</summary>
public static class MamlWriter
{
    private static readonly XNamespace Msh = "http://msh";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>The help of all cmdlets in one text.</summary>
    public static string Write(IEnumerable<HelpPage> pages)
    {
        var document = new XDocument(
            new XDeclaration("1.0", "utf-8", null),
            new XComment(" Made from src/help/*.md by src/ZoomProvisioning.Help. Do not edit. "),
            new XElement(
                Msh + "helpItems",
                new XAttribute("schema", "maml"),
                new XAttribute(XNamespace.Xmlns + "maml", Maml.NamespaceName),
                new XAttribute(XNamespace.Xmlns + "command", Command.NamespaceName),
                new XAttribute(XNamespace.Xmlns + "dev", Dev.NamespaceName),
                pages.Select(Page)));
        using var text = new Utf8Text();
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n", NewLineHandling = NewLineHandling.None }))
        {
            document.Save(writer);
        }

        return text + "\n";
    }

    private static XElement Page(HelpPage page) => new(
        Command + "command",
        new XElement(
            Command + "details",
            new XElement(Command + "name", page.Name),
            new XElement(Command + "verb", page.Name.Split('-')[0]),
            new XElement(Command + "noun", page.Name.Split('-')[1]),
            new XElement(Maml + "description", Paragraphs([page.Synopsis]))),
        new XElement(Maml + "description", Paragraphs(page.Description)),
        new XElement(Command + "syntax", page.Syntax.Select(s => SyntaxItem(page, s))),
        new XElement(Command + "parameters", page.Parameters.Select(p => Parameter(p, p.Places[0], isSyntax: false))),
        new XElement(Command + "inputTypes", page.Inputs.Select(t => Type(Command + "inputType", t))),
        new XElement(Command + "returnValues", page.Outputs.Select(t => Type(Command + "returnValue", t))),
        new XElement(Maml + "alertSet", new XElement(Maml + "alert", Paragraphs(page.Notes))),
        new XElement(Command + "examples", page.Examples.Select(Example)),
        new XElement(Command + "relatedLinks", page.Links.Select(Link)));

    private static IEnumerable<XElement> Paragraphs(IEnumerable<string> paragraphs) => paragraphs.Select(p => new XElement(Maml + "para", p));

    private static XElement SyntaxItem(HelpPage page, HelpSyntax syntax) => new(
        Command + "syntaxItem",
        new XElement(Maml + "name", page.Name),
        from name in syntax.ParameterNames
        let parameter = page.Parameters.FirstOrDefault(p => p.Name == name)
            ?? throw new FormatException($"The syntax of {syntax.SetName} has -{name}, and there is no such parameter.")
        select Parameter(parameter, parameter.Places.FirstOrDefault(p => p.Set == syntax.SetName) ?? parameter.Places[0], isSyntax: true));

    private static XElement Parameter(HelpParameter parameter, ParameterPlace place, bool isSyntax)
    {
        var isSwitch = parameter.TypeName == "System.Management.Automation.SwitchParameter";
        var typeName = SyntaxText.ShortName(parameter.TypeName);
        return new XElement(
            Command + "parameter",
            new XAttribute("required", YesNo(place.IsMandatory)),
            new XAttribute("variableLength", YesNo(parameter.TypeName.EndsWith("[]", StringComparison.Ordinal))),
            new XAttribute("globbing", YesNo(parameter.IsWildcard)),
            new XAttribute("pipelineInput", Pipeline(parameter, place, isSyntax)),
            new XAttribute("position", place.Position?.ToString(CultureInfo.InvariantCulture) ?? "named"),
            new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
            new XElement(Maml + "name", parameter.Name),
            new XElement(Maml + "description", Paragraphs(parameter.Description)),
            // The help of a parameter names the values too, which PowerShell shows in the syntax only.
            !isSyntax || parameter.AcceptedValues.Count == 0 ? null : new XElement(
                Command + "parameterValueGroup",
                parameter.AcceptedValues.Select(v => new XElement(
                    Command + "parameterValue", new XAttribute("required", "false"), new XAttribute("variableLength", "false"), v))),
            isSwitch && isSyntax ? null : new XElement(
                Command + "parameterValue",
                new XAttribute("required", YesNo(!isSwitch)),
                new XAttribute("variableLength", "false"),
                typeName),
            new XElement(Dev + "type", new XElement(Maml + "name", typeName), new XElement(Maml + "uri")),
            new XElement(Dev + "defaultValue", parameter.Default.Length > 0 ? parameter.Default : isSwitch ? "False" : "None"));
    }

    private static string Pipeline(HelpParameter parameter, ParameterPlace place, bool isSyntax)
    {
        IReadOnlyList<ParameterPlace> places = isSyntax ? [place] : parameter.Places;
        string[] ways =
        [
            .. places.Any(p => p.TakesPipelineByName) ? ["ByPropertyName"] : Array.Empty<string>(),
            .. places.Any(p => p.TakesPipeline) ? ["ByValue"] : Array.Empty<string>(),
        ];
        return ways.Length == 0 ? "False" : $"True ({string.Join(", ", ways)})";
    }

    private static XElement Type(XName name, HelpType type) => new(
        name,
        new XElement(Dev + "type", new XElement(Maml + "name", type.Name)),
        new XElement(Maml + "description", Paragraphs(type.Description)));

    // PowerShell writes an introduction and the code behind it on one line, so all words follow the code, as in PowerShell's
    // own help. The empty paragraph parts an example from the next title, and the hyphens are those of every cmdlet.
    private static XElement Example(HelpExample example) => new(
        Command + "example",
        new XElement(Maml + "title", $"-------- {example.Title} --------"),
        new XElement(Dev + "code", example.Code),
        new XElement(Dev + "remarks", Paragraphs([.. example.Introduction, .. example.Remarks, string.Empty])));

    private static XElement Link(HelpLink link) => new(
        Maml + "navigationLink",
        new XElement(Maml + "linkText", link.Text),
        new XElement(Maml + "uri", link.Uri));

    private static string YesNo(bool value) => value ? "true" : "false";

    private sealed class Utf8Text() : StringWriter(CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => Encoding.UTF8;
    }
}
