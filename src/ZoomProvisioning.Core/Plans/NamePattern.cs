using System;
using System.Linq;

namespace ZoomProvisioning.Plans;

/// <summary>A name somebody gave, with wildcards.</summary>
/// <param name="Text">The name.</param>
/// <param name="Fits">Whether another name fits it.</param>
internal sealed record NamePattern(string Text, Func<string, bool> Fits)
{
    /// <summary>Whether it names the person of an entry.</summary>
    public bool Names(PlannedChange change) =>
        new[] { change.UserName, change.ZoomId, change.Anchor, change.Current?.UserName, change.Desired?.Values.UserName }.OfType<string>().Any(Fits);
}
