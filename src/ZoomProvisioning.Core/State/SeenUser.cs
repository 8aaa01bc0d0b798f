using System;
using System.Collections.Generic;
using System.Linq;

namespace ZoomProvisioning.State;

/// <summary>
/// Puts together what Zoom tells of a user in different places: a read does not tell title and location, the reply to an update
/// does not tell cost center, employee number and manager, and neither tells the phone licences (fact sheet, table 2.4).
/// </summary>
public static class SeenUser
{
    // Told by the reply to a write, but not by a read.
    private static readonly string[] ToldByReplies = ["title", "locale"];

    /// <summary>The attributes a resource has a value for, in a fixed order.</summary>
    public static IEnumerable<ZoomAttribute> AttributesIn(ScimUser user) => ZoomAttributes.All
        .Where(a => a != ZoomAttributes.UserName && a != ZoomAttributes.Active)
        .Concat((user.Attributes.Complex(ScimSchemas.ZoomUser)?.Names ?? []).Select(ZoomExtension.Attribute))
        .Where(a => !ZoomAttribute.IsEmpty(a.Get(user)));

    /// <summary>The user as a read would show it after a write.</summary>
    /// <param name="before">The user before, as a read showed it; null for a user just created.</param>
    /// <param name="reply">Zoom's reply to the write.</param>
    /// <param name="sent">What was sent; null for a change of state.</param>
    public static ScimUser AfterWrite(ScimUser? before, ScimUser reply, ScimObject? sent)
    {
        var merged = new ScimUser(before is null ? [] : before.Attributes.DeepCopy(), UserDetail.Read);
        foreach (var name in reply.Attributes.Names)
        {
            Overlay(merged.Attributes, name, reply.Attributes[name]);
        }

        if (sent is not null)
        {
            // What the reply is silent about and a read tells is taken to be as sent.
            var wanted = new ScimUser(sent, UserDetail.None);
            foreach (var attribute in AttributesIn(wanted).Where(a => a.ToldBy.Contains(UserDetail.Read) && !a.IsToldBy(reply)).ToList())
            {
                attribute.Set(merged, attribute.Get(wanted));
            }

            TakeOffCleared(merged, reply, sent);
        }

        foreach (var untold in ToldByReplies.Where(n => before?.Attributes.Has(n) != true))
        {
            merged.Attributes.Remove(untold);
        }

        return merged;
    }

    /// <summary>A reply does not name what is empty, so what was sent empty and is not in the reply has been taken off.</summary>
    internal static void TakeOffCleared(ScimUser user, ScimUser reply, ScimObject sent)
    {
        var wanted = new ScimUser(sent, UserDetail.None);
        foreach (var attribute in SentAttributes.In(sent)
            .Where(a => ZoomAttribute.IsEmpty(a.Get(wanted)) && ZoomAttribute.IsEmpty(a.Get(reply)) && !ZoomAttribute.IsEmpty(a.Get(user)))
            .ToList())
        {
            attribute.Set(user, attribute.Kind == AttributeKind.Names ? System.Array.Empty<string>() : null);
        }
    }

    /// <summary>
    /// Whether a user's entry in a list says that nothing has changed since it was read in full: Zoom's own time of change, and
    /// all that a list tells.
    /// </summary>
    public static bool ListsTheSame(ScimUser listed, ScimUser seen)
    {
        var (now, then) = (listed.Attributes, seen.Attributes);
        return Same(now.Complex("meta"), then.Complex("meta"), "lastModified")
            && string.Equals(now.Text("userName"), then.Text("userName"), StringComparison.OrdinalIgnoreCase)
            && listed.Active == seen.Active
            && Same(now, then, "displayName")
            && (now.Text("userType") is null || Same(now, then, "userType"))
            && Same(now.Complex("name"), then.Complex("name"), "givenName")
            && Same(now.Complex("name"), then.Complex("name"), "familyName")
            && Same(now.Complex(ScimSchemas.EnterpriseUser), then.Complex(ScimSchemas.EnterpriseUser), "department");
    }

    private static bool Same(ScimObject? now, ScimObject? then, string name) =>
        string.Equals(now?.Text(name) ?? string.Empty, then?.Text(name) ?? string.Empty, StringComparison.Ordinal);

    private static void Overlay(ScimObject target, string name, object? value)
    {
        if (value is ScimObject part && target.Complex(name) is { } whole && name is not "meta")
        {
            foreach (var inner in part.Names)
            {
                whole[inner] = part[inner];
            }
        }
        else
        {
            target[name] = value;
        }
    }
}
