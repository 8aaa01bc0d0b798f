using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.State;

/// <summary>
/// What was taken from a person and is to be given back. Zoom takes all licences away with a deactivation and gives none back with
/// the reactivation (Zoom support, 'Deactivating users'); and it may take away what an update did not name.
/// </summary>
internal static class HeldLicenses
{
    /// <summary>
    /// Notes in the ledger what a user holds before it is deactivated, and goes on remembering what was taken before that and has
    /// not been given back.
    /// </summary>
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

        // Type and plan belong together: who has another seat by now is owed none.
        var attributes = Licenses().Concat(Others(entry)).ToList();
        var hasSeat = attributes.Exists(a => a.IsSeat && IsHeld(a, user));
        foreach (var attribute in attributes)
        {
            var isOwed = entry.HasLicensesBefore && entry.LicensesBefore.ContainsKey(attribute.Name) && !(hasSeat && attribute.IsSeat);
            if (IsHeld(attribute, user) || (!isOwed && !ZoomAttribute.IsEmpty(attribute.Get(user)) && !Equals(attribute.Get(user), false)))
            {
                entry.LicensesBefore[attribute.Name] = ZoomAttribute.Display(attribute.Get(user));
            }
            else if (!isOwed && entry.HasLicensesBefore)
            {
                entry.LicensesBefore.Remove(attribute.Name);
            }
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

    /// <summary>
    /// Notes in the ledger what a user held when it was seen active last, before what is seen now takes its place: others have
    /// deactivated the user since.
    /// </summary>
    public static void KeepSeen(LedgerEntry entry)
    {
        if (!entry.HasLicensesBefore && entry.Seen is { Active: true } seen)
        {
            Keep(entry, seen.Attributes);
        }
    }

    /// <summary>
    /// The changes that give a returning person back what the ledger remembers, unless the rule really sends something else: a
    /// value for this very person, not an empty cell, and not one that it sends on creation only.
    /// </summary>
    public static IReadOnlyList<AttributeChange> Restore(
        ProvisioningRule rule, LedgerEntry entry, ScimUser desired, ScimUser current, IReadOnlyList<AttributeChange> changes)
    {
        var held = entry.HasLicensesBefore ? entry.LicensesBefore
            : current.Active == false && entry.Seen is { Active: true } seen ? Of(seen)
            : null;
        if (held is null)
        {
            return changes;
        }

        // Type and plan belong together: a source that speaks of one of them has the last word on both.
        var sent = ZoomAttributes.ChangedOn(desired).Where(a => rule.AppliesOnUpdate(a) && !ZoomAttribute.IsEmpty(a.Get(desired))).ToList();
        var decides = sent.Exists(a => a.IsSeat);
        var restored = Licenses().Concat(Others(entry).Where(a => ZoomAttribute.IsEmpty(a.Get(current))))
            .Where(a => held.ContainsKey(a.Name) && !sent.Contains(a) && !(decides && a.IsSeat))
            .Select(a => new AttributeChange(a, a.Get(current), Value(a, held[a.Name]), oldIsKnown: true))
            .ToList();
        return UserDiff.WithoutTypeBesidePlan([
            .. changes.Where(c => !restored.Exists(r => r.Attribute == c.Attribute)),
            .. restored.Where(c => !c.Attribute.AreEqual(c.OldValue, c.NewValue))]);
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
        var seatIsGiven = given.Any(a => a.IsSeat);
        foreach (var attribute in given.Concat(Licenses().Where(a => seatIsGiven && a.IsSeat)))
        {
            entry.LicensesBefore.Remove(attribute.Name);
        }
    }

    private static Dictionary<string, string> Of(ScimUser user) => Licenses()
        .Where(a => !ZoomAttribute.IsEmpty(a.Get(user)) && !Equals(a.Get(user), false))
        .ToDictionary(a => a.Name, a => ZoomAttribute.Display(a.Get(user)), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the user has something that can be taken away: a type is one only where it is paid for.</summary>
    private static bool IsHeld(ZoomAttribute attribute, ScimUser user) =>
        attribute.Get(user) is { } value && !ZoomAttribute.IsEmpty(value) && value is not false
        && (attribute != ZoomAttributes.UserType || ZoomUserTypes.IsPaid(value));

    private static object Value(ZoomAttribute attribute, string text) => attribute.Kind switch
    {
        AttributeKind.Flag => string.Equals(text, "true", StringComparison.OrdinalIgnoreCase),
        AttributeKind.Names => text.Split([';'], StringSplitOptions.RemoveEmptyEntries).Select(n => n.Trim()).ToArray(),
        _ => text,
    };

    /// <summary>What is no licence and was taken all the same.</summary>
    private static IEnumerable<ZoomAttribute> Others(LedgerEntry entry) => (entry.HasLicensesBefore ? entry.LicensesBefore.Keys.ToList() : [])
        .Select(n => ZoomAttributes.Find(n) ?? ZoomExtension.Attribute(n))
        .Where(a => a != ZoomAttributes.UserType && !(a.IsExtension && a.Kind is AttributeKind.Code or AttributeKind.Flag));

    private static IEnumerable<ZoomAttribute> Licenses() => ZoomExtension.Known
        .Where(a => a.Kind is AttributeKind.Code or AttributeKind.Flag)
        .Append(ZoomAttributes.UserType);
}
