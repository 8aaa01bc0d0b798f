using System;
using System.Text.RegularExpressions;

namespace ZoomProvisioning;

/// <summary>
/// A filter Zoom has: users by <c>userName</c> or <c>externalId</c> (which in Zoom means the user's id), groups by
/// <c>displayName</c>, each with <c>eq</c> only (Zoom's SCIM2 OpenAPI).
/// </summary>
public sealed class ScimFilter
{
    private static readonly Regex Shape = new(
        @"^\s*(?<attribute>[A-Za-z.:0-9]+)\s+(?<operator>[A-Za-z]+)\s+(?:""(?<value>(?:[^""\\]|\\.)*)""|'(?<value>[^']*)'|(?<plain>[^\s""'][^\s""]*))\s*$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    private ScimFilter(string attribute, string value)
    {
        Attribute = attribute;
        Value = value;
    }

    /// <summary>userName, externalId or displayName.</summary>
    public string Attribute { get; }

    /// <summary>The value looked for, without quotes.</summary>
    public string Value { get; }

    /// <summary>Users with this sign-in name.</summary>
    public static ScimFilter UserName(string userName) => new("userName", userName);

    /// <summary>The user with this Zoom id.</summary>
    public static ScimFilter ExternalId(string id) => new("externalId", id);

    /// <summary>Groups with this name.</summary>
    public static ScimFilter DisplayName(string name) => new("displayName", name);

    /// <summary>Reads a user filter as people write it, quoted or not.</summary>
    /// <exception cref="FormatException">It is not a filter Zoom has; the message says which ones there are.</exception>
    public static ScimFilter ParseUserFilter(string text)
    {
        var match = Shape.Match(text ?? string.Empty);
        if (match.Success && string.Equals(match.Groups["operator"].Value, "eq", StringComparison.OrdinalIgnoreCase))
        {
            // Without quotes there is nothing to escape, and no blank: 'a@b.c or …' is a filter Zoom does not have.
            var value = match.Groups["plain"].Success ? match.Groups["plain"].Value : Regex.Replace(match.Groups["value"].Value, @"\\(.)", "$1");
            if (string.Equals(match.Groups["attribute"].Value, "userName", StringComparison.OrdinalIgnoreCase))
            {
                return UserName(value);
            }

            if (string.Equals(match.Groups["attribute"].Value, "externalId", StringComparison.OrdinalIgnoreCase))
            {
                return ExternalId(value);
            }
        }

        throw new FormatException(
            $"Zoom has no filter '{text}'. It knows two for users: userName eq \"jill@example.com\" and externalId eq \"<Zoom user id>\". "
            + "For anything else, pipe Get-ZoomScimUser to Where-Object.");
    }

    /// <summary>The filter as SCIM writes it, quoted (RFC 7644 section 3.4.2.2): the form that most clients of Zoom send.</summary>
    public override string ToString() => $"{Attribute} eq \"{Value.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";

    /// <summary>The filter as Zoom's own examples write it, without quotes.</summary>
    public string ToUnquotedString() => $"{Attribute} eq {Value}";
}
