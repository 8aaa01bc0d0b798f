using System;
using System.Collections.Generic;
using System.Linq;

namespace ZoomProvisioning.Input;

/// <summary>
/// Which property of a record feeds which attribute, where the admin did not say. The names are those of the fact sheet's
/// table 8.2; the first one that has a value wins.
/// </summary>
public static class MappingPreset
{
    /// <summary>The name under which a record may carry the Zoom id of the user it is about.</summary>
    public const string IdentityName = "Identity";

    /// <summary>The name under which a record may carry licences, several separated by semicolons (see <see cref="ZoomLicenses"/>).</summary>
    public const string LicenseName = "License";

    private static readonly Dictionary<string, string[]> ActiveDirectory = new(StringComparer.OrdinalIgnoreCase)
    {
        ["UserName"] = ["EmailAddress", "mail", "UserPrincipalName"],
        ["GivenName"] = ["GivenName"],
        ["FamilyName"] = ["Surname", "sn"],
        ["DisplayName"] = ["DisplayName"],
        ["Active"] = ["Enabled"],
        ["Title"] = ["Title"],
        ["Department"] = ["Department"],
        ["Organization"] = ["Company"],
        ["Locale"] = ["Office", "physicalDeliveryOfficeName", "City", "l"],
        ["Phone"] = ["OfficePhone", "telephoneNumber"],
        ["MobilePhone"] = ["MobilePhone", "mobile"],
        ["HomePhone"] = ["HomePhone"],
        ["Fax"] = ["Fax", "facsimileTelephoneNumber"],
        ["EmployeeNumber"] = ["EmployeeID", "EmployeeNumber"],
        ["Manager"] = ["Manager"],
    };

    private static readonly Dictionary<string, string[]> EntraId = new(StringComparer.OrdinalIgnoreCase)
    {
        ["UserName"] = ["Mail", "UserPrincipalName"],
        ["GivenName"] = ["GivenName"],
        ["FamilyName"] = ["Surname"],
        ["DisplayName"] = ["DisplayName"],
        ["Active"] = ["AccountEnabled"],
        ["Title"] = ["JobTitle"],
        ["Department"] = ["Department"],
        ["Organization"] = ["CompanyName"],
        ["Locale"] = ["OfficeLocation", "City"],
        ["Phone"] = ["BusinessPhones", "BusinessPhone"],
        ["MobilePhone"] = ["MobilePhone"],
        ["Fax"] = ["FaxNumber"],
        ["EmployeeNumber"] = ["EmployeeId"],
    };

    private static readonly Dictionary<string, string[]> Generic = new(StringComparer.OrdinalIgnoreCase)
    {
        ["UserName"] = ["UserName", "Email", "EmailAddress", "Mail", "UPN", "UserPrincipalName", "Login", "PrimarySmtpAddress"],
        ["Email"] = ["Email", "EmailAddress", "Mail"],
        ["GivenName"] = ["GivenName", "FirstName", "Forename"],
        ["FamilyName"] = ["FamilyName", "LastName", "Surname", "sn"],
        ["DisplayName"] = ["DisplayName"],
        ["Active"] = ["Active", "Enabled", "AccountEnabled", "IsActive"],
        ["UserType"] = ["UserType"],
        [LicenseName] = ["License", "Licenses", "LicenseType", "Licence", "Licences", "LicenceType"],
        ["Roles"] = ["Roles", "Role"],
        ["Title"] = ["Title", "JobTitle"],
        ["Department"] = ["Department", "Dept"],
        ["Organization"] = ["Organization", "Organisation", "Company", "CompanyName"],
        ["Locale"] = ["Locale", "Location", "Office", "OfficeLocation", "City"],
        ["Phone"] = ["Phone", "WorkPhone", "OfficePhone", "PhoneNumber", "Telephone", "TelephoneNumber", "BusinessPhone"],
        ["MobilePhone"] = ["MobilePhone", "Mobile", "Cell"],
        ["HomePhone"] = ["HomePhone"],
        ["Fax"] = ["Fax", "FaxNumber"],
        ["CostCenter"] = ["CostCenter", "CostCentre"],
        ["EmployeeNumber"] = ["EmployeeNumber", "EmployeeId"],
        ["Manager"] = ["Manager", "ManagerEmail"],
        [IdentityName] = ["ZoomId", "ZoomUserId"],
    };

    private static readonly Dictionary<string, string[]> Zoom = new(StringComparer.OrdinalIgnoreCase)
    {
        ["UserName"] = ["UserName"],
        [IdentityName] = ["Id"],
    };

    private static readonly Dictionary<string, string[]> ActiveDirectoryOrGeneric = WithGeneric(ActiveDirectory);

    private static readonly Dictionary<string, string[]> EntraIdOrGeneric = WithGeneric(EntraId);

    /// <summary>
    /// The candidates of each attribute for a shape, the directory's own names first: a file exported from it may have been
    /// given other headings by hand.
    /// </summary>
    public static IReadOnlyDictionary<string, string[]> For(RecordShape shape) => shape switch
    {
        RecordShape.ActiveDirectory => ActiveDirectoryOrGeneric,
        RecordShape.EntraId => EntraIdOrGeneric,
        RecordShape.Zoom => Zoom,
        _ => Generic,
    };

    // Not the address: in a directory the mail and the sign-in name may differ, and only one of them is Zoom's.
    private static Dictionary<string, string[]> WithGeneric(Dictionary<string, string[]> preset) => preset.ToDictionary(
        entry => entry.Key,
        entry => entry.Key != "UserName" && Generic.TryGetValue(entry.Key, out var more)
            ? entry.Value.Concat(more).Distinct(StringComparer.OrdinalIgnoreCase).ToArray()
            : entry.Value,
        StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// How headings are compared: 'First Name', 'first_name', 'E-Mail' and 'email' are what people write for the same thing.
    /// </summary>
    public static string Canonical(string heading)
    {
        var letters = new char[heading.Length];
        var count = 0;
        foreach (var character in heading)
        {
            if (char.IsLetterOrDigit(character))
            {
                letters[count++] = char.ToUpperInvariant(character);
            }
        }

        return new string(letters, 0, count);
    }

    /// <summary>Whether two headings are the same by <see cref="Canonical"/>. Makes no texts: filters ask it for every record.</summary>
    internal static bool SameHeading(string left, string right)
    {
        var (l, r) = (0, 0);
        while (true)
        {
            while (l < left.Length && !char.IsLetterOrDigit(left[l]))
            {
                l++;
            }

            while (r < right.Length && !char.IsLetterOrDigit(right[r]))
            {
                r++;
            }

            if (l == left.Length || r == right.Length)
            {
                return l == left.Length && r == right.Length;
            }

            if (char.ToUpperInvariant(left[l++]) != char.ToUpperInvariant(right[r++]))
            {
                return false;
            }
        }
    }
}
