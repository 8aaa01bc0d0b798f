using System;
using System.Collections.Generic;

namespace ZoomProvisioning.Input;

/// <summary>
/// A directory's own names and those its tools give the same properties: <c>EmailAddress</c> of Get-ADUser is <c>mail</c> in LDAP.
/// Rules, scopes, templates and presets may use either.
/// </summary>
internal static class PropertyNames
{
    private static readonly string[][] Same =
    [
        ["EmailAddress", "mail"],
        ["Surname", "sn"],
        ["Office", "physicalDeliveryOfficeName", "OfficeLocation"],
        ["OfficePhone", "telephoneNumber"],
        ["MobilePhone", "mobile", "mobileTelephoneNumber"],
        ["Fax", "facsimileTelephoneNumber", "FaxNumber"],
        ["HomePhone", "homeTelephoneNumber"],
        ["City", "l", "localityName"],
        ["State", "st"],
        ["StreetAddress", "street"],
        ["Name", "cn"],
        ["DistinguishedName", "dn"],
        ["UserPrincipalName", "UPN"],
        ["AccountExpirationDate", "accountExpires"],
        ["Enabled", "AccountEnabled"],
        ["PrimarySmtpAddress", "WindowsEmailAddress"],
        ["ObjectGUID", "entryUUID", "nsUniqueId"],
    ];

    private static readonly Dictionary<string, string[]> ByName = Build();

    /// <summary>The name a record gives a property that is asked for; null when it has none.</summary>
    public static string? Find(IReadOnlyList<string> names, string property)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (MappingPreset.SameHeading(names[i], property))
            {
                return names[i];
            }
        }

        foreach (var other in OtherNames(property))
        {
            for (var i = 0; i < names.Count; i++)
            {
                if (MappingPreset.SameHeading(names[i], other))
                {
                    return names[i];
                }
            }
        }

        return null;
    }

    /// <summary>What else a property is called.</summary>
    public static IReadOnlyList<string> OtherNames(string property) => ByName.TryGetValue(MappingPreset.Canonical(property), out var others) ? others : [];

    /// <summary>Whether somebody asks for a state that Active Directory keeps in bits.</summary>
    public static bool IsEnabled(string property) => MappingPreset.SameHeading(property, "Enabled") || MappingPreset.SameHeading(property, "AccountEnabled");

    private static Dictionary<string, string[]> Build()
    {
        var names = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var group in Same)
        {
            foreach (var name in group)
            {
                var key = MappingPreset.Canonical(name);
                if (!names.ContainsKey(key))
                {
                    names.Add(key, Array.FindAll(group, n => !MappingPreset.SameHeading(n, name)));
                }
            }
        }

        return names;
    }
}
