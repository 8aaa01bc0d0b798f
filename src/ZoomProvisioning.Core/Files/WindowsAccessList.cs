using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace ZoomProvisioning.Files;

/// <summary>Reads an access list as Windows writes it down (SDDL, [MS-DTYP] 2.5.1): whom it lets in besides those it names one by one.</summary>
internal static class WindowsAccessList
{
    private const string NoList = "D:NO_ACCESS_CONTROL";

    // type;flags;rights;object;inherited object;who, and a condition behind them in newer kinds of entries.
    private static readonly Regex Entry = new(@"\(([^;()]*);[^;()]*;([^;()]*);[^;()]*;[^;()]*;([^;()]*)", RegexOptions.CultureInvariant);

    // Groups that everybody who signs in to the machine or to the domain belongs to, by the letters of SDDL and by number.
    private static readonly Dictionary<string, string> Groups = new(StringComparer.Ordinal)
    {
        ["WD"] = "Everyone",
        ["S-1-1-0"] = "Everyone",
        ["AN"] = "Anonymous",
        ["S-1-5-7"] = "Anonymous",
        ["AU"] = "Authenticated Users",
        ["S-1-5-11"] = "Authenticated Users",
        ["IU"] = "Interactive",
        ["S-1-5-4"] = "Interactive",
        ["NU"] = "Network",
        ["S-1-5-2"] = "Network",
        ["BU"] = "Users",
        ["S-1-5-32-545"] = "Users",
        ["BG"] = "Guests",
        ["S-1-5-32-546"] = "Guests",
        ["DU"] = "Domain Users",
        ["DG"] = "Domain Guests",
        ["DC"] = "Domain Computers",
    };

    /// <summary>The groups of many people that may open what the list is for, each once, in the list's order; none where it is closed to them.</summary>
    /// <param name="sddl">The list, for example <c>D:AI(A;OICIID;FA;;;BA)(A;OICIID;0x1200a9;;;BU)</c>.</param>
    public static IReadOnlyList<string> OpenTo(string sddl) =>
        sddl.StartsWith(NoList, StringComparison.Ordinal) ? [Groups["WD"]]
        : [.. Entry.Matches(sddl).Cast<Match>()
            .Where(e => e.Groups[1].Value is "A" or "XA" && e.Groups[2].Value is not ("" or "0x0"))
            .Select(e => NameOf(e.Groups[3].Value)).OfType<string>().Distinct()];

    // The domain's own groups have its number before theirs.
    private static string? NameOf(string who) =>
        Groups.TryGetValue(who, out var name) ? name
        : !who.StartsWith("S-1-5-21-", StringComparison.Ordinal) ? null
        : who.EndsWith("-513", StringComparison.Ordinal) ? Groups["DU"]
        : who.EndsWith("-514", StringComparison.Ordinal) ? Groups["DG"]
        : who.EndsWith("-515", StringComparison.Ordinal) ? Groups["DC"]
        : null;
}
