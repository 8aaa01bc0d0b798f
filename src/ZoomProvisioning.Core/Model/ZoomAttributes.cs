using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;

namespace ZoomProvisioning;

/// <summary>
/// The attributes this module maps by name: the core attributes and the enterprise extension. Those of Zoom's own extension
/// are in <see cref="ZoomExtension"/>; both are found by <see cref="Find"/>.
/// </summary>
public static class ZoomAttributes
{
    // Fact sheet, table 2.4: who tells what.
    private static readonly UserDetail[] Everywhere = [UserDetail.Listed, UserDetail.Read, UserDetail.Created, UserDetail.Updated];
    private static readonly UserDetail[] NotInLists = [UserDetail.Read, UserDetail.Created, UserDetail.Updated];
    private static readonly UserDetail[] WriteReplies = [UserDetail.Created, UserDetail.Updated];
    private static readonly UserDetail[] NotInUpdates = [UserDetail.Read, UserDetail.Created];

    /// <summary>The sign-in name, always a mail address.</summary>
    public static readonly ZoomAttribute UserName = Text(nameof(ScimUser.UserName), "userName", Everywhere, u => u.UserName, (u, v) => u.UserName = v, 128);

    /// <summary>The mail address; always the same as the sign-in name.</summary>
    public static readonly ZoomAttribute Email = Text(nameof(ScimUser.Email), "emails[0].value", Everywhere, u => u.Email, (u, v) => u.Email = v, 128);

    /// <summary>First name.</summary>
    public static readonly ZoomAttribute GivenName = Text(
        nameof(ScimUser.GivenName), "name.givenName", Everywhere, u => u.GivenName, (u, v) => u.GivenName = v, 64);

    /// <summary>Last name.</summary>
    public static readonly ZoomAttribute FamilyName = Text(
        nameof(ScimUser.FamilyName), "name.familyName", Everywhere, u => u.FamilyName, (u, v) => u.FamilyName = v, 64);

    /// <summary>The name shown in meetings.</summary>
    public static readonly ZoomAttribute DisplayName = Text(
        nameof(ScimUser.DisplayName), "displayName", Everywhere, u => u.DisplayName, (u, v) => u.DisplayName = v, 128);

    /// <summary>The work phone number.</summary>
    public static readonly ZoomAttribute Phone = new(
        "Phone", "phoneNumbers[type eq \"work\"].value", AttributeKind.Phone, NotInLists, u => u.Phone, (u, v) => u.Phone = (string?)v);

    /// <summary>The mobile number.</summary>
    public static readonly ZoomAttribute MobilePhone = new(
        "MobilePhone",
        "phoneNumbers[type eq \"mobile\"].value",
        AttributeKind.Phone,
        NotInLists,
        u => u.MobilePhone,
        (u, v) => u.MobilePhone = (string?)v);

    /// <summary>The number at home.</summary>
    public static readonly ZoomAttribute HomePhone = new(
        "HomePhone", "phoneNumbers[type eq \"home\"].value", AttributeKind.Phone, NotInLists, u => u.HomePhone, (u, v) => u.HomePhone = (string?)v);

    /// <summary>The fax number.</summary>
    public static readonly ZoomAttribute Fax = new(
        "Fax", "phoneNumbers[type eq \"fax\"].value", AttributeKind.Phone, NotInLists, u => u.Fax, (u, v) => u.Fax = (string?)v);

    /// <summary>Whether the user may sign in.</summary>
    public static readonly ZoomAttribute Active = new("Active", "active", AttributeKind.Flag, Everywhere, u => u.Active, (u, v) => u.Active = (bool?)v);

    /// <summary>Collaboration, Basic, Licensed or On-Prem.</summary>
    public static readonly ZoomAttribute UserType = Text(nameof(ScimUser.UserType), "userType", Everywhere, u => u.UserType, (u, v) => u.UserType = v);

    /// <summary>The names of the user's roles.</summary>
    public static readonly ZoomAttribute Roles = new(
        "Roles", "roles", AttributeKind.Names, NotInLists, u => u.Roles.ToArray(), (u, v) => u.Roles = ((IEnumerable<string>?)v ?? []).ToArray());

    /// <summary>Job title.</summary>
    public static readonly ZoomAttribute Title = Text(nameof(ScimUser.Title), "title", WriteReplies, u => u.Title, (u, v) => u.Title = v, 128);

    /// <summary>Department.</summary>
    public static readonly ZoomAttribute Department = Text(
        nameof(ScimUser.Department), ScimSchemas.EnterpriseUser + ":department", Everywhere, u => u.Department, (u, v) => u.Department = v);

    /// <summary>Company.</summary>
    public static readonly ZoomAttribute Organization = Text(
        nameof(ScimUser.Organization),
        ScimSchemas.EnterpriseUser + ":organization",
        NotInLists,
        u => u.Organization,
        (u, v) => u.Organization = v,
        255);

    /// <summary>Cost center.</summary>
    public static readonly ZoomAttribute CostCenter = Text(
        nameof(ScimUser.CostCenter), ScimSchemas.EnterpriseUser + ":costCenter", NotInUpdates, u => u.CostCenter, (u, v) => u.CostCenter = v);

    /// <summary>Employee number, unique in the account.</summary>
    public static readonly ZoomAttribute EmployeeNumber = Text(
        nameof(ScimUser.EmployeeNumber),
        ScimSchemas.EnterpriseUser + ":employeeNumber",
        NotInUpdates,
        u => u.EmployeeNumber,
        (u, v) => u.EmployeeNumber = v);

    /// <summary>The manager's mail address.</summary>
    public static readonly ZoomAttribute Manager = Text(
        nameof(ScimUser.Manager), ScimSchemas.EnterpriseUser + ":manager", NotInUpdates, u => u.Manager, (u, v) => u.Manager = v);

    /// <summary>Zoom's location field.</summary>
    public static readonly ZoomAttribute Locale = Text(nameof(ScimUser.Locale), "locale", WriteReplies, u => u.Locale, (u, v) => u.Locale = v, 256);

    /// <summary>All of them, in the order people expect.</summary>
    public static readonly IReadOnlyList<ZoomAttribute> All =
        [UserName, Email, GivenName, FamilyName, DisplayName, Phone, MobilePhone, HomePhone, Fax, Active, UserType, Roles, Title,
         Department, Organization, CostCenter, EmployeeNumber, Manager, Locale];

    /// <summary>The attribute of this name, without regard to case; null when it is not one of <see cref="All"/>.</summary>
    public static ZoomAttribute? Find(string name) => ByName.TryGetValue(name, out var attribute) ? attribute : null;

    /// <summary>The attributes that were set on a user, extension attributes of any name included, in a fixed order.</summary>
    public static IReadOnlyList<ZoomAttribute> ChangedOn(ScimUser user)
    {
        // Asked for each of a hundred thousand people, who share a few lists of names. A slot that is taken is simply taken over.
        var names = user.ChangedNames;
        var slot = RuntimeHelpers.GetHashCode(names) & (Known.Length - 1);
        if (Known[slot] is { } known && ReferenceEquals(known.Names, names))
        {
            return known.Attributes;
        }

        var attributes = Array.AsReadOnly(InOrderOf(names));
        Known[slot] = new NamedAttributes(names, attributes);
        return attributes;
    }

    private static ZoomAttribute[] InOrderOf(string[] names)
    {
        var changed = new List<ZoomAttribute>(names.Length);
        List<string>? others = null;
        foreach (var name in names)
        {
            if (Find(name) is { } attribute)
            {
                changed.Add(attribute);
            }
            else if (name is not (nameof(ScimUser.Id) or nameof(ScimUser.PhoneNumbers)))
            {
                (others ??= []).Add(name);
            }
        }

        changed.Sort(InOrder);
        others?.Sort(StringComparer.Ordinal);
        foreach (var name in others ?? [])
        {
            changed.Add(ZoomExtension.Attribute(name));
        }

        return [.. changed];
    }

    // After All: static fields are set in the order they are written.
    private static readonly Dictionary<string, ZoomAttribute> ByName = All.ToDictionary(a => a.Name, StringComparer.OrdinalIgnoreCase);
    private static readonly Dictionary<ZoomAttribute, int> Places = All.Select((a, i) => (a, i)).ToDictionary(p => p.a, p => p.i);
    private static readonly Comparison<ZoomAttribute> InOrder = (left, right) => Places[left].CompareTo(Places[right]);

    private static readonly NamedAttributes?[] Known = new NamedAttributes?[256];

    private sealed record NamedAttributes(string[] Names, IReadOnlyList<ZoomAttribute> Attributes);

    private static ZoomAttribute Text(
        string name, string path, UserDetail[] toldBy, Func<ScimUser, string?> get, Action<ScimUser, string?> set, int maxLength = 0) =>
        new(name, path, AttributeKind.Text, toldBy, get, (user, value) => set(user, (string?)value), maxLength);
}
