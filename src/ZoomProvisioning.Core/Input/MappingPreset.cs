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
    };

    private static readonly Dictionary<string, string[]> Generic = new(StringComparer.OrdinalIgnoreCase)
    {
        ["UserName"] = ["UserName", "Email", "EmailAddress", "Mail", "UPN", "UserPrincipalName", "Login", "PrimarySmtpAddress"],
        ["Email"] = ["Email", "EmailAddress", "Mail"],
        ["GivenName"] = ["GivenName", "FirstName", "Forename"],
        ["FamilyName"] = ["FamilyName", "LastName", "Surname", "sn"],
        ["DisplayName"] = ["DisplayName"],
        ["Active"] = ["Active", "Enabled", "AccountEnabled", "IsActive"],
        ["UserType"] = ["UserType", "License", "LicenseType", "Licence", "LicenceType"],
        ["Roles"] = ["Roles", "Role"],
        ["Title"] = ["Title", "JobTitle"],
        ["Department"] = ["Department", "Dept"],
        ["Organization"] = ["Organization", "Organisation", "Company", "CompanyName"],
        ["Locale"] = ["Locale", "Location", "Office", "OfficeLocation", "City"],
        ["Phone"] = ["Phone", "WorkPhone", "OfficePhone", "PhoneNumber", "Telephone", "TelephoneNumber", "BusinessPhone"],
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
    public static string Canonical(string heading) =>
        new(heading.Where(char.IsLetterOrDigit).Select(char.ToUpperInvariant).ToArray());
}
