using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Operations;

/// <summary>
/// Compares what Zoom shows after a write with what was asked for and with what was there before. What a reply of its kind does
/// not tell (fact sheet, table 2.4) is never missed.
/// </summary>
internal static class ReplyCheck
{
    /// <summary>Zoom was seen to answer 200 and ignore what it was sent; what it shows tells. The old value of each is what is shown.</summary>
    public static List<AttributeChange> NotApplied(ScimUser shown, IEnumerable<AttributeChange> sent) => sent
        .Where(c => c.Attribute.IsToldBy(shown) && (!c.Attribute.AreEqual(c.Attribute.Get(shown), c.NewValue) || KeepsMore(c, shown)))
        .Select(c => new AttributeChange(c.Attribute, c.Attribute.Get(shown), c.NewValue, oldIsKnown: true))
        .ToList();

    /// <summary>What Zoom accepted and did not apply, in words.</summary>
    public static string Describe(AttributeChange notApplied) =>
        $"Zoom accepted {notApplied.Name} '{ZoomAttribute.Display(notApplied.NewValue)}' but shows '{ZoomAttribute.Display(notApplied.OldValue)}'.";

    /// <summary>What nobody sent and Zoom shows no more: what a PUT that is not partial after all takes away (fact sheet, section 10, row 7).</summary>
    /// <param name="before">The user before.</param>
    /// <param name="shown">What Zoom shows afterwards.</param>
    /// <param name="sent">What was sent.</param>
    /// <param name="changesState">Whether the user was activated or deactivated, which takes licences by itself.</param>
    public static IReadOnlyList<ZoomAttribute> Lost(ScimUser before, ScimUser shown, IReadOnlyList<AttributeChange> sent, bool changesState = false) =>
        Untouched(before, shown, sent, changesState).Where(a => IsLost(a, a.Get(before), a.Get(shown))).ToList();

    /// <summary>
    /// How many attributes would tell of a loss. What goes along unchanged, such as the given name beside a new family name, cannot:
    /// a Zoom that keeps only what it is sent keeps that too.
    /// </summary>
    public static int Witnesses(ScimUser before, ScimUser shown, IReadOnlyList<AttributeChange> sent, ScimObject body)
    {
        var along = new HashSet<string>(SeenUser.AttributesIn(new ScimUser(body, UserDetail.None)).Select(a => a.Name), StringComparer.OrdinalIgnoreCase);
        return Untouched(before, shown, sent, changesState: false).Count(a => a != ZoomAttributes.Roles && !along.Contains(a.Name)
            && !(a == ZoomAttributes.UserType && !ZoomUserTypes.IsPaid(a.Get(before))));
    }

    /// <summary>A list of attributes with their values, for a sentence.</summary>
    public static string Words(IEnumerable<ZoomAttribute> attributes, ScimUser of) =>
        string.Join(", ", attributes.Select(a => $"{a.Name} '{ZoomAttribute.Display(a.Get(of))}'"));

    private static IEnumerable<ZoomAttribute> Untouched(ScimUser before, ScimUser shown, IReadOnlyList<AttributeChange> sent, bool changesState)
    {
        // Type, plans and add-ons hang together: who gets another one of them may lose the others.
        var licensesMayGo = changesState || sent.Any(c => IsLicense(c.Attribute));
        return ZoomAttributes.All
            .Where(a => !a.IsAddress && a != ZoomAttributes.Active && !(changesState && a == ZoomAttributes.Roles))
            .Concat(changesState ? [] : ZoomExtension.Known)
            .Where(a => !(licensesMayGo && IsLicense(a)) && sent.All(c => c.Name != a.Name))
            .Where(a => a.Get(before) is { } value && !ZoomAttribute.IsEmpty(value) && !Equals(value, false) && a.IsToldBy(shown));
    }

    private static bool IsLost(ZoomAttribute attribute, object? before, object? shown) => attribute.Kind switch
    {
        AttributeKind.Flag or AttributeKind.Code => !attribute.AreEqual(before, shown) && attribute.AreEqual(null, shown),
        AttributeKind.Names => before is IEnumerable<string> had && had.Except(shown as IEnumerable<string> ?? [], StringComparer.OrdinalIgnoreCase).Any(),
        _ when attribute == ZoomAttributes.UserType => ZoomUserTypes.IsPaid(before) && !ZoomUserTypes.IsPaid(shown),
        _ => ZoomAttribute.IsEmpty(shown),
    };

    private static bool IsLicense(ZoomAttribute attribute) =>
        attribute == ZoomAttributes.UserType
        || (attribute.IsExtension
            && (attribute.Kind is AttributeKind.Code or AttributeKind.Flag || attribute.Name.EndsWith("Subscription", StringComparison.Ordinal)));

    /// <summary>The reply to a write lists all roles: one more than was wanted is a role that was to be taken away.</summary>
    private static bool KeepsMore(AttributeChange sent, ScimUser shown) => shown.Detail is UserDetail.Created or UserDetail.Updated
        && sent.Attribute.Kind == AttributeKind.Names
        && sent.NewValue is IEnumerable<string> wanted
        && sent.Attribute.Get(shown) is IEnumerable<string> kept
        && kept.Except(wanted, StringComparer.OrdinalIgnoreCase).Any();
}
