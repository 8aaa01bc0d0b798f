using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Reconcile;

/// <summary>One person of the source beside the Zoom account, or one Zoom user beside the source.</summary>
public sealed record UserComparison
{
    /// <summary>How they differ.</summary>
    public UserDifference Difference { get; init; }

    /// <summary>The address: the source's, or Zoom's for somebody whom the source does not have. A record that has none is named by its place.</summary>
    public string UserName { get; init; } = string.Empty;

    /// <summary>What differs, each as source and Zoom have it; or why nobody can say.</summary>
    public string Details { get; init; } = string.Empty;

    /// <summary>
    /// The attributes that differ: <see cref="AttributeChange.NewValue"/> is the
    /// source's value, <see cref="AttributeChange.OldValue"/> Zoom's.
    /// </summary>
    public IReadOnlyList<AttributeChange> Changes { get; init; } = new ComparedAttributes([]);

    /// <summary>The user's Zoom id; null where there is no user.</summary>
    public string? ZoomId { get; init; }

    /// <summary>The Zoom user; null where there is none.</summary>
    public ScimUser? User { get; init; }

    /// <summary>The source's record; null where the source has none.</summary>
    public object? Source { get; init; }

    /// <summary>The record as it is to be in Zoom; null where the source has none that can be used.</summary>
    internal DesiredUser? Desired { get; init; }

    /// <summary>
    /// What the source wants that Zoom does not have, by attribute, as a text that a record may hold: all of a missing person, the
    /// differences of anybody else. Given back to New- or Set-ZoomScimUser it makes Zoom like the source.
    /// </summary>
    internal IReadOnlyList<KeyValuePair<string, string>> Wanted => Difference switch
    {
        UserDifference.Missing => Texts(ZoomAttributes.ChangedOn(Desired!.Values)
            .Where(a => a != ZoomAttributes.UserName)
            .Select(a => (a.Name, a.Get(Desired.Values)))),
        UserDifference.Different or UserDifference.DisabledDifferently => Texts(Changes.Select(c => (c.Name, c.NewValue))),
        _ => [],
    };

    /// <summary>For example <c>jill@example.com: Different (Department: source 'Legal', Zoom 'Sales')</c>.</summary>
    public override string ToString() => $"{UserName}: {Difference}{(Details.Length == 0 ? string.Empty : $" ({Details})")}";

    /// <summary>Source and Zoom side by side, in words.</summary>
    internal static string Describe(IEnumerable<AttributeChange> changes) => VisibleText.OneLine(string.Join(
        ", ", changes.Select(c => $"{c.Name}: source '{ZoomAttribute.Display(c.NewValue)}', Zoom '{ZoomAttribute.Display(c.OldValue)}'")), 8000);

    private static List<KeyValuePair<string, string>> Texts(IEnumerable<(string Name, object? Value)> values) =>
        values.Select(v => new KeyValuePair<string, string>(v.Name, ZoomAttribute.Display(v.Value))).ToList();
}
