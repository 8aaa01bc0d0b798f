using System;
using System.Collections;
using System.Linq;

namespace ZoomProvisioning;

/// <summary>The schema URNs of Zoom's SCIM2 API (RFC 7643 section 8.7, Zoom's SCIM2 OpenAPI).</summary>
public static class ScimSchemas
{
    /// <summary>The core user schema.</summary>
    public const string User = "urn:ietf:params:scim:schemas:core:2.0:User";

    /// <summary>The core group schema.</summary>
    public const string Group = "urn:ietf:params:scim:schemas:core:2.0:Group";

    /// <summary>Zoom's own group extension. It is 2.0 where the user's is 1.0.</summary>
    public const string ZoomGroup = "urn:ietf:params:scim:schemas:extension:zoom:2.0:Group";

    /// <summary>The enterprise extension: department, organization, cost center, employee number, manager.</summary>
    public const string EnterpriseUser = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    /// <summary>Zoom's own user extension: licences, Zoom Phone, custom attributes.</summary>
    public const string ZoomUser = "urn:ietf:params:scim:schemas:extension:zoom:1.0:User";

    /// <summary>The envelope of a list reply. Zoom documents it, oddly, for its user PATCH as well.</summary>
    public const string ListResponse = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

    /// <summary>The envelope of an error reply.</summary>
    public const string Error = "urn:ietf:params:scim:api:messages:2.0:Error";

    /// <summary>The envelope of a group PATCH.</summary>
    public const string PatchOp = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

    /// <summary>A user's body with the schemas it uses in front, when it does not say them itself (fact sheet 4.2).</summary>
    internal static ScimObject Naming(ScimObject body)
    {
        if (body.Has("schemas"))
        {
            return body;
        }

        var extensions = body.Names.Where(name => name.StartsWith("urn:", StringComparison.OrdinalIgnoreCase)).OrderBy(name => name, StringComparer.Ordinal);
        var whole = new ScimObject { ["schemas"] = new ArrayList(new[] { User }.Concat(extensions).ToArray()) };
        foreach (var name in body.Names)
        {
            whole[name] = body[name];
        }

        return whole;
    }
}
