using System.Collections.Generic;
using System.Text;

namespace ZoomProvisioning.Help.Cmdlets;

/// <summary>Breaks lines where a page's lines end.</summary>
internal static class Wrapping
{
    private const int Width = 100;

    /// <summary>Breaks a paragraph between its words.</summary>
    public static string Paragraph(string text) => Words(text.Split(' '), string.Empty);

    /// <summary>Puts words on lines; a word may have blanks in it and is kept together.</summary>
    /// <param name="words">The words.</param>
    /// <param name="indent">What each line but the first begins with.</param>
    public static string Words(IEnumerable<string> words, string indent)
    {
        var text = new StringBuilder();
        var column = 0;
        foreach (var word in words)
        {
            if (column > 0 && column + 1 + word.Length > Width)
            {
                text.Append('\n').Append(indent);
                column = indent.Length;
            }
            else if (column > 0)
            {
                text.Append(' ');
                column++;
            }

            text.Append(word);
            column += word.Length;
        }

        return text.ToString();
    }
}
