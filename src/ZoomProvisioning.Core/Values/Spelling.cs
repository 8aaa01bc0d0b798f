using System;
using System.Collections.Generic;
using System.Linq;

namespace ZoomProvisioning.Values;

/// <summary>Guesses what a misspelt name was to be.</summary>
internal static class Spelling
{
    /// <summary>For example <c> (did you mean 'Title'?)</c>; empty when nothing comes near.</summary>
    public static string Suggest(string word, IEnumerable<string> known) =>
        Closest(word, known) is { } name ? $" (did you mean '{name}'?)" : string.Empty;

    // What is longer is no slip of the pen.
    private const int LongestWord = 200;

    /// <summary>The known name nearest to a word; null when none is near enough for a slip of the pen.</summary>
    public static string? Closest(string word, IEnumerable<string> known)
    {
        var written = FoldedText.Of(word);
        if (written.Length is 0 or > LongestWord)
        {
            return null;
        }

        var best = known
            .Select(name => (Name: name, Distance: Distance(written, FoldedText.Of(name))))
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        return best.Name is not null && best.Distance <= Math.Max(1, written.Length / 3) ? best.Name : null;
    }

    /// <summary>How many letters must be put in, left out, changed or swapped with their neighbour.</summary>
    private static int Distance(string left, string right)
    {
        var rows = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            for (var j = 0; j <= right.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    rows[i, j] = i + j;
                    continue;
                }

                var same = left[i - 1] == right[j - 1];
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + (same ? 0 : 1));
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[left.Length, right.Length];
    }
}
