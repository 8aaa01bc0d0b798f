using System.Collections.Generic;
using System.Linq;

namespace ZoomProvisioning;

/// <summary>What a person may be asked for by, besides address, id and anchor.</summary>
internal static class PersonNames
{
    /// <summary>The display name, given and family name, and both as lists of names have them: <c>Koch, David</c>.</summary>
    public static IReadOnlyList<string> Of(ScimUser person)
    {
        var (given, family) = (person.GivenName, person.FamilyName);
        var isWhole = !string.IsNullOrEmpty(given) && !string.IsNullOrEmpty(family);
        return new[] { person.DisplayName, isWhole ? $"{given} {family}" : null, isWhole ? $"{family}, {given}" : null }
            .Where(n => !string.IsNullOrEmpty(n)).OfType<string>().Distinct().ToList();
    }
}
