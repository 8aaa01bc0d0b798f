using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.State;

/// <summary>
/// What a person held when the rule deactivated the user. Zoom takes all licences away with the deactivation and gives none
/// back with the reactivation (Zoom support, 'Deactivating users').
/// </summary>
internal static class HeldLicenses
{
    /// <summary>Notes in the ledger what a user holds before it is deactivated.</summary>
    public static void Keep(LedgerEntry entry, ScimObject? before)
    {
        if (before is null)
        {
            return;
        }

        var user = new ScimUser(before, UserDetail.Read);
        if (user.Active == false)
        {
            return;
        }

        entry.LicensesBefore.Clear();
        foreach (var attribute in Licenses().Where(a => !ZoomAttribute.IsEmpty(a.Get(user)) && !Equals(a.Get(user), false)))
        {
            entry.LicensesBefore[attribute.Name] = ZoomAttribute.Display(attribute.Get(user));
        }
    }

    /// <summary>The changes that give a returning person back what the ledger remembers, where the source says nothing of it.</summary>
    public static IReadOnlyList<AttributeChange> Restore(LedgerEntry entry, ScimUser desired, ScimUser current, IReadOnlyList<AttributeChange> changes)
    {
        if (!entry.HasLicensesBefore)
        {
            return changes;
        }

        // Type and plan belong together: a source that speaks of one of them has the last word on both.
        var wanted = ZoomAttributes.ChangedOn(desired);
        var decides = wanted.Any(IsSeat);
        var restored = Licenses()
            .Where(a => entry.LicensesBefore.ContainsKey(a.Name) && !wanted.Contains(a) && !(decides && IsSeat(a)))
            .Select(a => new AttributeChange(a, a.Get(current), Value(a, entry.LicensesBefore[a.Name]), oldIsKnown: true))
            .Where(c => !c.Attribute.AreEqual(c.OldValue, c.NewValue));
        return UserDiff.WithoutTypeBesidePlan([.. changes, .. restored]);
    }

    /// <summary>Forgets what has been given back, or what a later decision has overtaken.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="sent">What Zoom has taken.</param>
    public static void Settle(LedgerEntry entry, ScimUser sent)
    {
        if (!entry.HasLicensesBefore)
        {
            return;
        }

        var given = Licenses().Where(a => !ZoomAttribute.IsEmpty(a.Get(sent))).ToList();
        var seatIsGiven = given.Any(IsSeat);
        foreach (var attribute in Licenses().Where(a => given.Contains(a) || (seatIsGiven && IsSeat(a))))
        {
            entry.LicensesBefore.Remove(attribute.Name);
        }
    }

    private static bool IsSeat(ZoomAttribute attribute) => attribute == ZoomAttributes.UserType || attribute.Kind == AttributeKind.Code;

    private static object Value(ZoomAttribute attribute, string text) =>
        attribute.Kind == AttributeKind.Flag ? string.Equals(text, "true", StringComparison.OrdinalIgnoreCase) : text;

    private static IEnumerable<ZoomAttribute> Licenses() => ZoomExtension.Known
        .Where(a => a.Kind is AttributeKind.Code or AttributeKind.Flag)
        .Append(ZoomAttributes.UserType);
}
