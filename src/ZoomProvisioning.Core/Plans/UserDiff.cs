using System;
using System.Collections.Generic;
using System.Linq;

namespace ZoomProvisioning.Plans;

/// <summary>What differs between the user Zoom has and the user that is wanted, and how Zoom must be told.</summary>
public static class UserDiff
{
    /// <summary>The attributes that differ, <c>Active</c> excepted, which Zoom changes by another request.</summary>
    /// <param name="current">The user as Zoom has it.</param>
    /// <param name="desired">The user wanted; only what it names counts.</param>
    /// <param name="sendUntold">
    /// Whether to send attributes whose present value Zoom does not tell (title, locale). A command that was told to set them
    /// does; a sync that runs every hour does not, or it would write to everybody every hour.
    /// </param>
    public static IReadOnlyList<AttributeChange> Compute(ScimUser current, ScimUser desired, bool sendUntold)
    {
        var changes = new List<AttributeChange>();
        foreach (var attribute in ZoomAttributes.ChangedOn(desired))
        {
            // userName cannot be changed by name; the mail carries it along.
            if (attribute == ZoomAttributes.UserName || attribute == ZoomAttributes.Active)
            {
                continue;
            }

            var (old, wanted) = (attribute.Get(current), attribute.Get(desired));
            if (attribute.IsToldBy(current))
            {
                if (!attribute.AreEqual(old, wanted))
                {
                    changes.Add(new AttributeChange(attribute, old, wanted, oldIsKnown: true));
                }
            }
            else if (sendUntold)
            {
                changes.Add(new AttributeChange(attribute, null, wanted, oldIsKnown: false));
            }
        }

        return Complete(changes, current, desired);
    }

    /// <summary>Adds what a change brings with it, and takes out what Zoom would refuse beside it.</summary>
    internal static IReadOnlyList<AttributeChange> Complete(List<AttributeChange> changes, ScimUser current, ScimUser desired)
    {
        AddDisplayName(changes, current, desired);
        if (ZoomAttributes.ChangedOn(desired).Any(a => IsBundle(a) && ZoomAttribute.Display(a.Get(desired)) is not ("" or "0" or "none")))
        {
            // The type follows the plan, also in the run after the one that assigned it.
            changes.RemoveAll(c => c.Attribute == ZoomAttributes.UserType);
        }

        return WithoutTypeBesidePlan(changes);
    }

    /// <summary>The body of the PUT: what changes and nothing else (Zoom's OpenAPI: include only the parameters to change).</summary>
    public static ScimObject ToBody(IReadOnlyList<AttributeChange> changes, ScimUser current)
    {
        var body = new ScimUser();
        if (changes.Any(c => c.Attribute.Kind == AttributeKind.Phone))
        {
            // The whole wanted set of numbers, since nobody knows whether Zoom merges or replaces.
            body.PhoneNumbers = current.PhoneNumbers;
        }

        if (changes.Any(c => c.Attribute == ZoomAttributes.GivenName || c.Attribute == ZoomAttributes.FamilyName))
        {
            // A name is one value of two parts; half of it might be taken for all of it.
            body.GivenName = current.GivenName;
            body.FamilyName = current.FamilyName;
        }

        foreach (var change in changes)
        {
            change.Attribute.Set(body, change.NewValue);
        }

        return ScimSchemas.Naming(body.Attributes);
    }

    /// <summary>
    /// Leaves the user type out where a plan is changed too: with a bundle the type follows the plan, and Zoom refuses a change of
    /// both (fact sheet 3.3).
    /// </summary>
    public static IReadOnlyList<AttributeChange> WithoutTypeBesidePlan(IReadOnlyList<AttributeChange> changes) =>
        changes.Any(c => IsBundle(c.Attribute))
            ? changes.Where(c => c.Attribute != ZoomAttributes.UserType).ToList()
            : changes;

    /// <summary>
    /// What is changed of somebody who is deactivated next: everything but a role that is given. Zoom deactivates no admin (fact
    /// sheet 4.3), so the role would keep signed in who must stay out. Back to Member is the way to deactivate one.
    /// </summary>
    public static IReadOnlyList<AttributeChange> BeforeDeactivation(IReadOnlyList<AttributeChange> changes) =>
        changes.Any(GivesRole) ? changes.Where(c => !GivesRole(c)).ToList() : changes;

    /// <summary>The body of the POST, of <see cref="ForCreate"/>: everything wanted, the address as userName, which is all Zoom reads of it.</summary>
    public static ScimObject ToCreateBody(IReadOnlyList<AttributeChange> changes)
    {
        var body = new ScimUser();
        foreach (var change in changes)
        {
            change.Attribute.Set(body, change.NewValue);
        }

        return ScimSchemas.Naming(body.Attributes);
    }

    /// <summary>What a create sends, as changes from nothing.</summary>
    public static IReadOnlyList<AttributeChange> ForCreate(ScimUser desired) => WithoutTypeBesidePlan(ZoomAttributes.ChangedOn(desired)
        .Where(a => a != ZoomAttributes.Email && a != ZoomAttributes.Active && !ZoomAttribute.IsEmpty(a.Get(desired)))
        .Select(a => new AttributeChange(a, null, a.Get(desired), oldIsKnown: true))
        .ToList());

    private static bool GivesRole(AttributeChange change) =>
        change.Attribute == ZoomAttributes.Roles && change.NewValue is IEnumerable<string> roles
        && roles.Any(role => !string.Equals(role, "Member", StringComparison.OrdinalIgnoreCase));

    private static bool IsBundle(ZoomAttribute attribute) =>
        attribute.Kind == AttributeKind.Code && attribute.Name is not ("zoomAutoDialer" or "zoomFrontline");

    /// <summary>Zoom does not rebuild the display name when the name changes (its OpenAPI says to send it again).</summary>
    private static void AddDisplayName(List<AttributeChange> changes, ScimUser current, ScimUser desired)
    {
        if (changes.Any(c => c.Attribute == ZoomAttributes.DisplayName)
            || !changes.Any(c => c.Attribute == ZoomAttributes.GivenName || c.Attribute == ZoomAttributes.FamilyName))
        {
            return;
        }

        string? wanted;
        if (desired.ChangedAttributes.Contains(nameof(ScimUser.DisplayName)))
        {
            wanted = desired.DisplayName;
        }
        else if (string.IsNullOrEmpty(current.DisplayName) || current.DisplayName == $"{current.GivenName} {current.FamilyName}".Trim())
        {
            var given = desired.ChangedAttributes.Contains(nameof(ScimUser.GivenName)) ? desired.GivenName : current.GivenName;
            var family = desired.ChangedAttributes.Contains(nameof(ScimUser.FamilyName)) ? desired.FamilyName : current.FamilyName;
            wanted = $"{given} {family}".Trim();
            if (wanted.Length > ZoomAttributes.DisplayName.MaxLength)
            {
                wanted = wanted.Substring(0, ZoomAttributes.DisplayName.MaxLength).TrimEnd();
            }
        }
        else
        {
            // A display name that was chosen by hand stays as it is.
            return;
        }

        changes.Add(new AttributeChange(ZoomAttributes.DisplayName, current.DisplayName, wanted, oldIsKnown: true));
    }
}
