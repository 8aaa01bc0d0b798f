using System;
using System.Collections.Generic;
using System.Linq;

namespace ZoomProvisioning;

/// <summary>The roles whose holders Zoom lets nobody deactivate or delete over SCIM.</summary>
internal static class ZoomRoles
{
    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Protected { get; } = ["Owner", "Admin"];

    /// <summary>The one that somebody has, as far as Zoom told the roles; null for none.</summary>
    public static string? ProtectedOf(ScimUser user) =>
        IsTold(user) ? user.FindRole(r => Protected.Contains(r, StringComparer.OrdinalIgnoreCase)) : null;

    /// <summary>Whether Zoom told the roles of somebody: a list does not.</summary>
    public static bool IsTold(ScimUser user) => user.Attributes.Has("roles");
}
