using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.State;

/// <summary>
/// What was taken from a person and is to be given back. Zoom takes all licences away with a deactivation and gives none back with
/// the reactivation (Zoom support, 'Deactivating users'); and it may take away what an update did not name.
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
        foreach (var attribute in Licenses().Concat(Others(entry)).ToList().Where(a => !ZoomAttribute.IsEmpty(a.Get(user)) && !Equals(a.Get(user), false)))
        {
            entry.LicensesBefore[attribute.Name] = ZoomAttribute.Display(attribute.Get(user));
        }
    }

    /// <summary>Notes in the ledger what an update took away that did not name it.</summary>
    public static void KeepTaken(LedgerEntry entry, ScimObject taken)
    {
        var user = new ScimUser(taken, UserDetail.Read);
        foreach (var attribute in SeenUser.AttributesIn(user))
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
        var restored = Licenses().Concat(Others(entry).Where(a => ZoomAttribute.IsEmpty(a.Get(current))))
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

        var given = Licenses().Concat(Others(entry)).Where(a => !ZoomAttribute.IsEmpty(a.Get(sent))).ToList();
        var seatIsGiven = given.Any(IsSeat);
        foreach (var attribute in Licenses().Where(a => given.Contains(a) || (seatIsGiven && IsSeat(a))))
        {
            entry.LicensesBefore.Remove(attribute.Name);
        }
    }

    private static bool IsSeat(ZoomAttribute attribute) => attribute == ZoomAttributes.UserType || attribute.Kind == AttributeKind.Code;

    private static object Value(ZoomAttribute attribute, string text) => attribute.Kind switch
    {
        AttributeKind.Flag => string.Equals(text, "true", StringComparison.OrdinalIgnoreCase),
        AttributeKind.Names => text.Split([';'], StringSplitOptions.RemoveEmptyEntries).Select(n => n.Trim()).ToArray(),
        _ => text,
    };

    /// <summary>What is no licence and was taken all the same.</summary>
    private static IEnumerable<ZoomAttribute> Others(LedgerEntry entry) => entry.LicensesBefore.Keys.ToList()
        .Select(n => ZoomAttributes.Find(n) ?? ZoomExtension.Attribute(n))
        .Where(a => a != ZoomAttributes.UserType && !(a.IsExtension && a.Kind is AttributeKind.Code or AttributeKind.Flag));

    private static IEnumerable<ZoomAttribute> Licenses() => ZoomExtension.Known
        .Where(a => a.Kind is AttributeKind.Code or AttributeKind.Flag)
        .Append(ZoomAttributes.UserType);
}
