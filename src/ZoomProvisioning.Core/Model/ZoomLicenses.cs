using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Values;

namespace ZoomProvisioning;

/// <summary>
/// One vocabulary for all that Zoom calls a licence: user types (Licensed), bundle plans (BusinessPlus-US) and add-ons
/// (Whiteboard), each under its readable name, its old name, or as <c>attribute=code</c>.
/// </summary>
public static class ZoomLicenses
{
    /// <summary>The names, for completion.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. ZoomUserTypes.All,
        .. ZoomPlans.All.Select(p => p.Name),
        .. ZoomExtension.Known.Where(a => a.Kind == AttributeKind.Flag).Select(a => AddOnName(a.Name)),
    ];

    /// <summary>Sets on a user what a licence's name stands for.</summary>
    /// <param name="user">The user wanted.</param>
    /// <param name="license">A name of <see cref="Names"/>, an old name (Pro, Corp), or attribute=code.</param>
    /// <returns>What was changed or doubted; null when nothing.</returns>
    /// <exception cref="FormatException">Nobody knows the name; the message says which there are.</exception>
    public static string? Apply(ScimUser user, string license)
    {
        var name = license.Trim();
        if (name.IndexOf('=') is > 0 and var equals)
        {
            return ApplyCode(user, name.Substring(0, equals).Trim(), name.Substring(equals + 1).Trim());
        }

        if (ZoomPlans.Find(name) is { } plan)
        {
            user.SetExtension(plan.Attribute, plan.Code);
            return null;
        }

        if (ZoomExtension.Known.FirstOrDefault(a => a.Kind == AttributeKind.Flag && (Same(a.Name, name) || Same(AddOnName(a.Name), name))) is { } addOn)
        {
            user.SetExtension(addOn.Name, true);
            return null;
        }

        var userType = ZoomUserTypes.Normalize(name, out var remark);
        if (!ZoomUserTypes.All.Contains(userType))
        {
            // Sixty names say less than the one that was meant.
            throw new FormatException(Spelling.Closest(name, Names) is { } meant
                ? $"'{license}' is no licence this module knows (did you mean '{meant}'?)."
                : $"'{license}' is no licence this module knows. There are: {string.Join(", ", Names)}; or attribute=code, such as zoomOneBizPlus=16.");
        }

        user.UserType = userType;
        return remark;
    }

    /// <summary>
    /// The licences a user has, as far as the object tells: plans, else the user type, and add-ons. A list tells the user type only, and
    /// with a bundle plan the user type follows from the plan.
    /// </summary>
    public static IReadOnlyList<string> Of(ScimUser user)
    {
        var found = new List<string>();
        foreach (DictionaryEntry entry in user.Extension)
        {
            var attribute = ZoomExtension.Attribute(entry.Key.ToString()!);
            if (attribute.Kind == AttributeKind.Code && ZoomAttribute.Display(entry.Value) is { Length: > 0 } code && code != "0")
            {
                found.Add(ZoomPlans.Find(attribute.Name, code)?.Name ?? $"{attribute.Name}={code}");
            }
            else if (attribute.Kind == AttributeKind.Flag && entry.Value is true or "true")
            {
                found.Add(AddOnName(attribute.Name));
            }
        }

        found.Sort(StringComparer.OrdinalIgnoreCase);
        return user.UserType is { Length: > 0 } type && !found.Exists(IsBundle) ? [type, .. found] : found;
    }

    /// <summary>What a licence is: a user type, a plan or an add-on.</summary>
    internal static string KindOf(string license) => ZoomUserTypes.All.Contains(license, StringComparer.OrdinalIgnoreCase) ? "UserType"
        : license.IndexOf('=') > 0 || ZoomPlans.Find(license) is not null ? "Plan"
        : "AddOn";

    // Auto Dialer is bought beside a user type, the other plans bring one along.
    private static bool IsBundle(string license) => KindOf(license) == "Plan" && !license.StartsWith("AutoDialer", StringComparison.Ordinal);

    private static string? ApplyCode(ScimUser user, string attribute, string code)
    {
        user.SetExtension(attribute, ZoomExtension.Normalize(ZoomExtension.Attribute(attribute), code));
        return !ZoomExtension.IsKnown(attribute) ? $"This module does not know the attribute '{attribute}'; it is sent as it is."
            : ZoomExtension.Attribute(attribute).Kind == AttributeKind.Code && ZoomPlans.Find(attribute, code) is null
            ? $"This module does not know the code '{code}' of '{attribute}'; it is sent as it is."
            : null;
    }

    private static string AddOnName(string attribute) =>
        attribute.StartsWith("zoom", StringComparison.Ordinal) ? attribute.Substring(4) : char.ToUpperInvariant(attribute[0]) + attribute.Substring(1);

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
