using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace ZoomProvisioning.Ldap;

/// <summary>The filters of LDAP (RFC 4515): writing values into them, joining them, and finding what is wrong with one.</summary>
internal static class LdapFilter
{
    /// <summary>Everybody.</summary>
    public const string Everything = "(objectClass=*)";

    /// <summary>A value as a filter writes it.</summary>
    public static string Escape(string value)
    {
        var text = new StringBuilder(value.Length);
        foreach (var letter in value)
        {
            _ = letter is '*' or '(' or ')' or '\\' or '\0'
                ? text.Append('\\').Append(((int)letter).ToString("x2", CultureInfo.InvariantCulture))
                : text.Append(letter);
        }

        return text.ToString();
    }

    /// <summary>All filters at once.</summary>
    public static string And(params string[] filters) => Join('&', filters);

    /// <summary>One of the filters.</summary>
    public static string Or(IEnumerable<string> filters) => Join('|', filters.ToList());

    /// <summary>What is wrong with a filter, as a sentence without its end; null when nothing is.</summary>
    public static string? MistakeIn(string filter)
    {
        var position = 0;
        var mistake = Part(filter, ref position, 0);
        return mistake ?? (position < filter.Length ? $"'{filter.Substring(position)}' stands behind its end" : null);
    }

    private static string Join(char sign, IReadOnlyList<string> filters) => filters.Count == 1 ? filters[0] : $"({sign}{string.Concat(filters)})";

    private static string? Part(string filter, ref int position, int depth)
    {
        if (position >= filter.Length || filter[position] != '(')
        {
            return $"'(' is expected at character {position + 1}";
        }

        if (depth > 50)
        {
            return $"it is nested more than 50 deep at character {position + 1}";
        }

        var start = position++;
        if (position >= filter.Length)
        {
            return "it ends behind a '('";
        }

        if (filter[position] is '&' or '|' or '!')
        {
            var sign = filter[position++];
            var parts = 0;
            while (position < filter.Length && filter[position] == '(')
            {
                if (Part(filter, ref position, depth + 1) is { } inner)
                {
                    return inner;
                }

                parts++;
            }

            if (sign == '!' ? parts != 1 : parts == 0)
            {
                return sign == '!'
                    ? $"'!' at character {start + 2} negates one filter in parentheses"
                    : $"'{sign}' at character {start + 2} joins filters in parentheses, and there is none";
            }
        }
        else if (Comparison(filter, ref position, start) is { } mistake)
        {
            return mistake;
        }

        if (position >= filter.Length || filter[position] != ')')
        {
            return position >= filter.Length
                ? $"the '(' at character {start + 1} is not closed"
                : $"'{filter[position]}' stands at character {position + 1} where ')' is expected";
        }

        position++;
        return null;
    }

    private static string? Comparison(string filter, ref int position, int start)
    {
        var from = position;
        while (position < filter.Length && filter[position] is not ('=' or '(' or ')'))
        {
            position++;
        }

        var attribute = filter.Substring(from, position - from).TrimEnd('~', '<', '>');
        if (position >= filter.Length || filter[position] != '=' || attribute.Length == 0 || attribute.Any(char.IsWhiteSpace))
        {
            return $"a comparison such as (department=Sales) is expected at character {start + 1}";
        }

        position++;
        while (position < filter.Length && filter[position] is not ('(' or ')'))
        {
            if (filter[position] == '\\' && !(position + 2 < filter.Length && Uri.IsHexDigit(filter[position + 1]) && Uri.IsHexDigit(filter[position + 2])))
            {
                return $"'\\' at character {position + 1} begins two hexadecimal digits, such as \\2c; for '\\' itself write \\5c";
            }

            position++;
        }

        return position < filter.Length && filter[position] == '(' ? $"'(' stands in a value at character {position + 1}; write \\28" : null;
    }
}
