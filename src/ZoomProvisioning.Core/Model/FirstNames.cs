using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace ZoomProvisioning;

/// <summary>A few names of many in one sentence.</summary>
internal static class FirstNames
{
    private const int Shown = 5;

    /// <summary>For example <c>a@example.com, b@example.com and 12 more</c>.</summary>
    /// <param name="names">The names.</param>
    /// <param name="quote">What stands around each.</param>
    public static string Of(IReadOnlyCollection<string> names, string quote = "") => string.Join(", ", names.Take(Shown).Select(n => quote + n + quote))
        + (names.Count > Shown ? string.Format(CultureInfo.CurrentCulture, " and {0:N0} more", names.Count - Shown) : string.Empty);
}
