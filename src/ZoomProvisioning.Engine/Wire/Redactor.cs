using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.RegularExpressions;

namespace ZoomProvisioning.Engine.Wire;

/// <summary>
/// Takes known secrets out of texts that come from elsewhere: a server may repeat a header in its error page, and that page
/// ends up in an error message.
/// </summary>
internal sealed class Redactor
{
    /// <summary>How long a secret can be that is found wherever a text is cut. Zoom's tokens have some 700 characters.</summary>
    public const int LongestSecret = 8192;

    private const string Mark = "(hidden)";

    // Tokens come one at a time and live an hour; the few that pile up in a long session may all still be valid.
    // Beside each, what finds it where its signs were written otherwise: null where it has letters and digits only.
    private readonly ConcurrentDictionary<string, Regex?> _secrets = new(StringComparer.Ordinal);

    /// <summary>Remembers a secret. Very short ones would blot out ordinary words.</summary>
    public void Add(string secret)
    {
        if (secret.Length >= 4)
        {
            _secrets[secret] = OtherSpellings(secret);
        }
    }

    /// <summary>Forgets a secret, so that it does not stay in memory.</summary>
    public void Remove(string secret) => _secrets.TryRemove(secret, out _);

    /// <summary>The text without the secrets.</summary>
    public string Clean(string text)
    {
        foreach (var (secret, spellings) in _secrets.Select(s => (s.Key, s.Value)))
        {
            text = string.Join(Mark, text.Split([secret], StringSplitOptions.None));
            text = spellings?.Replace(text, Mark) ?? text;
        }

        return text;
    }

    /// <summary>The text as it may stand in a message: without secrets, on one line, harmless where it is shown, and not longer than a bound.</summary>
    public string Shown(string text, int most = VisibleText.MostWords) => VisibleText.OneLine(Clean(text), most);

    /// <summary>The exception itself, or, should it hold a secret, one that says the same without it.</summary>
    public Exception? Clean(Exception? exception)
    {
        var text = exception?.ToString() ?? string.Empty;
        var clean = Clean(text);
        return string.Equals(text, clean, StringComparison.Ordinal) ? exception : new HttpRequestException(clean);
    }

    /// <summary>
    /// A secret as addresses, pages and JSON write it: any sign in it may be a percent, a character reference or an escape, each for
    /// itself. What fills up base64 at its end may be left out.
    /// </summary>
    private static Regex? OtherSpellings(string secret)
    {
        var pattern = new StringBuilder();
        var end = secret.TrimEnd('=').Length;
        var isPlain = true;
        for (var i = 0; i < secret.Length; i++)
        {
            var character = secret[i];
            if (character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9'))
            {
                pattern.Append(character);
                continue;
            }

            var sign = char.IsHighSurrogate(character) && i + 1 < secret.Length ? secret.Substring(i++, 2) : character.ToString();
            isPlain &= character is '-' or '_' or '.' or '~';
            pattern.Append("(?:").Append(string.Join("|", Spellings(sign).Distinct().Select(Regex.Escape))).Append(i >= end ? ")?" : ")");
        }

        // Of a token's signs no encoder writes any otherwise, and tokens are looked for in everything.
        return isPlain ? null : new Regex(pattern.ToString(), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    }

    private static IEnumerable<string> Spellings(string sign)
    {
        var code = char.IsSurrogate(sign[0]) && sign.Length > 1 ? char.ConvertToUtf32(sign, 0) : sign[0];
        yield return sign;
        yield return string.Concat(Encoding.UTF8.GetBytes(sign).Select(part => "%" + part.ToString("X2", CultureInfo.InvariantCulture)));
        yield return string.Concat(sign.Select(half => "\\u" + ((int)half).ToString("X4", CultureInfo.InvariantCulture)));
        yield return "\\" + sign;
        yield return "&#" + code.ToString(CultureInfo.InvariantCulture) + ";";
        yield return "&#x" + code.ToString("X", CultureInfo.InvariantCulture) + ";";
        yield return System.Net.WebUtility.HtmlEncode(sign);
        if (sign == " ")
        {
            yield return "+";
        }
    }
}
