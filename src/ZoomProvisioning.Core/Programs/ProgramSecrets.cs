using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace ZoomProvisioning.Programs;

/// <summary>What a program need not know, and what it must not repeat.</summary>
internal static class ProgramSecrets
{
    private const int Shortest = 6;

    private static readonly Regex Secret = new("SECRET|PASSWORD|PASSWD|PASSPHRASE|TOKEN|APIKEY|API_KEY|ACCESS_KEY|WEBHOOK|CREDENTIAL",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    /// <summary>The variables that are taken out of a program's environment: it reads people, and has no business in Zoom.</summary>
    public static IReadOnlyList<string> Withheld { get; } = ["ZOOM_CLIENT_SECRET", "ZOOM_ACCESS_TOKEN", "ZOOM_LDAP_PASSWORD"];

    /// <summary>A text in which no secret of the environment stands any more.</summary>
    /// <param name="text">The text.</param>
    /// <param name="environment">The variables and their values.</param>
    public static string Hide(string text, IDictionary environment) => environment.Cast<DictionaryEntry>()
        .Where(e => Secret.IsMatch(e.Key.ToString()!) && e.Value is string { Length: >= Shortest })
        .Select(e => (string)e.Value!)
        // The longest first: one may stand in another.
        .OrderByDescending(v => v.Length)
        .Aggregate(text, (hidden, value) => hidden.Replace(value, "***"));
}
