using System;
using System.Collections.Generic;
using System.Linq;

namespace ZoomProvisioning;

/// <summary>The user types Zoom knows, and the older names some directories still hold.</summary>
public static class ZoomUserTypes
{
    /// <summary>Today's names (Zoom's SCIM2 OpenAPI).</summary>
    public static readonly IReadOnlyList<string> All = ["Basic", "Licensed", "On-Prem", "Collaboration"];

    /// <summary>Whether a user type costs nothing.</summary>
    internal static bool IsFree(string userType) => userType is "Basic" or "Collaboration";

    /// <summary>Whether a user type is one that is paid for.</summary>
    internal static bool IsPaid(object? userType) => userType is "Licensed" or "On-Prem";

    /// <summary>Brings a name to today's spelling. Pro and Corp were renamed in October 2020 (Microsoft's Zoom tutorial, change log).</summary>
    /// <param name="name">Any spelling, or a type this module does not know.</param>
    /// <param name="remark">What was changed or doubted; null when nothing.</param>
    public static string Normalize(string name, out string? remark)
    {
        remark = null;
        var key = name.Replace(" ", string.Empty).Replace("-", string.Empty);
        foreach (var (old, today) in new[] { ("Pro", "Licensed"), ("Corp", "On-Prem"), ("Unassigned", "Collaboration") })
        {
            if (string.Equals(key, old, StringComparison.OrdinalIgnoreCase))
            {
                remark = $"User type '{name}' is an older name; Zoom calls it '{today}' now.";
                return today;
            }
        }

        var known = All.FirstOrDefault(t => string.Equals(t.Replace("-", string.Empty), key, StringComparison.OrdinalIgnoreCase));
        if (known is null)
        {
            remark = $"User type '{name}' is not one this module knows ({string.Join(", ", All)}); it is sent as it is.";
        }

        return known ?? name;
    }
}
