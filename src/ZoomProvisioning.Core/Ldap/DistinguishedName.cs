using System;
using System.Collections.Generic;
using System.Text;

namespace ZoomProvisioning.Ldap;

/// <summary>Names of directory entries, compared by meaning (RFC 4514): case, blanks around commas and ways to escape do not count.</summary>
internal static class DistinguishedName
{
    private static readonly UTF8Encoding Utf8 = new(false);

    /// <summary>Two names are of one entry when, and only when, their keys are equal.</summary>
    public static string KeyOf(string name)
    {
        var key = new StringBuilder(name.Length);
        foreach (var part in Parts(name))
        {
            key.Append(key.Length > 0 ? "," : string.Empty).Append(part);
        }

        return key.ToString().ToUpperInvariant();
    }

    /// <summary>Whether a text looks like a distinguished name.</summary>
    public static bool IsOne(string text)
    {
        var equals = text.IndexOf('=');
        if (equals <= 0)
        {
            return false;
        }

        for (var i = 0; i < equals; i++)
        {
            if (!(char.IsLetterOrDigit(text[i]) || text[i] is '-' or '.' or ' '))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether one entry is another, or lies below it.</summary>
    public static bool IsBelow(string name, string ancestor)
    {
        var (key, top) = (KeyOf(name), KeyOf(ancestor));
        return top.Length == 0 || key == top || key.EndsWith("," + top, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Parts(string name)
    {
        var part = new List<(char Letter, bool IsEscaped)>();
        foreach (var sign in Letters(name))
        {
            if (!sign.IsEscaped && sign.Letter is ',' or ';' or '+')
            {
                yield return Written(part) + (sign.Letter == '+' ? "+" : string.Empty);
                part.Clear();
            }
            else
            {
                part.Add(sign);
            }
        }

        if (part.Count > 0)
        {
            yield return Written(part);
        }
    }

    /// <summary>The letters that are meant, and whether each was escaped, so that it is no sign of the name itself.</summary>
    private static IEnumerable<(char Letter, bool IsEscaped)> Letters(string name)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] == '\\' && i + 2 < name.Length && Uri.IsHexDigit(name[i + 1]) && Uri.IsHexDigit(name[i + 2]))
            {
                // Letters beyond ASCII may be written as the bytes of their UTF-8.
                bytes.Add((byte)((Uri.FromHex(name[i + 1]) * 16) + Uri.FromHex(name[i + 2])));
                i += 2;
                continue;
            }

            foreach (var letter in Utf8.GetString(bytes.ToArray()))
            {
                yield return (letter, true);
            }

            bytes.Clear();
            var isEscaped = name[i] == '\\' && i + 1 < name.Length;
            yield return (name[isEscaped ? ++i : i], isEscaped);
        }

        foreach (var letter in Utf8.GetString(bytes.ToArray()))
        {
            yield return (letter, true);
        }
    }

    /// <summary>One part, such as OU=Staff, with blanks taken away that mean nothing, and one way to escape.</summary>
    private static string Written(List<(char Letter, bool IsEscaped)> part)
    {
        var equals = part.FindIndex(l => l is { Letter: '=', IsEscaped: false });
        var type = new string([.. part.GetRange(0, Math.Max(0, equals)).ConvertAll(l => l.Letter)]).Trim();
        var value = part.GetRange(equals + 1, part.Count - equals - 1);
        var first = value.FindIndex(l => l.IsEscaped || l.Letter != ' ');
        var last = value.FindLastIndex(l => l.IsEscaped || l.Letter != ' ');
        var text = new StringBuilder(type).Append('=');
        for (var i = Math.Max(0, first); i <= last; i++)
        {
            _ = value[i].Letter is ',' or ';' or '+' or '\\' or '"' or '<' or '>' && value[i].IsEscaped ? text.Append('\\') : text;
            text.Append(value[i].Letter);
        }

        return text.ToString();
    }
}
