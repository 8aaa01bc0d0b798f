using System;
using System.Text;
using ZoomProvisioning.Simulator.Behaviours;

namespace ZoomProvisioning.Simulator.Endpoints;

/// <summary>The one form of filter Zoom has: <c>attribute eq value</c>, the value quoted or not (fact sheet 2.2).</summary>
/// <param name="Attribute">The attribute's name as sent.</param>
/// <param name="Value">The value without its quotes.</param>
internal sealed record Filter(string Attribute, string Value)
{
    /// <summary>The filter a text stands for, or null when it is none that Zoom understands.</summary>
    public static Filter? Parse(string text, Behaviour behaviour)
    {
        var parts = text.Trim().Split([' '], 3, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 3 || !string.Equals(parts[1], "eq", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var value = parts[2].Trim();
        var isQuoted = value.StartsWith("\"", StringComparison.Ordinal);
        if (behaviour.Is(Switches.FilterQuotes, isQuoted ? "unquoted-only" : "quoted-only"))
        {
            return null;
        }

        var plain = isQuoted ? Unquote(value) : value;
        return plain is null ? null : new Filter(parts[0], plain);
    }

    public bool Is(string attribute) => string.Equals(Attribute, attribute, StringComparison.OrdinalIgnoreCase);

    // Null when anything follows the closing quote: Zoom knows no "and".
    private static string? Unquote(string quoted)
    {
        var plain = new StringBuilder();
        for (var i = 1; i < quoted.Length; i++)
        {
            if (quoted[i] == '"')
            {
                return i == quoted.Length - 1 ? plain.ToString() : null;
            }

            if (quoted[i] == '\\' && i + 1 < quoted.Length)
            {
                i++;
            }

            plain.Append(quoted[i]);
        }

        return null;
    }
}
