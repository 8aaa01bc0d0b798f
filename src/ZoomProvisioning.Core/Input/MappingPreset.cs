using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Values;

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

    // The mail address comes before the sign-in name: where both are there, the address is what people are known by.
    private static readonly Dictionary<string, string[]> ActiveDirectory = new(StringComparer.OrdinalIgnoreCase)
    {
        ["UserName"] = ["EmailAddress", "mail", "PrimarySmtpAddress", "UserPrincipalName"],
        ["GivenName"] = ["GivenName"],
        ["FamilyName"] = ["Surname", "sn"],
        ["DisplayName"] = ["DisplayName"],
        ["Active"] = ["Enabled"],
        ["Title"] = ["Title"],
        ["Department"] = ["Department"],
        ["Organization"] = ["Company", "o", "organizationName"],
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
        ["UserName"] = ["Mail", "PrimarySmtpAddress", "UserPrincipalName"],
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

    private static readonly Dictionary<string, string[]> Generic = GenericHeadings.Table;

    private static readonly Dictionary<string, string[]> Zoom = new(StringComparer.OrdinalIgnoreCase)
    {
        ["UserName"] = ["UserName"],
        [IdentityName] = ["Id"],
    };

    private static readonly Dictionary<string, string[]> ActiveDirectoryOrGeneric = WithGeneric(ActiveDirectory);

    // Entra's user types (Member, Guest), Microsoft's licences and the roles of its portals are not Zoom's.
    private static readonly Dictionary<string, string[]> EntraIdOrGeneric = Without(WithGeneric(EntraId), "UserType", LicenseName, "Roles");

    private static readonly Dictionary<string, string[]> Microsoft365 = Without(Generic, "UserType", LicenseName, "Roles");

    /// <summary>The headings of mail addresses, where a sign-in name may be something else.</summary>
    internal static IReadOnlyList<string> MailHeadings { get; } = GenericHeadings.Mail;

    /// <summary>The headings of sign-in names that need not be mail addresses.</summary>
    internal static IReadOnlyList<string> SignInHeadings { get; } = GenericHeadings.SignIn;

    /// <summary>
    /// The candidates of each attribute for a shape, the directory's own names first: a file exported from it may have been
    /// given other headings by hand.
    /// </summary>
    public static IReadOnlyDictionary<string, string[]> For(RecordShape shape) => shape switch
    {
        RecordShape.ActiveDirectory => ActiveDirectoryOrGeneric,
        RecordShape.EntraId => EntraIdOrGeneric,
        RecordShape.Microsoft365 => Microsoft365,
        RecordShape.Zoom => Zoom,
        _ => Generic,
    };

    private static readonly Dictionary<RecordShape, Dictionary<string, List<(string Target, int Rank)>>> AllFeeds =
        new[]
        {
            RecordShape.Generic, RecordShape.ActiveDirectory, RecordShape.EntraId, RecordShape.Microsoft365, RecordShape.Zoom,
        }.ToDictionary(s => s, s => FeedsOf(For(s)));

    /// <summary>The attributes a heading feeds, by its canonical form, with its place among those that feed the same.</summary>
    internal static IReadOnlyDictionary<string, List<(string Target, int Rank)>> Feeds(RecordShape shape) => AllFeeds[shape];

    private static Dictionary<string, List<(string Target, int Rank)>> FeedsOf(IReadOnlyDictionary<string, string[]> preset)
    {
        var feeds = new Dictionary<string, List<(string Target, int Rank)>>(StringComparer.Ordinal);
        foreach (var target in preset)
        {
            for (var rank = 0; rank < target.Value.Length; rank++)
            {
                var key = Canonical(target.Value[rank]);
                if (!feeds.TryGetValue(key, out var targets))
                {
                    feeds.Add(key, targets = []);
                }

                if (!targets.Exists(t => t.Target == target.Key))
                {
                    targets.Add((target.Key, rank));
                }
            }
        }

        return feeds;
    }

    // Not the address: in a directory the mail and the sign-in name may differ, and only one of them is Zoom's.
    private static Dictionary<string, string[]> WithGeneric(Dictionary<string, string[]> preset) => preset.ToDictionary(
        entry => entry.Key,
        entry => entry.Key != "UserName" && Generic.TryGetValue(entry.Key, out var more)
            ? entry.Value.Concat(more).Distinct(StringComparer.OrdinalIgnoreCase).ToArray()
            : entry.Value,
        StringComparer.OrdinalIgnoreCase);

    private static Dictionary<string, string[]> Without(Dictionary<string, string[]> preset, params string[] targets) =>
        preset.Where(e => !targets.Contains(e.Key, StringComparer.OrdinalIgnoreCase)).ToDictionary(e => e.Key, e => e.Value, StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// How headings are compared: 'First Name', 'first_name', 'E-Mail' and 'email', 'Département' and 'departement' are what people
    /// write for the same thing.
    /// </summary>
    public static string Canonical(string heading) => FoldedText.Of(heading);

    /// <summary>Whether two headings are the same by <see cref="Canonical"/>.</summary>
    internal static bool SameHeading(string left, string right) => FoldedText.Same(left, right);
}
