using System.Linq;

namespace ZoomProvisioning.Reconcile;

/// <summary>Whether a user is still as a saved plan knows it.</summary>
internal static class PlanStaleness
{
    /// <summary>What is different, in words; null when nothing is.</summary>
    public static string? Difference(ScimUser planned, ScimUser now)
    {
        var different = ZoomAttributes.All
            .Where(a => !a.IsAddress)
            .Concat(ZoomExtension.Known.Where(a => a.ToldBy.Contains(UserDetail.Read)))
            .Where(a => a.ToldBy.Contains(UserDetail.Read) && (planned.Detail != UserDetail.Listed || a.ToldBy.Contains(UserDetail.Listed)))
            .Where(a => !a.AreEqual(a.Get(planned), a.Get(now)) || (a.Kind == AttributeKind.Names && !a.AreEqual(a.Get(now), a.Get(planned))))
            .Select(a => $"{a.Name} was '{ZoomAttribute.Display(a.Get(planned))}' and is '{ZoomAttribute.Display(a.Get(now))}'")
            .ToList();
        return different.Count == 0 ? null : string.Join("; ", different);
    }
}
