using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ZoomProvisioning.Help.Cmdlets;

/// <summary>The XML documentation of an assembly, as markdown.</summary>
internal sealed partial class DocComments
{
    private readonly Dictionary<string, XElement> _summaries;

    private DocComments(XDocument document) => _summaries = document.Descendants("member")
        .Where(m => m.Element("summary") is not null)
        .ToDictionary(m => (string)m.Attribute("name")!, m => m.Element("summary")!, StringComparer.Ordinal);

    /// <summary>Reads the documentation the compiler wrote beside an assembly.</summary>
    public static DocComments Beside(string assemblyPath) => new(XDocument.Load(Path.ChangeExtension(assemblyPath, ".xml"), LoadOptions.PreserveWhitespace));

    /// <summary>The summary of a type.</summary>
    public string OfType(Type type) => Summary($"T:{type.FullName}");

    /// <summary>The summary of a property.</summary>
    public string OfProperty(Type declaringType, string name) => Summary($"P:{declaringType.FullName}.{name}");

    private string Summary(string id) => _summaries.TryGetValue(id, out var summary)
        ? Blanks().Replace(string.Concat(summary.Nodes().Select(Markdown)), " ").Trim()
        : throw new InvalidDataException($"{id} has no summary, and the help is made of it.");

    private static string Markdown(XNode node) => node switch
    {
        XText text => Escape(text.Value),
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" or "paramref" } reference => $"`{Referent(reference)}`",
        XElement other => throw new InvalidDataException($"<{other.Name.LocalName}> in a summary has no place in the help."),
        _ => string.Empty,
    };

    private static string Referent(XElement reference) =>
        ((string?)reference.Attribute("cref")
            ?? (string?)reference.Attribute("langword")
            ?? (string?)reference.Attribute("name")
            ?? string.Empty).Split('.', ':')[^1];

    // Patterns such as * are to be read as they are. An underscore inside a word means nothing to markdown.
    private static string Escape(string text) => Marks().Replace(text, @"\$0");

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"[\\`*<\[]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")]
    private static partial Regex Marks();
}
