using System;
using System.Collections.Generic;
using System.Linq;

namespace ZoomProvisioning;

/// <summary>The attributes this module maps: the twelve of Ping's Zoom provisioner and the display name.</summary>
public static class ZoomAttributes
{
    /// <summary>The sign-in name, always a mail address.</summary>
    public static readonly ZoomAttribute UserName = Text(nameof(ScimUser.UserName), "userName", UserDetail.Listed, u => u.UserName, (u, v) => u.UserName = v, 128);

    /// <summary>The mail address; always the same as the sign-in name.</summary>
    public static readonly ZoomAttribute Email = Text(nameof(ScimUser.Email), "emails[0].value", UserDetail.Listed, u => u.Email, (u, v) => u.Email = v, 128);

    /// <summary>First name.</summary>
    public static readonly ZoomAttribute GivenName = Text(nameof(ScimUser.GivenName), "name.givenName", UserDetail.Listed, u => u.GivenName, (u, v) => u.GivenName = v, 64);

    /// <summary>Last name.</summary>
    public static readonly ZoomAttribute FamilyName = Text(nameof(ScimUser.FamilyName), "name.familyName", UserDetail.Listed, u => u.FamilyName, (u, v) => u.FamilyName = v, 64);

    /// <summary>The name shown in meetings.</summary>
    public static readonly ZoomAttribute DisplayName = Text(nameof(ScimUser.DisplayName), "displayName", UserDetail.Listed, u => u.DisplayName, (u, v) => u.DisplayName = v, 128);

    /// <summary>The work phone number.</summary>
    public static readonly ZoomAttribute Phone = new("Phone", "phoneNumbers[type eq \"work\"].value", AttributeKind.Phone, UserDetail.Read, u => u.Phone, (u, v) => u.Phone = (string?)v);

    /// <summary>Whether the user may sign in.</summary>
    public static readonly ZoomAttribute Active = new("Active", "active", AttributeKind.Flag, UserDetail.Listed, u => u.Active, (u, v) => u.Active = (bool?)v);

    /// <summary>Collaboration, Basic, Licensed or On-Prem.</summary>
    public static readonly ZoomAttribute UserType = Text(nameof(ScimUser.UserType), "userType", UserDetail.Listed, u => u.UserType, (u, v) => u.UserType = v);

    /// <summary>The names of the user's roles.</summary>
    public static readonly ZoomAttribute Roles = new("Roles", "roles", AttributeKind.Names, UserDetail.Read, u => u.Roles, (u, v) => u.Roles = ((IEnumerable<string>?)v ?? []).ToArray());

    /// <summary>Job title.</summary>
    public static readonly ZoomAttribute Title = Text(nameof(ScimUser.Title), "title", UserDetail.Written, u => u.Title, (u, v) => u.Title = v, 128);

    /// <summary>Department.</summary>
    public static readonly ZoomAttribute Department = Text(nameof(ScimUser.Department), ScimSchemas.EnterpriseUser + ":department", UserDetail.Listed, u => u.Department, (u, v) => u.Department = v);

    /// <summary>Company.</summary>
    public static readonly ZoomAttribute Organization = Text(nameof(ScimUser.Organization), ScimSchemas.EnterpriseUser + ":organization", UserDetail.Read, u => u.Organization, (u, v) => u.Organization = v, 255);

    /// <summary>Zoom's location field.</summary>
    public static readonly ZoomAttribute Locale = Text(nameof(ScimUser.Locale), "locale", UserDetail.Written, u => u.Locale, (u, v) => u.Locale = v, 256);

    /// <summary>All of them, in the order people expect.</summary>
    public static readonly IReadOnlyList<ZoomAttribute> All =
        [UserName, Email, GivenName, FamilyName, DisplayName, Phone, Active, UserType, Roles, Title, Department, Organization, Locale];

    /// <summary>The attribute of this name, without regard to case; null when there is none.</summary>
    public static ZoomAttribute? Find(string name) =>
        All.FirstOrDefault(a => string.Equals(a.Name, name, StringComparison.OrdinalIgnoreCase));

    private static ZoomAttribute Text(string name, string path, UserDetail toldFrom, Func<ScimUser, string?> get, Action<ScimUser, string?> set, int maxLength = 0) =>
        new(name, path, AttributeKind.Text, toldFrom, get, (user, value) => set(user, (string?)value), maxLength);
}
