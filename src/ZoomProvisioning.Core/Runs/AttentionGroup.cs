using System.Collections.Generic;
using System.Globalization;

namespace ZoomProvisioning.Runs;

/// <summary>Why somebody is not as the source says.</summary>
public enum AttentionKind
{
    /// <summary>It went wrong, or the record cannot be used.</summary>
    Failed,

    /// <summary>It was sent, and nobody knows what became of it.</summary>
    Unknown,

    /// <summary>It was never sent.</summary>
    NotSent,

    /// <summary>Zoom took it and shows something else, or a part had to be left out.</summary>
    NotApplied,

    /// <summary>Something would have to be done, and may not be.</summary>
    Blocked,

    /// <summary>Zoom protects the user, or cannot reach it.</summary>
    ProtectedByZoom,

    /// <summary>The user changed since the plan was made.</summary>
    Stale,
}

/// <summary>People who need attention for one reason.</summary>
/// <param name="Kind">Why, in one word.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Names">The first of them.</param>
/// <param name="Advice">What to do.</param>
public sealed record AttentionGroup(AttentionKind Kind, string Reason, int Count, IReadOnlyList<string> Names, string Advice)
{
    /// <summary>One line.</summary>
    public override string ToString()
    {
        var names = string.Join(", ", Names)
            + (Count > Names.Count ? string.Format(CultureInfo.CurrentCulture, " and {0:N0} more", Count - Names.Count) : string.Empty);
        return string.Format(CultureInfo.CurrentCulture, "{0:N0} {1}: {2} ({3}) {4}", Count, Word, Reason, names, Advice).TrimEnd();
    }

    private string Word => Kind switch
    {
        AttentionKind.Failed => "failed",
        AttentionKind.Unknown => "unknown",
        AttentionKind.NotSent => "not sent",
        AttentionKind.NotApplied => "not applied",
        AttentionKind.Blocked => "blocked",
        AttentionKind.ProtectedByZoom => "protected by Zoom",
        _ => "changed since",
    };
}
