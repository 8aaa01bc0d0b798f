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

    /// <summary>A plan's code: a 64-bit number that travels as text.</summary>
    Code,

    /// <summary>A value with parts of its own, passed through as it is.</summary>
    Complex,

    /// <summary>One or several names.</summary>
    Names,
}

/// <summary>An attribute of a Zoom user that this module maps, with what Zoom does and does not tell about it.</summary>
public sealed class ZoomAttribute
{
    private readonly Func<ScimUser, object?> _get;
    private readonly Action<ScimUser, object?> _set;

    internal ZoomAttribute(
        string name,
        string path,
        AttributeKind kind,
        IReadOnlyCollection<UserDetail> toldBy,
        Func<ScimUser, object?> get,
        Action<ScimUser, object?> set,
        int maxLength = 0)
    {
        Name = name;
        Path = path;
        Kind = kind;
        ToldBy = toldBy;
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

    /// <summary>Whether its values are seats: user types and bundle plans.</summary>
    internal bool IsSeat => Kind == AttributeKind.Code || this == ZoomAttributes.UserType;

    /// <summary>The kinds of reply that tell it (fact sheet, table 2.4); empty for what Zoom never tells.</summary>
    public IReadOnlyCollection<UserDetail> ToldBy { get; }

    /// <summary>The most characters Zoom takes (Zoom's v2 user API; SCIM states none); 0 when no limit is known.</summary>
    public int MaxLength { get; }

    /// <summary>Whether this user object can tell the attribute. If not, an empty value means unknown.</summary>
    /// <remarks>Zoom calls the user type deprecated, and everybody has one: where it is missing, it is unknown.</remarks>
    public bool IsToldBy(ScimUser user) => (ToldBy.Contains(user.Detail) && Name != nameof(ScimUser.UserType)) || !IsEmpty(Get(user));

    /// <summary>The value on a user: a text, a flag, or an array of names; null or empty when there is none.</summary>
    public object? Get(ScimUser user) => _get(user);

    /// <summary>Sets the value on a user.</summary>
    public void Set(ScimUser user, object? value) => _set(user, value);

    /// <summary>Whether two values mean the same to Zoom.</summary>
    public bool AreEqual(object? current, object? wanted) => Kind switch
    {
        // An add-on that Zoom does not mention is one the user does not have.
        AttributeKind.Flag when IsExtension => (current as bool? ?? false) == (wanted as bool? ?? false),
        AttributeKind.Flag => Equals(current, wanted),
        AttributeKind.Complex => ScimObject.ValueEquals(current, wanted),
        AttributeKind.Code => string.Equals(CodeOf(current), CodeOf(wanted), StringComparison.Ordinal),
        AttributeKind.Phone =>
            string.Equals(current as string, wanted as string, StringComparison.Ordinal) || PhoneFormat.SameNumber(current as string, wanted as string),
        // Zoom shows perhaps only the first of several roles, so what is wanted must be among what is shown, not equal to it.
        AttributeKind.Names =>
            NamesOf(wanted).Any() == NamesOf(current).Any() && NamesOf(wanted).All(name => NamesOf(current).Contains(name, StringComparer.OrdinalIgnoreCase)),
        _ when IsAddress => string.Equals(current as string, wanted as string, StringComparison.OrdinalIgnoreCase),
        // Mostly they are the same to the letter.
        _ => string.Equals(current as string, wanted as string, StringComparison.Ordinal)
            || string.Equals(Canonical(current as string), Canonical(wanted as string), StringComparison.Ordinal),
    };

    /// <summary>A value as people read it.</summary>
    public static string Display(object? value) => value switch
    {
        null => string.Empty,
        bool flag => flag ? "true" : "false",
        IEnumerable<string> names => string.Join("; ", names),
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? string.Empty,
    };

    /// <summary>Whether it is part of Zoom's own extension.</summary>
    public bool IsExtension { get; internal init; }

    /// <summary>Whether a user can be without it. Names, address, state and type cannot be taken away, only changed.</summary>
    public bool CanBeCleared => Name is not (nameof(ScimUser.UserName) or nameof(ScimUser.Email) or nameof(ScimUser.GivenName)
        or nameof(ScimUser.FamilyName) or nameof(ScimUser.DisplayName) or nameof(ScimUser.Active) or nameof(ScimUser.UserType));

    /// <inheritdoc/>
    public override string ToString() => Name;

    internal static bool IsEmpty(object? value) => value is null or "" || (value is ICollection<string> names && names.Count == 0);

    /// <summary>Whether it is the user's one address.</summary>
    internal bool IsAddress => Name is nameof(ScimUser.UserName) or nameof(ScimUser.Email);

    /// <summary>Whether it is a name of the person.</summary>
    internal bool IsPersonName => Name is nameof(ScimUser.GivenName) or nameof(ScimUser.FamilyName) or nameof(ScimUser.DisplayName);

    /// <summary>Whether it is a number that must be whole to mean anything.</summary>
    internal bool IsNumber => Name is nameof(ScimUser.EmployeeNumber) or nameof(ScimUser.CostCenter);

    /// <summary>The value that takes the attribute off a user, as far as anybody knows (fact sheet, section 10, rows 9 and 28).</summary>
    internal object ClearValue => Kind switch
    {
        AttributeKind.Names => Array.Empty<string>(),
        AttributeKind.Flag => false,
        AttributeKind.Code when Name == "zoomUnited" => "none",
        AttributeKind.Code => "0",
        _ when Name == "zoomPhoneCallingPlan" => "-1",
        _ => string.Empty,
    };

    // No plan is written in three ways.
    private static string CodeOf(object? value) => Display(value) is var code && code is "0" or "none" ? string.Empty : code;

    private static IEnumerable<string> NamesOf(object? value) => value as IEnumerable<string> ?? [];

    // 'é' as one character or as two is the same name; directories and Zoom differ in which one they keep.
    internal static string Canonical(string? text)
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
