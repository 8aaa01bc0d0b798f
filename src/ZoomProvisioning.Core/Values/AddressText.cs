using System;
using System.Linq;
using System.Text.RegularExpressions;

namespace ZoomProvisioning.Values;

/// <summary>
/// The one address in a cell that holds more or less than one plain address: a link, a display name around it, a list. Read where
/// that is certain; never the first of several.
/// </summary>
internal static class AddressText
{
    private static readonly Regex Address = new(@"^[^\s@]+@[^\s@]+\.[^\s@.]+$", RegexOptions.CultureInvariant);

    private const int MostCharacters = 8000;

    /// <summary>Whether a text has the form of an address.</summary>
    public static bool IsAddress(string text) => Address.IsMatch(text) && FaultIn(text) is null;

    /// <summary>The address a cell holds; the cell's text where it holds none, which is told later.</summary>
    /// <exception cref="FormatException">There are several, or one that is not what it looks like.</exception>
    public static string? Read(string cell)
    {
        var text = CellText.Trim(cell);
        if (text.Length == 0)
        {
            return null;
        }

        if (IsPlain(text))
        {
            return text;
        }

        CellText.RefuseDamage(text);
        if (CellText.Clean(text) is { } clean && ValueFaults.Of(clean, isName: false) is { } fault)
        {
            throw new NoValueException(clean, fault);
        }

        if (text.IndexOf('@') < 0)
        {
            return text;
        }

        // Nobody's list of addresses is that long, and what is taken off around an address is taken off bit by bit.
        if (text.Length > MostCharacters)
        {
            throw new FormatException($"'{Shown(text)}' is no address: it has {text.Length} characters.");
        }

        var found = Only(text);
        return FaultIn(found) is { } why ? throw new FormatException($"'{Shown(found)}' {why}.") : CellText.Clean(found);
    }

    /// <summary>The address that a list of Exchange's marks as the primary one; null when it marks none.</summary>
    public static string? Primary(object value) => value switch
    {
        string text => PrimaryOf(text),
        System.Collections.IEnumerable many => PrimaryOf(string.Join(";", many.Cast<object?>())),
        _ => PrimaryOf(value.ToString() ?? string.Empty),
    };

    /// <summary>What makes an address doubtful; null when nothing does.</summary>
    public static string? FaultIn(string address)
    {
        var at = address.LastIndexOf('@');
        if (address.IndexOf("#EXT#", StringComparison.OrdinalIgnoreCase) >= 0)
        {
            return "is the sign-in name of a guest from another directory, and no mail address";
        }

        if (at > 0 && IsSimple(address, at))
        {
            return null;
        }

        if (CellText.HiddenIn(address) is { } hidden)
        {
            return $"has a character inside that nobody sees ({CellText.Name(hidden)})";
        }

        if (address.Any(c => c is '‘' or '’' or '“' or '”' or '„' or '‚' or '´' or '`' && c > '\x7F'))
        {
            return "has a typographic quote in it";
        }

        if (address.Any(c => c is >= '\uFF01' and <= '\uFF5E'))
        {
            return "is written in full-width letters";
        }

        if (address.IndexOf("..", StringComparison.Ordinal) >= 0 || address.StartsWith(".", StringComparison.Ordinal)
            || (at > 0 && address[at - 1] == '.') || (at > 0 && at + 1 < address.Length && address[at + 1] is '.' or '-'))
        {
            return "has a dot where none can be";
        }

        if (address.Any(c => c is '<' or '>' or '(' or ')' or '[' or ']' or ',' or ';' or ':' or '"' or '\\'))
        {
            return "has punctuation in it that no address has";
        }

        if (at > 0 && address.Skip(at + 1).Any(c => !char.IsLetterOrDigit(c) && c is not ('.' or '-' or '_') && c < '\x80'))
        {
            return "has a character in its domain that no domain has";
        }

        return ScriptsIn(address.Substring(0, Math.Max(at, 0))) is { } local ? local
            : address.Substring(at + 1).Split('.').Select(ScriptsIn).FirstOrDefault(f => f is not null);
    }

    // Letters, digits and the usual signs, one @, and a domain with a dot: nearly every cell.
    private static bool IsPlain(string text)
    {
        var at = text.IndexOf('@');
        return at > 0 && text.IndexOf('@', at + 1) < 0 && text.IndexOf('.', at) > at + 1 && text[text.Length - 1] != '.' && IsSimple(text, at);
    }

    private static bool IsSimple(string text, int at)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var isSimple = c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_' || i == at
                || (c == '.' && i > 0 && i != at + 1 && text[i - 1] != '.' && i + 1 != at)
                || (i < at && c is '+' or '\'' or '&' or '=' or '~' or '!' or '$' or '%' or '*' or '/' or '^' or '{' or '}' or '|');
            if (!isSimple || (i == 0 && c is '\''))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The one address in a text that has at least one @.</summary>
    private static string Only(string text)
    {
        if (text.IndexOfAny([';', ',', '|', '\n', '+']) >= 0 && PrimaryOf(text) is { } primary)
        {
            return primary;
        }

        // "Name" <address>, <address>, Name (address): what the brackets hold is the address, and the rest is nobody's.
        var inner = InBrackets(text, '<', '>') ?? InBrackets(text, '(', ')');
        var candidates = (inner is not null ? [inner] : text.Split([';', ',', '|', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries))
            .Select(Unwrapped)
            .Where(c => c.Length > 0)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToList();
        var addresses = candidates.Where(c => c.IndexOf('@') >= 0)
            .Select(c => (InBrackets(c, '<', '>') is { } named ? Unwrapped(named) : c))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToList();
        if (addresses.Count > 1 || (inner is not null && text.Count(c => c == '@') > 1
            && Rest(text, inner).IndexOf('@') >= 0 && !SameTwice(text, addresses[0])))
        {
            throw new FormatException($"there are several addresses ({Shown(text)}), and nothing says which is meant.");
        }

        return candidates.Count > 1 && inner is null && addresses.Count == 1 && candidates.Any(c => c.IndexOf('@') < 0)
            ? text
            : addresses.Count == 1 ? addresses[0]
            : text;
    }

    // Exchange marks the primary one of a list by capitals: SMTP:a@example.com;smtp:b@example.com. Microsoft 365 joins with a plus.
    private static string? PrimaryOf(string text)
    {
        var parts = text.Split([';', ',', '|', '\n', '+'], StringSplitOptions.RemoveEmptyEntries).Select(CellText.Trim).Where(p => p.Length > 0).ToList();
        if (!parts.TrueForAll(p => p.IndexOf(':') > 0))
        {
            return null;
        }

        var primary = parts.Where(p => p.StartsWith("SMTP:", StringComparison.Ordinal)).ToList();
        return primary.Count == 1 ? primary[0].Substring(5) : null;
    }

    private static string? InBrackets(string text, char open, char close)
    {
        var start = text.IndexOf(open);
        var end = start < 0 ? -1 : text.IndexOf(close, start);
        if (end < 0 || text.IndexOf(open, end) >= 0)
        {
            return null;
        }

        var inner = text.Substring(start + 1, end - start - 1);
        return inner.IndexOf('@') >= 0 && inner.IndexOf('=') < 0 ? inner : null;
    }

    private static string Rest(string text, string inner) => text.Replace(inner, string.Empty);

    private static bool SameTwice(string text, string address) =>
        Regex.Matches(text, @"[^\s<>()\[\]""',;:]+@[^\s<>()\[\]""',;:]+")
            .Cast<Match>()
            .All(m => string.Equals(Unwrapped(m.Value), address, StringComparison.OrdinalIgnoreCase));

    /// <summary>Without what stands around an address by habit: quotes, mailto:, smtp:, a full stop.</summary>
    private static string Unwrapped(string text)
    {
        var bare = CellText.Trim(text);
        if (bare.Length > 9 && bare[bare.Length - 1] == '#' && bare.IndexOf("#mailto:", StringComparison.OrdinalIgnoreCase) is >= 0 and var link)
        {
            // Access writes a link as text#address#.
            var (shown, target) = (bare.Substring(0, link), bare.Substring(link + 1, bare.Length - link - 2));
            bare = shown.Length == 0 || string.Equals(shown, target.Substring(7), StringComparison.OrdinalIgnoreCase) ? target : bare;
        }

        string before;
        do
        {
            before = bare;
            foreach (var prefix in new[] { "mailto:", "smtp:", "email:", "e-mail:" })
            {
                if (bare.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                {
                    bare = bare.Substring(prefix.Length);
                }
            }

            bare = CellText.Trim(bare).Trim('"', '“', '”', '„', '«', '»').TrimEnd('.', ',', ';');
            if (bare.Length > 2 && bare[0] is '\'' or '‘' or '’' or '‚' && bare[bare.Length - 1] is '\'' or '’' or '‘')
            {
                bare = bare.Substring(1, bare.Length - 2);
            }
        }
        while (bare.Length > 0 && bare != before);

        var question = bare.IndexOf('?');
        return question > 0 && bare.IndexOf('@') is > 0 and var at && at < question ? bare.Substring(0, question) : bare;
    }

    // A word of one script with a letter of another looks like an address that somebody else has.
    private static string? ScriptsIn(string word)
    {
        var latin = word.Any(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '\u00C0' and <= '\u024F'));
        var other = word.FirstOrDefault(c => c is (>= '\u0370' and <= '\u052F') or (>= '\u0530' and <= '\u058F')
            or (>= '\u13A0' and <= '\u13FF') or (>= '\u1C80' and <= '\u1C8F') or (>= '\u2C80' and <= '\u2CFF') or (>= '\uA640' and <= '\uA69F'));
        return latin && other != '\0' ? $"mixes letters of two scripts: '{other}' ({CellText.Name(other)}) only looks like a Latin letter" : null;
    }

    private static string Shown(string text) => text.Length > 80 ? text.Substring(0, 80) + "…" : text;
}
