using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ZoomProvisioning.Help.Pages;

/// <summary>
/// Turns markdown into the plain paragraphs of a console. Only what reads well there is allowed: paragraphs, lists and code. A
/// table or a quotation is refused, for PowerShell would run its words together.
/// </summary>
internal static class PlainText
{
    /// <summary>The paragraphs of a text.</summary>
    /// <exception cref="FormatException">Something in it has no plain form.</exception>
    public static IReadOnlyList<string> Paragraphs(string markdown) => [.. Markdown.Parse(markdown).SelectMany(Paragraphs)];

    /// <summary>The paragraphs of one block.</summary>
    /// <exception cref="FormatException">It has no plain form.</exception>
    public static IEnumerable<string> Paragraphs(Block block) => block switch
    {
        ParagraphBlock paragraph => [Text(paragraph.Inline!)],
        // Lines of code are one paragraph: PowerShell keeps the line breaks in it.
        CodeBlock code => [code.Lines.ToString().TrimEnd()],
        ListBlock list => Items(list),
        _ => throw new FormatException($"Line {block.Line + 1}: a {block.GetType().Name} cannot be shown in a console. Use paragraphs, lists and code."),
    };

    private static IEnumerable<string> Items(ListBlock list)
    {
        var number = list.IsOrdered ? int.Parse(list.OrderedStart ?? "1", CultureInfo.InvariantCulture) : 0;
        foreach (var item in list.Cast<ListItemBlock>())
        {
            var mark = list.IsOrdered ? (number++).ToString(CultureInfo.InvariantCulture) + ". " : "- ";
            foreach (var paragraph in item.SelectMany(Paragraphs))
            {
                yield return mark + paragraph;
                mark = "  ";
            }
        }
    }

    private static string Text(ContainerInline container)
    {
        var text = new StringBuilder();
        foreach (var inline in container)
        {
            text.Append(inline switch
            {
                LiteralInline literal => literal.Content.ToString(),
                CodeInline code => code.Content,
                LineBreakInline => " ",
                LinkInline { IsImage: false } link => Link(link),
                AutolinkInline link => link.Url,
                HtmlEntityInline entity => entity.Transcoded.ToString(),
                EmphasisInline emphasis => Text(emphasis),
                _ => throw new FormatException($"Line {inline.Line + 1}: a {inline.GetType().Name} cannot be shown in a console."),
            });
        }

        return text.ToString();
    }

    // An address can be read in a console, a link to another page only followed in a browser.
    private static string Link(LinkInline link) =>
        link.Url is { } url && url.Contains("://", StringComparison.Ordinal) ? $"{Text(link)} ({url})" : Text(link);
}
