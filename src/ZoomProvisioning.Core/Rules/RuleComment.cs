using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace ZoomProvisioning.Rules;

/// <summary>Comments as they stand in a rule's file: short lines of plain text, whatever a heading of the source holds.</summary>
internal static class RuleComment
{
    private const int Width = 110;

    /// <summary>The lines of some sentences; each sentence begins a new one.</summary>
    public static IReadOnlyList<string> Lines(IEnumerable<string> sentences) => sentences.SelectMany(Wrapped).ToList();

    private static IEnumerable<string> Wrapped(string sentence)
    {
        // What ends a line, in JSON or in PowerShell, would end the comment.
        var plain = new string(sentence.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c).ToArray());
        var line = new StringBuilder();
        foreach (var word in plain.Split(' ').Where(w => w.Length > 0))
        {
            if (line.Length > 0 && line.Length + word.Length >= Width)
            {
                yield return line.ToString();
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : string.Empty).Append(word);
        }

        if (line.Length > 0)
        {
            yield return line.ToString();
        }
    }
}
