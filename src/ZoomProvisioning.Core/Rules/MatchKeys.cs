using System.Collections.Generic;

namespace ZoomProvisioning.Rules;

/// <summary>
/// The attributes by which somebody can be found in Zoom: those that tell people apart. A first name or a department does not.
/// </summary>
public static class MatchKeys
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ZoomAttribute> All { get; } =
        [ZoomAttributes.UserName, ZoomAttributes.Email, ZoomAttributes.EmployeeNumber, ZoomAttributes.DisplayName];
}
