using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace ZoomProvisioning;

/// <summary>A few names of many in one sentence.</summary>
internal static class FirstNames
{
    /// <summary>How many are named.</summary>
    public const int Shown = 5;

    /// <summary>For example <c>a@example.com, b@example.com and 12 more</c>.</summary>
    /// <param name="names">The names.</param>
    /// <param name="quote">What stands around each.</param>
    public static string Of(IReadOnlyCollection<string> names, string quote = "") => Of([.. names.Take(Shown).Select(n => quote + n + quote)], names.Count);

    /// <summary>The same where only the first names are at hand.</summary>
    /// <param name="first">The first names.</param>
    /// <param name="count">How many there are.</param>
    public static string Of(IReadOnlyCollection<string> first, int count) => string.Join(", ", first)
        + (count > first.Count ? string.Format(CultureInfo.CurrentCulture, " and {0:N0} more", count - first.Count) : string.Empty);
}
