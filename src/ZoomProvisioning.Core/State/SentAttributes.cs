using System.Collections.Generic;
using System.Linq;

namespace ZoomProvisioning.State;

/// <summary>Which attributes a request names, also those it takes off a user.</summary>
internal static class SentAttributes
{
    /// <summary>The attributes in the body of a request, in a fixed order.</summary>
    public static IReadOnlyList<ZoomAttribute> In(ScimObject body) =>
    [
        .. ZoomAttributes.All.Where(a => a != ZoomAttributes.Active && IsIn(a, body)),
        .. (body.Complex(ScimSchemas.ZoomUser)?.Names ?? []).Select(ZoomExtension.Attribute),
    ];

    private static bool IsIn(ZoomAttribute attribute, ScimObject body)
    {
        var path = attribute.Path;
        if (path.StartsWith(ScimSchemas.EnterpriseUser + ":", System.StringComparison.Ordinal))
        {
            return body.Complex(ScimSchemas.EnterpriseUser)?.Has(path.Substring(ScimSchemas.EnterpriseUser.Length + 1)) == true;
        }

        // Of phone numbers all or none: Zoom is sent all at once.
        var parts = path.Split('.', '[');
        return parts.Length == 2 && parts[0] == "name" ? body.Complex("name")?.Has(parts[1]) == true : body.Has(parts[0]);
    }
}
