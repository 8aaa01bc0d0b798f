using System.Collections.Generic;
using System.Linq;

namespace ZoomProvisioning.Reconcile;

/// <summary>Sets of many texts: one that grows leaves all its smaller selves behind, so its size is known before it is made.</summary>
internal static class TextSet
{
    /// <summary>The set of those texts that are there.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="most">How many there are at most.</param>
    /// <param name="comparer">When two are one.</param>
    public static HashSet<string> Of(IEnumerable<string?> texts, int most, IEqualityComparer<string> comparer)
    {
        var list = new List<string>(most);
        list.AddRange(texts.OfType<string>());
        return new HashSet<string>(list, comparer);
    }
}
