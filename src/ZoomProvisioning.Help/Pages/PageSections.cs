using System;
using System.Collections.Generic;
using System.Linq;
using Markdig;
using Markdig.Syntax;

namespace ZoomProvisioning.Help.Pages;

/// <summary>Takes a markdown text apart at its headings. What looks like a heading inside a code block is none.</summary>
internal static class PageSections
{
    /// <summary>The front matter, without its fences, and the rest of a page.</summary>
    /// <exception cref="FormatException">The page does not begin with front matter.</exception>
    public static (string FrontMatter, string Body) SplitFrontMatter(string page)
    {
        const string fence = "---\n";
        var end = page.StartsWith(fence, StringComparison.Ordinal) ? page.IndexOf("\n" + fence, fence.Length, StringComparison.Ordinal) : -1;
        return end < 0
            ? throw new FormatException("The page does not begin with front matter between two lines of ---.")
            : (page[fence.Length..(end + 1)], page[(end + 1 + fence.Length)..]);
    }

    /// <summary>The sections under the headings of a level: the heading's words, and what follows up to the next one, trimmed.</summary>
    public static IReadOnlyList<(string Heading, string Body)> Split(string text, int level)
    {
        var headings = Markdown.Parse(text).OfType<HeadingBlock>().Where(h => h.Level <= level).ToList();
        var sections = new List<(string, string)>();
        for (var i = 0; i < headings.Count; i++)
        {
            if (headings[i].Level == level)
            {
                var end = i + 1 < headings.Count ? headings[i + 1].Span.Start : text.Length;
                var words = text[headings[i].Span.Start..(headings[i].Span.End + 1)].TrimStart('#').Trim();
                sections.Add((words, text[(headings[i].Span.End + 1)..end].Trim()));
            }
        }

        return sections;
    }

    /// <summary>What stands before the first heading of a level.</summary>
    public static string Before(string text, int level)
    {
        var first = Markdown.Parse(text).OfType<HeadingBlock>().FirstOrDefault(h => h.Level <= level);
        return (first is null ? text : text[..first.Span.Start]).Trim();
    }
}
