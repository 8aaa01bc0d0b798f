using System;
using System.Text;

namespace ZoomProvisioning.Values;

/// <summary>
/// How headings and words are compared: by their letters and digits, without case, blanks, punctuation and accents. 'First Name',
/// 'first_name', 'Prénom' and 'PRENOM' are what people write for the same thing.
/// </summary>
internal static class FoldedText
{
    /// <summary>Whether two texts are the same once folded. Makes no texts of ASCII: filters ask it for every record.</summary>
    public static bool Same(string left, string right)
    {
        var (l, r) = (0, 0);
        while (true)
        {
            while (l < left.Length && left[l] <= '\x7F' && !char.IsLetterOrDigit(left[l]))
            {
                l++;
            }

            while (r < right.Length && right[r] <= '\x7F' && !char.IsLetterOrDigit(right[r]))
            {
                r++;
            }

            if ((l < left.Length && left[l] > '\x7F') || (r < right.Length && right[r] > '\x7F'))
            {
                return Of(left) == Of(right);
            }

            if (l == left.Length || r == right.Length)
            {
                return l == left.Length && r == right.Length;
            }

            if (char.ToUpperInvariant(left[l++]) != char.ToUpperInvariant(right[r++]))
            {
                return false;
            }
        }
    }

    /// <summary>The text, folded.</summary>
    public static string Of(string text)
    {
        var folded = new StringBuilder(text.Length);
        var isPlain = true;
        foreach (var character in text)
        {
            if (character is (>= 'A' and <= 'Z') or (>= '0' and <= '9'))
            {
                folded.Append(character);
            }
            else if (character is >= 'a' and <= 'z')
            {
                folded.Append((char)(character - 32));
            }
            else if (character > '\x7F')
            {
                isPlain = false;
                break;
            }
        }

        return isPlain ? folded.ToString() : FoldSlowly(text);
    }

    private static string FoldSlowly(string text)
    {
        var folded = new StringBuilder(text.Length);
        string decomposed;
        try
        {
            decomposed = text.Normalize(NormalizationForm.FormKD);
        }
        catch (ArgumentException)
        {
            decomposed = text;
        }

        foreach (var character in decomposed)
        {
            switch (character)
            {
                case 'ß':
                    folded.Append("SS");
                    break;
                case 'ø' or 'Ø':
                    folded.Append('O');
                    break;
                case 'æ' or 'Æ':
                    folded.Append("AE");
                    break;
                case 'ł' or 'Ł':
                    folded.Append('L');
                    break;
                case 'ı' or 'İ':
                    folded.Append('I');
                    break;
                default:
                    // The marks of Japanese letters are part of them; NFKD takes them off as accents.
                    if (char.IsLetterOrDigit(character) || character is '\u3099' or '\u309A' or 'ー')
                    {
                        folded.Append(char.ToUpperInvariant(character));
                    }

                    break;
            }
        }

        return folded.ToString();
    }
}
