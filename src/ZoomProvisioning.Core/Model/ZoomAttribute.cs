using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace ZoomProvisioning;

/// <summary>What kind of value an attribute takes from a source.</summary>
public enum AttributeKind
{
    /// <summary>One text.</summary>
    Text,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>One phone number.</summary>
    Phone,

    /// <summary>One or several names.</summary>
    Names,
}

/// <summary>An attribute of a Zoom user that this module maps, with what Zoom does and does not tell about it.</summary>
public sealed class ZoomAttribute
{
    private readonly Func<ScimUser, object?> _get;
    private readonly Action<ScimUser, object?> _set;

    internal ZoomAttribute(string name, string path, AttributeKind kind, UserDetail toldFrom, Func<ScimUser, object?> get, Action<ScimUser, object?> set, int maxLength = 0)
    {
        Name = name;
        Path = path;
        Kind = kind;
        ToldFrom = toldFrom;
        MaxLength = maxLength;
        _get = get;
        _set = set;
    }

    /// <summary>The name used by parameters, mappings and messages.</summary>
    public string Name { get; }

    /// <summary>The SCIM attribute (RFC 7644 section 3.10 notation).</summary>
    public string Path { get; }

    /// <summary>What kind of value it takes.</summary>
    public AttributeKind Kind { get; }

    /// <summary>The least detailed reply that tells it: list, read, or only the reply to a write.</summary>
    public UserDetail ToldFrom { get; }

    /// <summary>The most characters Zoom takes (Zoom's v2 user API; SCIM states none); 0 when no limit is known.</summary>
    public int MaxLength { get; }

    /// <summary>Whether this user object can tell the attribute. If not, an empty value means unknown.</summary>
    public bool IsToldBy(ScimUser user) => user.Detail >= ToldFrom || !IsEmpty(Get(user));

    /// <summary>The value on a user: a text, a flag, or an array of names; null or empty when there is none.</summary>
    public object? Get(ScimUser user) => _get(user);

    /// <summary>Sets the value on a user.</summary>
    public void Set(ScimUser user, object? value) => _set(user, value);

    /// <summary>Whether two values mean the same to Zoom.</summary>
    public bool AreEqual(object? current, object? wanted) => Kind switch
    {
        AttributeKind.Flag => Equals(current, wanted),
        AttributeKind.Phone => PhoneFormat.SameNumber(current as string, wanted as string),
        // Zoom shows perhaps only the first of several roles, so what is wanted must be among what is shown, not equal to it.
        AttributeKind.Names => NamesOf(wanted).All(name => NamesOf(current).Contains(name, StringComparer.OrdinalIgnoreCase)),
        _ when IsAddress => string.Equals(current as string, wanted as string, StringComparison.OrdinalIgnoreCase),
        _ => string.Equals(Canonical(current as string), Canonical(wanted as string), StringComparison.Ordinal),
    };

    /// <summary>A value as people read it.</summary>
    public static string Display(object? value) => value switch
    {
        null => string.Empty,
        bool flag => flag ? "true" : "false",
        IEnumerable<string> names => string.Join("; ", names),
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? string.Empty,
    };

    /// <inheritdoc/>
    public override string ToString() => Name;

    internal static bool IsEmpty(object? value) => value is null or "" || (value is ICollection<string> names && names.Count == 0);

    /// <summary>Whether it is the user's one address.</summary>
    internal bool IsAddress => Name is nameof(ScimUser.UserName) or nameof(ScimUser.Email);

    private static IEnumerable<string> NamesOf(object? value) => value as IEnumerable<string> ?? [];

    // 'é' as one character or as two is the same name; directories and Zoom differ in which one they keep.
    private static string Canonical(string? text)
    {
        var trimmed = (text ?? string.Empty).Trim();
        try
        {
            return trimmed.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            // Half a character, as a source leaves behind that cuts texts by length, has no normal form.
            return trimmed;
        }
    }
}
