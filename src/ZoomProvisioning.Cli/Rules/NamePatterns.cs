using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Values;

namespace ZoomProvisioning.Cli.Rules;

/// <summary>Names that a command line gives with <c>*</c> and <c>?</c>, without regard to case.</summary>
internal static class NamePatterns
{
    /// <summary>Whether a name fits one of them; null where there are none.</summary>
    public static Func<string, bool>? AnyOf(IReadOnlyCollection<string>? patterns)
    {
        if (patterns is null or { Count: 0 })
        {
            return null;
        }

        var wildcards = patterns.Select(p => new Wildcard(p)).ToList();
        return name => wildcards.Exists(w => w.Fits(name));
    }

    /// <summary>Each by itself, so that one that nobody fits can be told; null where there are none.</summary>
    public static IReadOnlyList<NamePattern>? Each(IReadOnlyCollection<string>? patterns) => patterns is null or { Count: 0 }
        ? null
        : patterns.Select(p => new NamePattern(p, new Wildcard(p).Fits)).ToList();
}
