using System;
using System.Collections.Generic;
using System.Linq;

namespace ZoomProvisioning.Tests;

/// <summary>How what is sent meets what the fake account holds: an empty text clears, null does nothing, what Zoom does not know is passed over.</summary>
internal static class FakeMerge
{
    private static readonly string[] UserTypes = ["Collaboration", "Basic", "Licensed", "On-Prem"];
    private static readonly string[] Roles = ["Owner", "Admin", "Member"];

    public static bool IsAdmin(ScimUser user) => user.Roles.Any(r => r is "Owner" or "Admin");

    /// <summary>Address and state are not among it: those have rules of their own.</summary>
    public static void Apply(ScimUser user, ScimObject body, Func<string, bool> isUser, ISet<string> ignored)
    {
        var before = user.UserType;
        foreach (var name in body.Names.Where(n => !ignored.Contains(n)))
        {
            switch (name)
            {
                case "displayName" or "title" or "locale":
                    Text(user.Attributes, body, name);
                    break;
                case "userType" when UserTypes.Contains(body.Text(name)):
                    user.UserType = body.Text(name);
                    break;
                case "name" or ScimSchemas.EnterpriseUser:
                    var part = body.Complex(name)!;
                    var unknownManager = part.Text("manager") is { Length: > 0 } manager && !isUser(manager);
                    foreach (var inner in part.Names.Where(n => !ignored.Contains(n) && !(unknownManager && n == "manager")))
                    {
                        Text(user.Attributes.ComplexOrNew(name), part, inner);
                    }

                    break;
                case "roles":
                    TakeRoles(user, new ScimUser(body, UserDetail.None).Roles.ToArray());
                    break;
                case "phoneNumbers":
                    user.PhoneNumbers = new ScimUser(body, UserDetail.None).PhoneNumbers.Where(p => p.Value.Length > 0).ToArray();
                    break;
                case ScimSchemas.ZoomUser:
                    var sent = body.Complex(name)!;
                    var codes = sent.Names.Where(n => !ignored.Contains(n)).Count(n => Extension(user.Attributes.ComplexOrNew(name), sent, n));

                    // Who gets a plan is a licensed user, unless the same request says what they are.
                    user.UserType = codes > 0 && !body.Has("userType") && before is not ("Licensed" or "On-Prem") ? "Licensed" : user.UserType;
                    break;
            }
        }
    }

    private static void TakeRoles(ScimUser user, string[] names)
    {
        var known = names.Where(n => Roles.Skip(1).Contains(n)).ToArray();
        if (!user.Roles.Contains("Owner") && (names.Length == 0 || known.Length > 0))
        {
            user.Roles = known.Length == 0 ? new[] { "Member" } : known;
        }
    }

    // Whether it was a plan's code.
    private static bool Extension(ScimObject into, ScimObject from, string name)
    {
        if (ZoomExtension.Attribute(name).Kind == AttributeKind.Flag)
        {
            into[name] = from[name] is bool flag ? flag : into[name];
            return false;
        }

        var isCode = ZoomExtension.Attribute(name).Kind == AttributeKind.Code;
        if (isCode && from.Text(name) is "0" or "none")
        {
            return false;
        }

        Text(into, from, name);
        return isCode && from.Text(name) is { Length: > 0 };
    }

    private static void Text(ScimObject into, ScimObject from, string name)
    {
        if (from[name] is string { Length: 0 })
        {
            into.Remove(name);
        }
        else if (from[name] is not null)
        {
            into[name] = from[name];
        }
    }
}
