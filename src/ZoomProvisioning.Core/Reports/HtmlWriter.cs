using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace ZoomProvisioning.Reports;

/// <summary>
/// Writes HTML. Everything of a page goes through it: names of elements and attributes are ours and checked, everything else is
/// text and escaped, so that no name in a directory can become markup.
/// </summary>
internal sealed class HtmlWriter(TextWriter to)
{
    private static readonly HashSet<string> Voids = new(StringComparer.Ordinal) { "br", "input", "meta" };

    // What runs or loads something; a page of ours has its one script and its one style sheet, and needs none of these.
    private static readonly HashSet<string> Refused = new(StringComparer.Ordinal)
    {
        "style", "src", "srcset", "srcdoc", "action", "formaction", "background", "ping",
    };

    private readonly Stack<string> _open = new();

    /// <summary>Writes the document type.</summary>
    public HtmlWriter Doctype()
    {
        to.Write("<!DOCTYPE html>\n");
        return this;
    }

    /// <summary>Begins an element. An attribute whose value is null is left out.</summary>
    public HtmlWriter Open(string element, params (string Name, string? Value)[] attributes)
    {
        Tag(element, attributes);
        if (!Voids.Contains(element))
        {
            _open.Push(element);
        }

        return this;
    }

    /// <summary>Ends the innermost element, which must be this one.</summary>
    public HtmlWriter Close(string element)
    {
        if (_open.Count == 0 || _open.Pop() != element)
        {
            throw new InvalidOperationException($"<{element}> is not the element that is open.");
        }

        to.Write("</");
        to.Write(element);
        to.Write('>');
        return this;
    }

    /// <summary>Writes a whole element with a text in it.</summary>
    public HtmlWriter Element(string element, string? text, params (string Name, string? Value)[] attributes) =>
        Open(element, attributes).Text(text).Close(element);

    /// <summary>Writes text.</summary>
    public HtmlWriter Text(string? text)
    {
        Escape(VisibleText.Of(text));
        return this;
    }

    /// <summary>Ends a line of the file; to the reader it is white space.</summary>
    public HtmlWriter Line()
    {
        to.Write('\n');
        return this;
    }

    /// <summary>Writes the page's own style sheet or script, which HTML does not escape.</summary>
    public HtmlWriter Own(string element, PageAsset asset)
    {
        Tag(element, []);
        to.Write(asset.Text);
        to.Write("</");
        to.Write(element);
        to.Write('>');
        return this;
    }

    /// <summary>Ends the page. Nothing may be left open.</summary>
    public void Finish()
    {
        if (_open.Count > 0)
        {
            throw new InvalidOperationException($"<{_open.Peek()}> was not closed.");
        }
    }

    private void Tag(string element, (string Name, string? Value)[] attributes)
    {
        CheckName(element);
        to.Write('<');
        to.Write(element);
        foreach (var (name, value) in attributes)
        {
            if (value is null)
            {
                continue;
            }

            CheckAttribute(name, value);
            to.Write(' ');
            to.Write(name);
            to.Write("=\"");
            Escape(VisibleText.Of(value));
            to.Write('"');
        }

        to.Write('>');
    }

    private void Escape(string text)
    {
        foreach (var character in text)
        {
            switch (character)
            {
                case '&':
                    to.Write("&amp;");
                    break;
                case '<':
                    to.Write("&lt;");
                    break;
                case '>':
                    to.Write("&gt;");
                    break;
                case '"':
                    to.Write("&quot;");
                    break;
                case '\'':
                    to.Write("&#39;");
                    break;
                default:
                    to.Write(character);
                    break;
            }
        }
    }

    private static void CheckAttribute(string name, string value)
    {
        CheckName(name);
        if (name.StartsWith("on", StringComparison.Ordinal) || Refused.Contains(name) || (name == "href" && !value.StartsWith("#", StringComparison.Ordinal)))
        {
            throw new ArgumentException($"A page of ours has no attribute {name}=\"{value}\".", nameof(name));
        }
    }

    private static void CheckName(string name)
    {
        if (name.Length == 0 || name[0] is < 'a' or > 'z' || name.Any(c => c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-')))
        {
            throw new ArgumentException($"'{name}' is not a name of an element or attribute.", nameof(name));
        }
    }
}
